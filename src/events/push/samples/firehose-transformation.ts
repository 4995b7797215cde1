/** @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesisfirehose.html */
export function firehoseTransformationEvent() {
  return {
    invocationId: 'invoked123',
    deliveryStreamArn: 'arn:aws:firehose:us-west-2:123456789012:deliverystream/my-stream',
    region: 'us-west-2',
    records: [
      {
        data: 'SGVsbG8gV29ybGQ=',
        recordId: 'record1',
        approximateArrivalTimestamp: 1510772160000,
        kinesisRecordMetadata: {
          shardId: 'shardId-000000000000',
          partitionKey: '4d1ad2b9-24f8-4b9d-a088-76e9947c317a',
          approximateArrivalTimestamp: 1335205543511,
          sequenceNumber: '49546986683135544286507457936321625675700192471156785154',
          subsequenceNumber: '',
        },
      },
    ],
  };
}
