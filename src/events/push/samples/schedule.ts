/**
 * What Scheduler sends where a schedule says nothing about the input. Unlike that of rules, the detail is a text.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-eventbridge-scheduler.html
 */
export function scheduleEvent(name = 'my-schedule') {
  return {
    'version': '0',
    'id': 'cdc73f9d-aea9-11e3-9d5a-835b769c0d9c',
    'detail-type': 'Scheduled Event',
    'source': 'aws.scheduler',
    'account': '123456789012',
    'time': '2019-03-01T01:23:45Z',
    'region': 'us-east-1',
    'resources': [`arn:aws:scheduler:us-east-1:123456789012:schedule/default/${name}`],
    'detail': '{}',
  };
}
