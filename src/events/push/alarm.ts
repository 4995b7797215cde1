import { Names } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AsynchronousSourceOptions } from './asynchronous-options';
import { PushSourceBase } from './push-source-base';
import { alarmEvent, compositeAlarmEvent } from './samples/alarm';
import { keepFailedEvents } from '../../failure/failed-events';
import { ALARM } from '../../limits/sources/alarm';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** Which changes of an alarm invoke the function. */
export interface AlarmSourceOptions extends AsynchronousSourceOptions {
  /**
   * The states that the alarm must change to. At least one.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
   * @default [AlarmState.ALARM]
   */
  readonly states?: cloudwatch.AlarmState[];
}

/** An alarm that invokes a function. Made by `PushSource.alarm()`. */
export class AlarmPushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics = ALARM;

  private readonly alarm: cloudwatch.AlarmBase;

  /** @internal */
  constructor(alarm: cloudwatch.IAlarm, private readonly options: AlarmSourceOptions) {
    super();
    this.alarm = ofThisApp(alarm);
    if (options.states?.length !== 0) return;
    throw mistake(alarm, {
      code: 'AlarmStatesEmpty',
      property: 'states',
      allowed: 'at least one state',
      got: options.states,
      fix: 'leave it out for the state ALARM, or name the states',
    });
  }

  /** Called by `addEventSource()`: makes the function an action of the alarm, and permits the alarm to invoke. */
  public bind(target: lambda.IFunction): void {
    const { keepFailedEvents: isKept = true } = this.options;
    if (isKept) keepFailedEvents(target);
    const { alarm } = this;
    const config = new LambdaAction(permittedBeside(target, alarm)).bind(alarm, alarm);
    const action = { bind: () => config };
    const states = new Set(this.states);
    if (states.has(cloudwatch.AlarmState.ALARM)) alarm.addAlarmAction(action);
    if (states.has(cloudwatch.AlarmState.OK)) alarm.addOkAction(action);
    if (states.has(cloudwatch.AlarmState.INSUFFICIENT_DATA)) alarm.addInsufficientDataAction(action);
  }

  /** @internal */
  protected _sampleEvent(): object {
    const sample = this.alarm instanceof cloudwatch.CompositeAlarm ? compositeAlarmEvent : alarmEvent;
    const { alarmName } = this.alarm.node.defaultChild as cloudwatch.CfnAlarm;
    return isKnown(alarmName) ? sample(this.states[0], alarmName) : sample(this.states[0]);
  }

  private get states(): cloudwatch.AlarmState[] {
    return this.options.states ?? [cloudwatch.AlarmState.ALARM];
  }
}

/** Refuses alarms that are imported: the CDK takes their actions, and nothing comes of it. */
function ofThisApp(alarm: cloudwatch.IAlarm): cloudwatch.AlarmBase {
  if (alarm instanceof cloudwatch.AlarmBase && alarm.node.defaultChild) return alarm;
  throw mistake(alarm, {
    code: 'AlarmImported',
    property: 'alarm',
    allowed: 'an alarm that is made in this app',
    got: alarm.node.path,
    fix: 'use PushSource.eventBridge() for the changes of other alarms: { source: [\'aws.cloudwatch\'], detailType: [\'CloudWatch Alarm State Change\'] }',
  });
}

/**
 * The function, with permissions in the scope of the alarm. The CDK's action puts them in that of the function: if the alarm is in
 * another stack, each of the two would wait for the other.
 */
function permittedBeside(target: lambda.IFunction, alarm: cloudwatch.AlarmBase): lambda.IFunction {
  const id = `AllowAlarm${Names.nodeUniqueId(target.node)}`;
  const addPermission = (_: string, permission: lambda.Permission) => {
    if (!alarm.node.tryFindChild(id)) target.addPermission(id, { ...permission, scope: alarm });
  };
  return Object.create(target, { addPermission: { value: addPermission } });
}
