import { Duration, TimeZone } from 'aws-cdk-lib';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { checkPlan, ProvisionedPlan } from './check-provisioned';
import { DEFAULT_UTILIZATION } from '../../limits/provisioned-concurrency';

/** From when on there is to be how much provisioned concurrency. */
export interface ProvisionedSchedule {
  /**
   * When it begins: `appscaling.Schedule.cron(...)`, or `.at(...)` for once. It lasts until the next schedule begins.
   *
   * @see https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
   */
  readonly schedule: appscaling.Schedule;

  /**
   * The least that is provisioned from then on. A whole number; 0 provisions nothing but what the load asks for.
   */
  readonly min: number;

  /**
   * The most that is provisioned from then on. A whole number from `min` to the `max` of the plan.
   *
   * @default - the `max` of the plan
   */
  readonly max?: number;

  /**
   * Time zone of the schedule. Daylight saving time is respected.
   *
   * @default - UTC
   */
  readonly timeZone?: TimeZone;
}

/** Between which bounds provisioned concurrency is scheduled. */
export interface ProvisionedScheduledOptions {
  /**
   * The least that is provisioned until the first schedule begins. A whole number; 0 provisions nothing.
   */
  readonly min: number;

  /**
   * The most that is ever provisioned. A whole number of at least 1, and of at least `min`.
   *
   * Not more than the reserved concurrency of the function, all its aliases taken together.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
   */
  readonly max: number;

  /**
   * When there is to be how much. At least one.
   */
  readonly schedules: ProvisionedSchedule[];
}

/** Between which bounds provisioned concurrency follows the load. */
export interface ProvisionedTargetTrackingOptions {
  /**
   * The least that is provisioned. A whole number; at least 1, because nothing is measured, and nothing scaled, where
   * nothing is provisioned. It may be 0 with `schedules` of which one begins with more.
   *
   * @default 1
   */
  readonly min?: number;

  /**
   * The most that is ever provisioned. A whole number of at least 1, and of at least `min`.
   *
   * Not more than the reserved concurrency of the function, all its aliases taken together.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
   */
  readonly max: number;

  /**
   * Which share of the provisioned concurrency is to be in use: 0.1 to 0.9. Lower is dearer and leaves more for bursts.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
   * @default 0.7
   */
  readonly utilization?: number;

  /**
   * Pause after provisioned concurrency was taken away, before more is taken away. Whole seconds.
   *
   * @see https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html
   * @default - what Application Auto Scaling takes for Lambda
   */
  readonly scaleInCooldown?: Duration;

  /**
   * Pause after provisioned concurrency was added, before more is added. Whole seconds.
   *
   * @see https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html
   * @default - what Application Auto Scaling takes for Lambda
   */
  readonly scaleOutCooldown?: Duration;

  /**
   * When the bounds are to be others, for instance more in the morning before people come.
   *
   * @default - `min` and `max` hold at all times
   */
  readonly schedules?: ProvisionedSchedule[];
}

/**
 * How many environments of an alias are kept ready, so that no caller waits for one to start. They are paid for as long as
 * they are there, used or not, and only callers of that alias get them.
 *
 * What is scaled has no number in the template: Application Auto Scaling takes the alias to its `min` when it is registered,
 * and a number in the template would undo its work at each deployment. For the same reason CloudFormation leaves on the alias
 * what was there when scaling is taken out of the app: go over `fixed(1)`, and take that out with the next deployment.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
 * @example
 * import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
 * import { EventFunction, ProvisionedConcurrency } from 'cdk-event-functions';
 *
 * declare const orders: EventFunction;
 * orders.addAlias('shop', {
 *   provisionedConcurrency: ProvisionedConcurrency.targetTracking({
 *     max: 50,
 *     schedules: [{ schedule: appscaling.Schedule.cron({ hour: '7', minute: '0' }), min: 10 }],
 *   }),
 * });
 */
export class ProvisionedConcurrency {
  /**
   * The same number at all times. A whole number of at least 1.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
   */
  public static fixed(executions: number): ProvisionedConcurrency {
    return new ProvisionedConcurrency({ fixed: executions });
  }

  /**
   * As many as the load asks for, so that a given share of them is in use. With schedules, within bounds that change.
   *
   * Application Auto Scaling follows the load within minutes, not seconds: `min` has to carry a burst.
   *
   * @see https://docs.aws.amazon.com/autoscaling/application/userguide/services-that-can-integrate-lambda.html
   */
  public static targetTracking(options: ProvisionedTargetTrackingOptions): ProvisionedConcurrency {
    return new ProvisionedConcurrency({ min: options.min ?? 1, max: options.max, schedules: options.schedules, tracking: options });
  }

  /**
   * As many as a schedule says.
   *
   * @see https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-scheduled-scaling.html
   */
  public static scheduled(options: ProvisionedScheduledOptions): ProvisionedConcurrency {
    return new ProvisionedConcurrency({ min: options.min, max: options.max, schedules: options.schedules });
  }

  private constructor(private readonly plan: ProvisionedPlan) {}

  /**
   * The number that the alias has in the template.
   *
   * @internal
   */
  public get _fixed(): number | undefined {
    return this.plan.fixed;
  }

  /**
   * Refuses a plan that AWS would refuse, or that provisions nothing. Factories have no construct to name.
   *
   * @internal
   */
  public _check(scope: IConstruct): void {
    checkPlan(scope, this.plan);
  }

  /**
   * Lets Application Auto Scaling change the provisioned concurrency of an alias, if it is to be scaled.
   *
   * @internal
   */
  public _scale(alias: lambda.Alias): void {
    const { min, max, schedules = [], tracking } = this.plan;
    if (max === undefined) return;
    const scaling = alias.addAutoScaling({ minCapacity: min, maxCapacity: max });
    schedules.forEach(({ schedule, timeZone, ...bounds }, index) => {
      // Both, because those of the schedule before are still in force.
      scaling.scaleOnSchedule(`Schedule${index + 1}`, { schedule, timeZone, minCapacity: bounds.min, maxCapacity: bounds.max ?? max });
    });
    if (!tracking) return;
    const { utilization: utilizationTarget = DEFAULT_UTILIZATION, scaleInCooldown, scaleOutCooldown } = tracking;
    scaling.scaleOnUtilization({ utilizationTarget, scaleInCooldown, scaleOutCooldown });
  }
}
