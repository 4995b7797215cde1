import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { PushSourceBase } from './push-source-base';
import * as samples from './samples/user-pool';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { USER_POOL } from '../../limits/sources/user-pool';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** How a user pool invokes the function. */
export interface UserPoolSourceOptions {
  /**
   * Version of the event. V2_0 and V3_0 are for `UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG` only; with them access
   * tokens can be customized, too.
   *
   * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
   * @default LambdaVersion.V1_0
   */
  readonly eventVersion?: cognito.LambdaVersion;
}

/** A user pool that invokes a function. Made by `PushSource.userPool()`. */
export class UserPoolPushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics = USER_POOL;

  /** @internal */
  constructor(
    private readonly pool: cognito.UserPool,
    private readonly operation: cognito.UserPoolOperation,
    private readonly options: UserPoolSourceOptions,
  ) {
    super();
    const { eventVersion = cognito.LambdaVersion.V1_0 } = options;
    const isFirst = eventVersion === cognito.LambdaVersion.V1_0;
    if (isFirst || !isKnown(eventVersion) || operation.operationName === PRE_TOKEN_GENERATION) return;
    throw mistake(pool, {
      code: 'UserPoolEventVersion',
      property: 'eventVersion',
      allowed: `LambdaVersion.V1_0 for the operation '${operation.operationName}'`,
      got: eventVersion,
      fix: 'leave it out, or use UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG: only that has later versions',
    });
  }

  /** Called by `addEventSource()`: makes the function the trigger of the operation, and permits the pool to invoke it. */
  public bind(target: lambda.IFunction): void {
    if (target instanceof lambda.Version) {
      throw mistake(this.pool, {
        code: 'UserPoolTriggerIsVersion',
        property: 'target',
        allowed: 'a function or an alias',
        got: target.node.path,
        fix: 'give the alias of the version: Amazon Cognito takes no version numbers',
      });
    }
    this.pool.addTrigger(this.operation, target, this.options.eventVersion);
  }

  /** @internal */
  protected _sampleEvent(): object {
    const { operationName } = this.operation;
    const { eventVersion } = this.options;
    if (eventVersion === cognito.LambdaVersion.V2_0) return samples.preTokenGenerationV2Event();
    if (eventVersion === cognito.LambdaVersion.V3_0) return samples.preTokenGenerationV3Event();
    return SAMPLES[operationName]?.() ?? samples.otherTriggerEvent(operationName);
  }
}

const PRE_TOKEN_GENERATION = cognito.UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG.operationName;

/** The documented examples by operation. */
const SAMPLES: Readonly<Record<string, (() => object) | undefined>> = {
  preSignUp: samples.preSignUpEvent,
  postConfirmation: samples.postConfirmationEvent,
  preAuthentication: samples.preAuthenticationEvent,
  postAuthentication: samples.postAuthenticationEvent,
  preTokenGeneration: samples.preTokenGenerationEvent,
  [PRE_TOKEN_GENERATION]: samples.preTokenGenerationEvent,
  customMessage: samples.customMessageEvent,
  defineAuthChallenge: samples.defineAuthChallengeEvent,
  createAuthChallenge: samples.createAuthChallengeEvent,
  verifyAuthChallengeResponse: samples.verifyAuthChallengeResponseEvent,
  userMigration: samples.userMigrationEvent,
  customEmailSender: samples.customEmailSenderEvent,
  customSmsSender: samples.customSmsSenderEvent,
};
