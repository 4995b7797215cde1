/** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda.html */
export function secretRotationEvent(secret = 'arn:aws:secretsmanager:us-west-2:123456789012:secret:MyTestSecret-a1b2c3') {
  return {
    Step: 'createSecret' as const,
    SecretId: secret,
    ClientRequestToken: 'a1b2c3d4-5678-90ab-cdef-EXAMPLE11111',
    RotationToken: 'a1b2c3d4-5678-90ab-cdef-EXAMPLE22222',
  };
}
