import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { checkDelivery } from './delivery';
import { DeliveryOptions } from './delivery-options';
import { freeId } from './free-id';
import { PushSourceBase } from './push-source-base';
import { scheduleEvent } from './samples/schedule';
import { checkDeadLetterQueue } from '../../failure/dead-letters';
import { keepFailedEvents } from '../../failure/failed-events';
import { SCHEDULE } from '../../limits/sources/schedule';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** How a schedule invokes the function. */
export interface ScheduleSourceOptions extends DeliveryOptions {
  /**
   * What the function receives. `sampleEvent()` is always what it receives without an input.
   *
   * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
   * @default - an event of the type `Scheduled Event`, with the time for which it was planned
   */
  readonly input?: scheduler.ScheduleTargetInput;

  /**
   * How much later than planned the function may be invoked, so that not all schedules fire at once: between 1 minute and 24 hours.
   *
   * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-flexible-time-windows.html
   * @default TimeWindow.off()
   */
  readonly timeWindow?: scheduler.TimeWindow;

  /**
   * Name of the schedule: up to 64 letters, digits, hyphens, underscores and dots. With a name, the source can serve one function only.
   *
   * @default - a name that CloudFormation makes
   */
  readonly scheduleName?: string;

  /**
   * Description of the schedule, at most 512 characters.
   *
   * @default - the schedule is not described
   */
  readonly description?: string;

  /**
   * The group of the schedule. Its role can be used by the schedules of that group only.
   *
   * @default - the group `default`
   */
  readonly scheduleGroup?: scheduler.IScheduleGroup;

  /**
   * Whether the schedule is on.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * From when on the function is invoked. No meaning for a schedule that fires once.
   *
   * @default - at once
   */
  readonly start?: Date;

  /**
   * Until when the function is invoked, after `start`. No meaning for a schedule that fires once.
   *
   * @default - without end
   */
  readonly end?: Date;

  /**
   * The key that the input is encrypted with.
   *
   * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/encryption-rest.html
   * @default - a key that AWS owns
   */
  readonly key?: kms.IKey;

  /**
   * Where Scheduler sends events that it cannot hand over to Lambda. A standard queue.
   *
   * It gets no event for which the function failed: those are in the hands of Lambda, see `keepFailedEvents`.
   *
   * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
   * @default - events that cannot be handed over are lost
   */
  readonly deadLetterQueue?: sqs.IQueue;
}

/** A schedule that invokes a function. Made by `PushSource.schedule()`. */
export class SchedulePushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics = SCHEDULE;

  /** @internal */
  constructor(private readonly schedule: scheduler.ScheduleExpression, private readonly options: ScheduleSourceOptions) {
    super();
    const { scheduleGroup: scope, deadLetterQueue } = options;
    this.checkName();
    this.checkEnd();
    checkDeadLetterQueue(scope, deadLetterQueue);
    checkDelivery(scope, 'Schedule', options);
  }

  /** Called by `addEventSource()`: makes a schedule beside the function, with a role that may invoke it and nothing else. */
  public bind(target: lambda.IFunction): void {
    const { keepFailedEvents: isKept = true, input, deadLetterQueue, retryAttempts, maxEventAge, ...scheduleProps } = this.options;
    if (isKept) keepFailedEvents(target);
    const scope = target as unknown as Construct;
    const name = this.options.scheduleName;
    const id = freeId(scope, isKnown(name) ? `Schedule${name}` : 'Schedule');
    // Not the CDK's target: it lets its role invoke all versions of a function.
    const deadLetterConfig = deadLetterQueue && { arn: deadLetterQueue.queueArn };
    const bind = (of: scheduler.ISchedule) => ({ arn: target.functionArn, role: this.roleFor(of, target), input, deadLetterConfig });
    const schedule = new scheduler.Schedule(scope, id, { ...scheduleProps, schedule: this.schedule, target: { bind } });
    const resource = schedule.node.defaultChild as scheduler.CfnSchedule;
    // Here, since the CDK takes numbers that are not known yet for negative ones.
    if (retryAttempts !== undefined) resource.addPropertyOverride('Target.RetryPolicy.MaximumRetryAttempts', retryAttempts);
    if (maxEventAge) resource.addPropertyOverride('Target.RetryPolicy.MaximumEventAgeInSeconds', maxEventAge.toSeconds());
    // The first time may come before the role may invoke.
    resource.node.addDependency(schedule.node.findChild(ROLE));
  }

  /** @internal */
  protected _sampleEvent(): object {
    return isKnown(this.options.scheduleName) ? scheduleEvent(this.options.scheduleName) : scheduleEvent();
  }

  /** A role that schedules of the group can use, to invoke the function by this ARN and to send dead letters. */
  private roleFor(schedule: scheduler.ISchedule, target: lambda.IFunction): iam.Role {
    const { account, region } = schedule.env;
    const { scheduleGroup: group, deadLetterQueue } = this.options;
    const role = new iam.Role(schedule as unknown as Construct, ROLE, {
      // https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: {
            'aws:SourceAccount': account,
            'aws:SourceArn': group?.scheduleGroupArn ?? Stack.of(schedule)
              .formatArn({ service: 'scheduler', account, region, resource: 'schedule-group', resourceName: 'default' }),
          },
        },
      }),
    });
    role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [target.functionArn] }));
    if (deadLetterQueue) role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetterQueue.queueArn] }));
    deadLetterQueue?.encryptionMasterKey?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
    return role;
  }

  private checkName(): void {
    const { scheduleName, scheduleGroup } = this.options;
    if (!isKnown(scheduleName) || /^[-_.0-9A-Za-z]{1,64}$/.test(scheduleName)) return;
    throw mistake(scheduleGroup, {
      code: 'ScheduleNameMalformed',
      property: 'scheduleName',
      allowed: 'up to 64 letters, digits, hyphens, underscores and dots',
      got: scheduleName,
      fix: 'leave it out for a name that CloudFormation makes',
    });
  }

  private checkEnd(): void {
    const { start, end, scheduleGroup } = this.options;
    if (!start || !end || start < end) return;
    throw mistake(scheduleGroup, {
      code: 'ScheduleEndsBeforeItStarts',
      property: 'end',
      allowed: `after the start, ${start.toISOString()}`,
      got: end.toISOString(),
      fix: 'leave it out for a schedule without end',
    });
  }
}

/** Id of the role below the schedule. */
const ROLE = 'Role';
