import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/**
 * Alarms on the live alias that a release makes, watches, and goes back on.
 *
 * They measure the alias, whatever version answers, so that they stay as they are from release to release. A time without
 * invocations does not ring them.
 */
export interface ReleaseAlarms {
  /**
   * Errors within one minute that ring the alarm: a whole number; 0 leaves the alarm out.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
   * @default 1
   */
  readonly errors?: number;

  /**
   * Throttled invocations within one minute that ring the alarm: a whole number; 0 leaves the alarm out.
   *
   * Throttles also come from other functions of the account, if this one has no reserved concurrency.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
   * @default 1
   */
  readonly throttles?: number;

  /**
   * How long the slowest hundredth of the invocations of a minute (p99) may take at least, that the alarm rings.
   *
   * Longer than nothing, and not longer than the timeout of the function, which no invocation exceeds. Cold starts of the
   * new version count: with few invocations they are in the slowest hundredth.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
   * @default - the duration rings no alarm: what is slow, only the function's owner knows
   */
  readonly duration?: Duration;
}

/**
 * An invocation of the new version before any traffic moves.
 *
 * It fails if the version ends with an error, is throttled, takes too long, or does not answer what is expected. Then the
 * release fails, and all traffic stays where it is.
 */
export interface SmokeTest {
  /**
   * The event that the new version is invoked with: JSON.
   *
   * The version runs as in production, with the same role and environment: choose an event without consequences.
   * Together with `expected` at most 3,500 bytes.
   */
  readonly event: string;

  /**
   * Text that must be in the answer, which is JSON: `"statusCode":200`.
   *
   * @default - any answer without an error will do
   */
  readonly expected?: string;

  /**
   * How long the answer may take, the cold start included: 1 to 840 seconds.
   *
   * @default - the timeout of the function and 30 seconds for its start, at most 840 seconds
   */
  readonly timeout?: Duration;
}

/** How a release is watched, tested and taken back. */
export interface ReleaseOptions {
  /**
   * Further alarms on which the release stops.
   *
   * CodeDeploy looks at them as long as traffic moves and hooks run. CloudFormation documents at most 10, those of
   * `defaultAlarms` included; above that there is a warning.
   *
   * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-create-alarms.html
   * @default - those of `defaultAlarms` alone
   */
  readonly alarms?: cloudwatch.IAlarm[];

  /**
   * The alarms on the live alias that the release makes.
   *
   * @default - one error or one throttle within a minute; none for `Release.allAtOnce()`, which leaves no time to ring
   */
  readonly defaultAlarms?: ReleaseAlarms;

  /**
   * Release although an alarm rings, and whatever rings meanwhile.
   *
   * For the release that is to silence the alarm: CodeDeploy stops a deployment also on an alarm that rang before it.
   *
   * @see https://github.com/aws/serverless-application-model/issues/716
   * @default false
   */
  readonly ignoreAlarms?: boolean;

  /**
   * When all traffic goes back to the version before. What is left out is as in the default.
   *
   * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-rollback-and-redeploy.html
   * @default - when the deployment fails, when somebody stops it, and when an alarm rings, if there is one
   */
  readonly autoRollback?: codedeploy.AutoRollbackConfig;

  /**
   * A function that runs before traffic moves, and has to tell CodeDeploy whether it may.
   *
   * CodeDeploy calls functions by name, without a version: of an alias or an event function its unpublished code runs. It is
   * allowed to report to CodeDeploy; if it does not report within an hour, the release fails. It must not refer to the live
   * alias, which waits for it: allow it to invoke versions with `fn.function.grantInvoke(hook)`.
   *
   * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html#appspec-hooks-lambda
   * @default - traffic moves without asking anybody, or after the smoke test
   */
  readonly preTraffic?: lambda.IFunction;

  /**
   * A function that runs after all traffic has moved, and has to tell CodeDeploy whether the release is good.
   *
   * The same is true of it as of `preTraffic`.
   *
   * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html#appspec-hooks-lambda
   * @default - the release is done when all traffic has moved
   */
  readonly postTraffic?: lambda.IFunction;

  /**
   * Invoke the new version once before traffic moves.
   *
   * Makes a small function with a role and a log group. It takes the place of `preTraffic`, of which CodeDeploy has one:
   * giving both is an error.
   *
   * @default - the new version is first invoked by its traffic
   */
  readonly smokeTest?: SmokeTest;

  /**
   * The CodeDeploy application that the deployment group belongs to.
   *
   * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/applications.html
   * @default - one is made for the function
   */
  readonly application?: codedeploy.ILambdaApplication;

  /**
   * The role with which CodeDeploy changes the alias, looks at alarms and invokes hooks.
   *
   * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/getting-started-create-service-role.html
   * @default - one is made, with AWS's policy `AWSCodeDeployRoleForLambdaLimited` and the right to invoke the hooks
   */
  readonly role?: iam.IRole;
}

/** A release in two steps. */
export interface CanaryReleaseOptions extends ReleaseOptions {
  /** Share of the traffic that the new version gets first, in percent: a whole number from 1 to 99. */
  readonly percent: number;

  /** Time until it gets the rest: whole minutes, 1 minute to 48 hours. */
  readonly interval: Duration;
}

/** A release in equal steps. */
export interface LinearReleaseOptions extends ReleaseOptions {
  /** Share of the traffic that moves in each step, in percent: a whole number from 1 to 99. */
  readonly percent: number;

  /**
   * Time between two steps: whole minutes, at least 1.
   *
   * The last step must come within 48 hours of the first: with 10 percent there are 9 intervals, of at most 320 minutes.
   */
  readonly interval: Duration;
}
