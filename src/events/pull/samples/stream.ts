/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html */
export function streamEvent(streamArn = 'arn:aws:kinesis:us-east-2:123456789012:stream/lambda-stream') {
  const record = (sequenceNumber: string, data: string, time: number) => ({
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: '1',
      sequenceNumber,
      data: Buffer.from(data).toString('base64'),
      approximateArrivalTimestamp: time,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `shardId-000000000006:${sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: 'arn:aws:iam::123456789012:role/lambda-role',
    awsRegion: 'us-east-2',
    eventSourceARN: streamArn,
  });
  return {
    Records: [
      record('49590338271490256608559692538361571095921575989136588898', 'Hello, this is a test.', 1545084650.987),
      record('49590338271490256608559692540925702759324208523137515618', 'This is only a test.', 1545084711.166),
    ],
  };
}
