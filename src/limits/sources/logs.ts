import { ASYNCHRONOUS_FAILURES, ASYNCHRONOUS_RETRIES } from './asynchronous';
import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';
import { Range } from '../range';

/** How many subscriptions a log group can have. */
export const SUBSCRIPTIONS: Range = {
  min: 0, max: 2, unit: 'subscriptions', source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html',
};

/** Subscriptions to log groups of Amazon CloudWatch Logs. */
export const LOGS: SourceSemantics = {
  service: 'Amazon CloudWatch Logs',
  invocation: InvocationMode.ASYNCHRONOUS,
  principal: 'logs.amazonaws.com',
  conditionKeys: ['aws:SourceArn'],
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Subscriptions.html
  retries: `${ASYNCHRONOUS_RETRIES}; what Lambda does not take, CloudWatch Logs sends again for up to 24 hours`,
  failedEvents: ASYNCHRONOUS_FAILURES,
  limits: [
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
    { name: 'subscriptions of a log group', value: SUBSCRIPTIONS.max, unit: SUBSCRIPTIONS.unit },
  ],
  eventType: {
    typescript: 'CloudWatchLogsEvent',
    python: 'CloudWatchLogsEvent',
    java: 'com.amazonaws.services.lambda.runtime.events.CloudWatchLogsEvent',
    dotnet: 'Amazon.Lambda.CloudWatchLogsEvents.CloudWatchLogsEvent',
    go: 'CloudwatchLogsEvent',
  },
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/services-cloudwatchlogs.html',
};

const SOURCE = 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html';

/** Length of the name of a subscription. */
export const SUBSCRIPTION_NAME: Range = { min: 1, max: 512, unit: 'characters', source: SOURCE };

/** Length of a filter pattern. */
export const SUBSCRIPTION_PATTERN: Range = { min: 0, max: 1024, unit: 'characters', source: SOURCE };
