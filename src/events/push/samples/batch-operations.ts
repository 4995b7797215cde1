/** An object of a bucket. @see https://docs.aws.amazon.com/lambda/latest/dg/services-s3-batch.html */
export function batchOperationsEvent() {
  return {
    invocationSchemaVersion: '1.0',
    invocationId: 'YXNkbGZqYWRmaiBhc2RmdW9hZHNmZGpmaGFzbGtkaGZza2RmaAo',
    job: { id: 'f3cc4f60-61f6-4a2b-8a21-d07600c373ce' },
    tasks: [
      { taskId: 'dGFza2lkZ29lc2hlcmUK', s3Key: 'customerImage1.jpg', s3VersionId: '1', s3BucketArn: 'arn:aws:s3:::amzn-s3-demo-bucket' },
    ],
  };
}

/** The same in version 2.0, which has the name of the bucket. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html */
export function batchOperationsEventV2(userArguments: { readonly [name: string]: string } = { MyDestinationBucket: 'amzn-s3-demo-bucket2' }) {
  return {
    invocationSchemaVersion: '2.0',
    invocationId: 'YXNkbGZqYWRmaiBhc2RmdW9hZHNmZGpmaGFzbGtkaGZza2RmaAo',
    job: { id: 'f3cc4f60-61f6-4a2b-8a21-d07600c373ce', userArguments: { ...userArguments } },
    tasks: [
      { taskId: 'dGFza2lkZ29lc2hlcmUK', s3Key: 'customerImage1.jpg', s3VersionId: null, s3Bucket: 'amzn-s3-demo-bucket' },
    ],
  };
}
