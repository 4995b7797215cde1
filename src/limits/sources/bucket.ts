import { ASYNCHRONOUS_FAILURES, ASYNCHRONOUS_RETRIES } from './asynchronous';
import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

/** Notifications of Amazon S3. */
export const BUCKET: SourceSemantics = {
  service: 'Amazon S3',
  invocation: InvocationMode.ASYNCHRONOUS,
  principal: 's3.amazonaws.com',
  conditionKeys: ['aws:SourceArn', 'aws:SourceAccount'],
  retries: ASYNCHRONOUS_RETRIES,
  failedEvents: ASYNCHRONOUS_FAILURES,
  limits: [],
  eventType: {
    typescript: 'S3Event',
    python: 'S3Event',
    java: 'com.amazonaws.services.lambda.runtime.events.S3Event',
    dotnet: 'Amazon.Lambda.S3Events.S3Event',
    go: 'S3Event',
  },
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html',
};
