import { ASYNCHRONOUS_FAILURES, ASYNCHRONOUS_RETRIES } from './asynchronous';
import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';
import { Range } from '../range';

/** Rotation of secrets of AWS Secrets Manager. */
export const SECRET_ROTATION: SourceSemantics = {
  service: 'AWS Secrets Manager',
  // by the table of https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html; older pages of the guide call it synchronous
  invocation: InvocationMode.ASYNCHRONOUS,
  principal: 'secretsmanager.amazonaws.com',
  conditionKeys: ['aws:SourceAccount'],
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda.html
  retries: `${ASYNCHRONOUS_RETRIES}; Secrets Manager begins a rotation again, several times, of which a step failed`,
  failedEvents: `${ASYNCHRONOUS_FAILURES}. The secret keeps its value`,
  limits: [],
  eventType: {
    typescript: 'SecretsManagerRotationEvent',
    python: 'SecretsManagerEvent',
    java: 'com.amazonaws.services.lambda.runtime.events.SecretsManagerRotationEvent',
    go: 'SecretsManagerSecretRotationEvent',
  },
  documentation: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda.html',
};

/** Time between two rotations: four hours to 1,000 days. */
export const ROTATION_INTERVAL: Range = {
  min: 4, max: 24_000, unit: 'hours', source: 'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotationRulesType.html',
};

/**
 * What a function does with the secret that it rotates.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html
 */
export const ROTATION_ACTIONS = [
  'secretsmanager:DescribeSecret',
  'secretsmanager:GetSecretValue',
  'secretsmanager:PutSecretValue',
  'secretsmanager:UpdateSecretVersionStage',
];

/**
 * What a function does with the key of the secret.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html
 */
export const ROTATION_KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey'];
