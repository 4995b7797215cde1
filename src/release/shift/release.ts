import * as lambda from 'aws-cdk-lib/aws-lambda';
import { deployGradually } from './deployment';
import { CanaryReleaseOptions, LinearReleaseOptions, ReleaseOptions } from './release-options';
import { ReleaseTarget } from './release-target';
import { TrafficKind } from './traffic-steps';
import { weigh } from './weighted';

/**
 * How the traffic of a live alias gets to a new version.
 *
 * With `canary()`, `linear()` and any option of `allAtOnce()` AWS CodeDeploy moves it, whenever CloudFormation updates the
 * alias to another version. The first deployment of an alias moves nothing: there is no version before. CloudFormation waits
 * for the release, and rolls the stack back if it fails.
 *
 * One object may serve several functions.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
 * @example
 * import { Duration } from 'aws-cdk-lib';
 * import * as lambda from 'aws-cdk-lib/aws-lambda';
 * import { EventFunction, Release } from 'cdk-event-functions';
 *
 * new EventFunction(this, 'Orders', {
 *   runtime: lambda.Runtime.NODEJS_22_X,
 *   handler: 'index.handler',
 *   code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
 *   release: Release.canary({
 *     percent: 10,
 *     interval: Duration.minutes(5),
 *     smokeTest: { event: '{"ping":true}', expected: '"statusCode":200' },
 *   }),
 * });
 */
export class Release {
  /**
   * The new version gets all traffic at once.
   *
   * Without options CloudFormation moves it, and nothing is made for it. With any option CodeDeploy does.
   *
   * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html
   */
  public static allAtOnce(options: ReleaseOptions = {}): Release {
    const isPlain = Object.values(options).every((value) => value === undefined);
    return new Release((target) => isPlain ? undefined : deployGradually(target, { kind: TrafficKind.ALL_AT_ONCE }, options));
  }

  /**
   * The new version gets a part of the traffic, and after a while the rest.
   *
   * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html
   */
  public static canary(options: CanaryReleaseOptions): Release {
    const { percent, interval, ...others } = options;
    return new Release((target) => deployGradually(target, { kind: TrafficKind.CANARY, percent, interval }, others));
  }

  /**
   * The new version gets more and more of the traffic, in equal steps.
   *
   * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html
   */
  public static linear(options: LinearReleaseOptions): Release {
    const { percent, interval, ...others } = options;
    return new Release((target) => deployGradually(target, { kind: TrafficKind.LINEAR, percent, interval }, others));
  }

  /**
   * The alias sends a part of the traffic to another version for good, and the rest to the current one.
   *
   * CodeDeploy has no part in it: the next deployment moves what the current version gets at once. Both versions must have
   * the same execution role and dead-letter queue. Lambda refuses provisioned concurrency on such an alias.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
   * @param version a published version of the function, other than the current one
   * @param weight its share of the traffic: 0 to 1
   */
  public static weighted(version: lambda.IVersion, weight: number): Release {
    return new Release((target) => weigh(target, version, weight));
  }

  /** @internal */
  public readonly _releaseTo: (target: ReleaseTarget) => void;

  private constructor(releaseTo: (target: ReleaseTarget) => void) {
    this._releaseTo = releaseTo;
  }
}
