import { StreamViewType } from 'aws-cdk-lib/aws-dynamodb';

const BEFORE = { Message: { S: 'New item!' }, Id: { N: '101' } };
const AFTER = { Message: { S: 'This item has changed' }, Id: { N: '101' } };

/** What becomes of one item: it is put, changed and deleted. */
const CHANGES = [
  { eventName: 'INSERT', NewImage: BEFORE, SizeBytes: 26 },
  { eventName: 'MODIFY', OldImage: BEFORE, NewImage: AFTER, SizeBytes: 59 },
  { eventName: 'REMOVE', OldImage: AFTER, SizeBytes: 38 },
];

const WITH_NEW: string[] = [StreamViewType.NEW_IMAGE, StreamViewType.NEW_AND_OLD_IMAGES];
const WITH_OLD: string[] = [StreamViewType.OLD_IMAGE, StreamViewType.NEW_AND_OLD_IMAGES];

/**
 * The records of a stream that shows the items in one way.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export function tableEvent(
  view: string = StreamViewType.NEW_AND_OLD_IMAGES,
  streamArn = 'arn:aws:dynamodb:us-west-2:123456789012:table/ExampleTableWithStream/stream/2015-06-27T00:48:05.899',
) {
  return {
    Records: CHANGES.map(({ eventName, NewImage, OldImage, SizeBytes }, index) => ({
      eventID: `${index + 1}`,
      eventVersion: '1.0',
      dynamodb: {
        ApproximateCreationDateTime: 1_435_365_600 + index,
        Keys: { Id: { N: '101' } },
        ...NewImage && WITH_NEW.includes(view) ? { NewImage } : {},
        ...OldImage && WITH_OLD.includes(view) ? { OldImage } : {},
        SequenceNumber: `${index + 1}`.repeat(3),
        SizeBytes,
        StreamViewType: view,
      },
      awsRegion: 'us-west-2',
      eventName,
      eventSourceARN: streamArn,
      eventSource: 'aws:dynamodb',
    })),
  };
}
