import { ASYNCHRONOUS_FAILURES, ASYNCHRONOUS_RETRIES } from './asynchronous';
import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

/** Actions of Amazon CloudWatch alarms. */
export const ALARM: SourceSemantics = {
  service: 'Amazon CloudWatch (alarm)',
  invocation: InvocationMode.ASYNCHRONOUS,
  principal: 'lambda.alarms.cloudwatch.amazonaws.com',
  conditionKeys: ['aws:SourceArn', 'aws:SourceAccount'],
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
  retries: `CloudWatch tries until Lambda takes the event, unless it may not invoke; then ${ASYNCHRONOUS_RETRIES}`,
  failedEvents: ASYNCHRONOUS_FAILURES,
  limits: [],
  eventType: {
    typescript: 'CloudWatchAlarmEvent',
    python: 'CloudWatchAlarmEvent',
    // of composite alarms: CloudWatchCompositeAlarmEvent
    java: 'com.amazonaws.services.lambda.runtime.events.CloudWatchMetricAlarmEvent',
  },
  documentation: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html',
};
