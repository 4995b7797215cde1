import { Range } from './range';

/** How often EventBridge, and EventBridge Scheduler, try again to hand an event over; by default 185 times. */
export const DELIVERY_RETRIES: Range = {
  min: 0,
  max: 185,
  unit: 'attempts',
  source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html',
};

/** How long they try; by default 24 hours. */
export const DELIVERY_AGE: Range = {
  min: 60,
  max: 86_400,
  unit: 'seconds',
  source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html',
};
