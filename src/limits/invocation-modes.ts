/**
 * Services that hand an event to Lambda and do not wait for what becomes of it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
 */
export const ASYNCHRONOUS_SERVICES: ReadonlySet<string> = new Set([
  'codecommit.amazonaws.com',
  'config.amazonaws.com',
  'events.amazonaws.com',
  'iot.amazonaws.com',
  'lambda.alarms.cloudwatch.amazonaws.com',
  'logs.amazonaws.com',
  's3.amazonaws.com',
  'secretsmanager.amazonaws.com',
  'ses.amazonaws.com',
  'sns.amazonaws.com',
]);

/** Whether a service does not wait, whatever Region or partition it names itself by. */
export function isAsynchronous(service: string): boolean {
  return ASYNCHRONOUS_SERVICES.has(service.replace(/\.cn$/, '').replace(/^(logs|sns|s3)\.[a-z0-9-]+\.amazonaws\.com$/, '$1.amazonaws.com'));
}
