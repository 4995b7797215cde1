const REASON_DATA = '{"version":"1.0","queryDate":"2023-08-04T12:31:29.591+0000","statistic":"Average","period":60,"recentDatapoints":[],"threshold":5.0}';

/**
 * Of an alarm on a metric.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
 */
export function alarmEvent(state = 'ALARM', alarmName = 'lambda-demo-metric-alarm') {
  return {
    source: 'aws.cloudwatch',
    alarmArn: `arn:aws:cloudwatch:us-east-1:444455556666:alarm:${alarmName}`,
    accountId: '444455556666',
    time: '2023-08-04T12:36:15.490+0000',
    region: 'us-east-1',
    alarmData: {
      alarmName,
      state: { value: state, reason: 'test', reasonData: REASON_DATA, timestamp: '2023-08-04T12:36:15.490+0000' },
      previousState: {
        value: state === 'INSUFFICIENT_DATA' ? 'OK' : 'INSUFFICIENT_DATA',
        reason: 'Insufficient Data: 5 datapoints were unknown.',
        reasonData: REASON_DATA,
        timestamp: '2023-08-04T12:31:29.595+0000',
      },
      configuration: {
        description: 'Metric Alarm to test Lambda actions',
        metrics: [{
          id: '1234e046-06f0-a3da-9534-EXAMPLEe4c',
          metricStat: {
            metric: { namespace: 'AWS/Logs', name: 'CallCount', dimensions: { InstanceId: 'i-12345678' } },
            period: 60,
            stat: 'Average',
            unit: 'Percent',
          },
          returnData: true,
        }],
      },
    },
  };
}

/**
 * Of an alarm on other alarms.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
 */
export function compositeAlarmEvent(state = 'ALARM', alarmName = 'CompositeDemo.Main') {
  const child = 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:CompositeDemo.FirstChild';
  const reasonData = `{"triggeringAlarms":[{"arn":"${child}","state":{"value":"ALARM","timestamp":"2023-08-04T12:54:46.138+0000"}}]}`;
  const reason = `${child} transitioned to ALARM at Friday 04 August, 2023 12:54:46 UTC`;
  return {
    source: 'aws.cloudwatch',
    alarmArn: `arn:aws:cloudwatch:us-east-1:111122223333:alarm:${alarmName}`,
    accountId: '111122223333',
    time: '2023-08-04T12:56:46.138+0000',
    region: 'us-east-1',
    alarmData: {
      alarmName,
      state: { value: state, reason, reasonData, timestamp: '2023-08-04T12:56:46.138+0000' },
      previousState: {
        value: 'ALARM',
        reason,
        reasonData,
        timestamp: '2023-08-04T12:54:46.138+0000',
        actionsSuppressedBy: 'WaitPeriod',
        actionsSuppressedReason: 'Actions suppressed by WaitPeriod',
      },
      configuration: {
        alarmRule: 'ALARM(CompositeDemo.FirstChild) OR ALARM(CompositeDemo.SecondChild)',
        actionsSuppressor: 'CompositeDemo.ActionsSuppressor',
        actionsSuppressorWaitPeriod: 120,
        actionsSuppressorExtensionPeriod: 180,
      },
    },
  };
}
