import { fn, mapping, ORDERS, queue } from './examples';
import { roomOf } from './visibility';
import { QUEUE_GUIDANCE } from '../../limits/queue-mapping';
import { Rule } from '../rule';

export const queueVisibilityHasRoom: Rule = {
  id: 'queue-visibility-has-room',
  title: 'Queues hide messages for six times the timeout of the function that reads them',
  severity: 'warning',
  why: 'when the function is throttled, Lambda tries the batch again for as long as the messages are hidden: with less room they come again sooner, are processed twice, or end in the dead-letter queue',
  fix: 'set the visibility timeout of the queue to six times the timeout of the function, plus the batching window',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
  since: '0.1.0',

  valid: [
    { title: 'defaults', resources: { Orders: ORDERS, Source: queue(), Mapping: mapping() } },
    { title: 'six times the timeout, plus the window', resources: { Orders: fn({ Timeout: 60 }), Source: queue({ VisibilityTimeout: 380 }), Mapping: mapping({ MaximumBatchingWindowInSeconds: 20 }) } },
    { title: 'a window that is decided at deployment', resources: { Orders: fn({ Timeout: 60 }), Source: queue({ VisibilityTimeout: 360 }), Mapping: mapping({ MaximumBatchingWindowInSeconds: { Ref: 'Window' } }) } },
    { title: 'less than the timeout, which is an error', resources: { Orders: fn({ Timeout: 60 }), Source: queue(), Mapping: mapping() } },
  ],
  invalid: [
    { title: 'the timeout once', at: 'Source/Properties/VisibilityTimeout', resources: { Orders: fn({ Timeout: 60 }), Source: queue({ VisibilityTimeout: 60 }), Mapping: mapping() } },
    { title: 'the window is forgotten', at: 'Source/Properties/VisibilityTimeout', resources: { Orders: fn({ Timeout: 60 }), Source: queue({ VisibilityTimeout: 360 }), Mapping: mapping({ MaximumBatchingWindowInSeconds: 20 }) } },
    { title: 'the default of the queue', at: 'Source/Properties/VisibilityTimeout', resources: { Orders: fn({ Timeout: 10 }), Source: queue(), Mapping: mapping() } },
  ],

  * check(app) {
    for (const { queue: resource, fn: owner, timeout, visibility, window = 0 } of roomOf(app)) {
      const needed = QUEUE_GUIDANCE.visibilityFactor * timeout + window;
      if (visibility < timeout || visibility >= needed) continue;
      const and = window > 0 ? `, plus the batching window of ${window}` : '';
      yield { resource, path: 'Properties/VisibilityTimeout', message: `visibility timeout must be at least ${needed} seconds, six times the ${timeout} of ${owner.label}${and}, got ${visibility} seconds` };
    }
  },
};
