import { Annotations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { mayDecrypt, mayRead } from './mapping';
import { functionOf } from '../../failure/function-of';
import { POLLED_TIMEOUT, REACHING_ACTIONS } from '../../limits/polled-network';
import { isKnown } from '../../support/tokens';

/** Lets the role of a function reach what is in a VPC and log in there with a secret. */
export function mayLogIn(target: lambda.IFunction, secret: secretsmanager.ISecret): iam.Grant[] {
  // An ARN that was put together from a name lacks the six characters that Secrets Manager puts behind it.
  const secretArn = secret.secretFullArn ?? `${secret.secretArn}-??????`;
  return [
    mayRead(target, [secretArn], ['secretsmanager:GetSecretValue']),
    ...mayDecrypt(target, secret.encryptionKey),
    mayRead(target, ['*'], REACHING_ACTIONS),
  ];
}

/** The secret with the name and password of a user, as a mapping takes it. */
export function basicAuth(secret: secretsmanager.ISecret): lambda.SourceAccessConfiguration {
  return { type: lambda.SourceAccessConfigurationType.BASIC_AUTH, uri: secret.secretArn };
}

/** Lambda needs a part of the 15 minutes for errors and retries. Nobody says what it does with a function that takes longer. */
export function warnOfLongTimeout(target: lambda.IFunction, source: string): void {
  const timeout = functionOf(target)?.timeout;
  const { max, unit } = POLLED_TIMEOUT;
  if (!isKnown(timeout) || timeout <= max) return;
  Annotations.of(target).addWarningV2(
    'cdk-event-functions:polled-function-is-quick-enough',
    `'timeout' must be at most ${max} ${unit} for a function that is invoked for ${source}, got ${timeout}; `
    + 'AWS supports no more there: shorten the timeout, or hand the long work on',
  );
}
