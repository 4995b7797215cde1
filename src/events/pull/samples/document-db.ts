/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-documentdb.html */
export function changeEvent(
  clusterArn = 'arn:aws:rds:us-east-1:123456789012:cluster:canaryclusterb2a659a2-qo5tcmqkcl03',
  databaseName = 'test_database',
  collectionName = 'test_collection',
) {
  const documentId = { $oid: '63eeb6e7d418cd98afb1c1d7' };
  return {
    eventSourceArn: clusterArn,
    events: [
      {
        event: {
          _id: { _data: '0163eeb6e7000000090100000009000041e1' },
          clusterTime: { $timestamp: { t: 1676588775, i: 9 } },
          documentKey: { _id: documentId },
          fullDocument: { _id: documentId, anyField: 'sampleValue' },
          ns: { db: databaseName, coll: collectionName },
          operationType: 'insert',
        },
      },
    ],
    eventSource: 'aws:docdb',
  };
}
