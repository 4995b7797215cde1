/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export function queueEvent(queueArn = 'arn:aws:sqs:us-east-2:123456789012:my-queue') {
  return { Records: [message(queueArn, 'Test message.')] };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export function fifoQueueEvent(queueArn = 'arn:aws:sqs:us-east-2:123456789012:fifo.fifo') {
  const plain = message(queueArn, 'Test message.');
  const group = { SequenceNumber: '18849496460467696128', MessageGroupId: '1', MessageDeduplicationId: '1' };
  return { Records: [{ ...plain, attributes: { ...plain.attributes, ...group } }] };
}

function message(eventSourceARN: string, body: string) {
  return {
    messageId: '059f36b4-87a3-44ab-83d2-661975830a7d',
    receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a...',
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '1545082649183',
      SenderId: 'AIDAIENQZJOLO23YVJ4VO',
      ApproximateFirstReceiveTimestamp: '1545082649185',
    },
    messageAttributes: { myAttribute: { stringValue: 'myValue', stringListValues: [], binaryListValues: [], dataType: 'String' } },
    md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion: 'us-east-2',
  };
}
