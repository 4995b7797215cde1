import { ASYNCHRONOUS_FAILURES, ASYNCHRONOUS_RETRIES } from './asynchronous';
import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

/** Subscriptions to standard topics of Amazon SNS. */
export const TOPIC: SourceSemantics = {
  service: 'Amazon SNS',
  invocation: InvocationMode.ASYNCHRONOUS,
  principal: 'sns.amazonaws.com',
  conditionKeys: ['aws:SourceArn'],
  // https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
  retries: `Amazon SNS tries up to 100,015 times in 23 days to hand a message over; then ${ASYNCHRONOUS_RETRIES}`,
  failedEvents: `${ASYNCHRONOUS_FAILURES}; what could not be handed over, in the dead-letter queue of the subscription`,
  limits: [
    // https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html: 262,144 unless the topic says otherwise
    { name: 'bytes of the message', value: 1_048_576, unit: 'bytes' },
  ],
  eventType: {
    typescript: 'SNSEvent',
    python: 'SNSEvent',
    java: 'com.amazonaws.services.lambda.runtime.events.SNSEvent',
    dotnet: 'Amazon.Lambda.SNSEvents.SNSEvent',
    go: 'SNSEvent',
  },
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html',
};
