import { ASYNCHRONOUS_FAILURES, ASYNCHRONOUS_RETRIES } from './asynchronous';
import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

/** Schedules of Amazon EventBridge Scheduler. */
export const SCHEDULE: SourceSemantics = {
  service: 'Amazon EventBridge Scheduler',
  invocation: InvocationMode.ASYNCHRONOUS,
  assumesRole: 'scheduler.amazonaws.com',
  // of the role's trust policy: https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
  conditionKeys: ['aws:SourceArn', 'aws:SourceAccount'],
  // https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html
  retries: `Scheduler tries up to 185 times in 24 hours to hand an event over; then ${ASYNCHRONOUS_RETRIES}`,
  failedEvents: `${ASYNCHRONOUS_FAILURES}; what could not be handed over, in the dead-letter queue of the schedule`,
  limits: [],
  // none in Java: its classes take the detail for an object, and Scheduler sends a text
  eventType: {
    typescript: 'EventBridgeEvent',
    python: 'EventBridgeEvent',
    dotnet: 'Amazon.Lambda.CloudWatchEvents.CloudWatchEvent`1',
    go: 'EventBridgeEvent',
  },
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/with-eventbridge-scheduler.html',
};
