/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html */
export function eventBridgeEvent(source = 'aws.ec2', detailType = 'EC2 Instance State-change Notification') {
  const documented = source === 'aws.ec2';
  return {
    'version': '0',
    'id': '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
    'detail-type': detailType,
    source,
    'account': '111122223333',
    'time': '2017-12-22T18:43:48Z',
    'region': 'us-west-1',
    'resources': documented ? ['arn:aws:ec2:us-west-1:123456789012:instance/i-1234567890abcdef0'] : [],
    'detail': documented ? { 'instance-id': 'i-1234567890abcdef0', 'state': 'terminated' } : {},
  };
}
