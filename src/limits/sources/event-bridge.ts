import { ASYNCHRONOUS_FAILURES, ASYNCHRONOUS_RETRIES } from './asynchronous';
import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

/** Rules of Amazon EventBridge. */
export const EVENT_BRIDGE: SourceSemantics = {
  service: 'Amazon EventBridge',
  invocation: InvocationMode.ASYNCHRONOUS,
  principal: 'events.amazonaws.com',
  conditionKeys: ['aws:SourceArn'],
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
  retries: `EventBridge tries up to 185 times in 24 hours to hand an event over; then ${ASYNCHRONOUS_RETRIES}`,
  failedEvents: `${ASYNCHRONOUS_FAILURES}; what could not be handed over, in the dead-letter queue of the target`,
  limits: [],
  eventType: {
    typescript: 'EventBridgeEvent',
    python: 'EventBridgeEvent',
    java: 'com.amazonaws.services.lambda.runtime.events.ScheduledEvent',
    dotnet: 'Amazon.Lambda.CloudWatchEvents.CloudWatchEvent`1',
    go: 'EventBridgeEvent',
  },
  documentation: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html',
};
