const BUCKET = 'aws-us-west-2-123456789012-my-pipeline';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/services-codepipeline.html */
export function pipelineStageEvent(userParameters = '', inputs: readonly string[] = [], outputs: readonly string[] = []) {
  return {
    'CodePipeline.job': {
      id: 'c0d76431-b0e7-xmpl-97e3-e8ee786eb6f6',
      accountId: '123456789012',
      data: {
        actionConfiguration: { configuration: { FunctionName: 'my-function', UserParameters: userParameters } },
        inputArtifacts: inputs.map((name) => artifact(name, 'e0c7xmpl2308ca3071aa7bab414de234ab52eea')),
        outputArtifacts: outputs.map((name) => artifact(name, null)),
        artifactCredentials: {
          accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
          secretAccessKey: '6CGtmAa3lzWtV7a...',
          sessionToken: 'IQoJb3JpZ2luX2VjEA...',
          expirationTime: 1575493418000,
        },
      },
    },
  };
}

function artifact(name: string, revision: string | null) {
  return { name, revision, location: { type: 'S3' as const, s3Location: { bucketName: BUCKET, objectKey: `my-pipeline/${name}/TdOSFRV` } } };
}
