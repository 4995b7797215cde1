import { gzipSync } from 'zlib';

/**
 * What is packed into the event.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-cloudwatchlogs.html
 */
export function logsMessage(logGroup = '/aws/lambda/echo-nodejs', subscription = 'LambdaStream_cloudwatchlogs-node') {
  return {
    messageType: 'DATA_MESSAGE',
    owner: '123456789012',
    logGroup,
    logStream: '2019/03/13/[$LATEST]94fa867e5374431291a7fc14e2f56ae7',
    subscriptionFilters: [subscription],
    logEvents: [{
      id: '34622316099697884706540976068822859012661220141643892546',
      timestamp: 1552518348220,
      message: 'REPORT RequestId: 6234bffe-149a-b642-81ff-2e8e376d8aff\tDuration: 46.84 ms\tBilled Duration: 47 ms \tMemory Size: 192 MB\tMax Memory Used: 72 MB\t\n',
    }],
  };
}

/** The event as the handler receives it: the message, compressed, in Base64. */
export function logsEvent(message: object) {
  return { awslogs: { data: gzipSync(JSON.stringify(message)).toString('base64') } };
}
