/** @see https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_example-events.html */
export function configRuleEvent(invokingEvent: object, ruleParameters: object, configRuleName = 'config-rule') {
  return {
    invokingEvent: JSON.stringify(invokingEvent),
    ruleParameters: JSON.stringify(ruleParameters),
    resultToken: 'myResultToken',
    eventLeftScope: false,
    executionRoleArn: 'arn:aws:iam::123456789012:role/config-role',
    configRuleArn: 'arn:aws:config:us-east-2:123456789012:config-rule/config-rule-0123456',
    configRuleName,
    configRuleId: 'config-rule-0123456',
    accountId: '123456789012',
    version: '1.0',
  };
}

/** What the event holds when a resource has changed. */
export function changeOfResource() {
  return {
    configurationItem: {
      configurationItemCaptureTime: '2016-02-17T01:36:34.043Z',
      awsAccountId: '123456789012',
      configurationItemStatus: 'OK',
      resourceId: 'i-00000000',
      ARN: 'arn:aws:ec2:us-east-2:123456789012:instance/i-00000000',
      awsRegion: 'us-east-2',
      availabilityZone: 'us-east-2a',
      resourceType: 'AWS::EC2::Instance',
      tags: { Foo: 'Bar' },
      relationships: [{ resourceId: 'eipalloc-00000000', resourceType: 'AWS::EC2::EIP', name: 'Is attached to ElasticIp' }],
      configuration: { foo: 'bar' },
    },
    messageType: 'ConfigurationItemChangeNotification',
  };
}

/** What the event holds when the time has come. */
export function scheduledEvaluation() {
  return {
    awsAccountId: '123456789012',
    notificationCreationTime: '2016-07-13T21:50:00.373Z',
    messageType: 'ScheduledNotification',
    recordVersion: '1.0',
  };
}
