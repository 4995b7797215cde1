import { fn, LIVE, mapping, ORDERS, queue } from './examples';
import { roomOf } from './visibility';
import { Rule } from '../rule';

/** Not `fatal`: Lambda looks when a mapping is made or changed, and lets a longer timeout pass that comes later. */
export const queueVisibilityCoversTimeout: Rule = {
  id: 'queue-visibility-covers-timeout',
  title: 'Queues hide messages for as long as the function that reads them may take',
  severity: 'error',
  why: 'Lambda refuses the mapping, or, if the timeout is raised later, a message comes again while it is still being processed',
  fix: 'set the visibility timeout of the queue to six times the timeout of the function, plus the batching window',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
  answers: ['Queue visibility timeout: 30 seconds is less than Function timeout: 120 seconds'],
  since: '0.1.0',

  valid: [
    { title: 'defaults', resources: { Orders: ORDERS, Source: queue(), Mapping: mapping() } },
    { title: 'the same timeout', resources: { Orders: fn({ Timeout: 60 }), Source: queue({ VisibilityTimeout: 60 }), Mapping: mapping() } },
    { title: 'a queue that a parameter names', resources: { Orders: fn({ Timeout: 60 }), Mapping: mapping({ EventSourceArn: { Ref: 'QueueArn' } }) } },
    { title: 'a timeout that is decided at deployment', resources: { Orders: fn({ Timeout: { Ref: 'Timeout' } }), Source: queue({ VisibilityTimeout: 10 }), Mapping: mapping() } },
    { title: 'a stream', resources: { Orders: fn({ Timeout: 900 }), Source: { Type: 'AWS::Kinesis::Stream', Properties: {} }, Mapping: mapping() } },
  ],
  invalid: [
    { title: 'the timeout is longer than the default of the queue', at: 'Source/Properties/VisibilityTimeout', resources: { Orders: fn({ Timeout: 31 }), Source: queue(), Mapping: mapping() } },
    { title: 'the function is read for by its alias', at: 'Source/Properties/VisibilityTimeout', resources: { Orders: fn({ Timeout: 120 }), Live: LIVE, Source: queue({ VisibilityTimeout: '60' }), Mapping: mapping({ FunctionName: { Ref: 'Live' } }) } },
    { title: 'messages are not hidden at all', at: 'Source/Properties/VisibilityTimeout', resources: { Orders: ORDERS, Source: queue({ VisibilityTimeout: 0 }), Mapping: mapping() } },
  ],

  * check(app) {
    for (const { queue: resource, fn: owner, timeout, visibility } of roomOf(app)) {
      if (visibility >= timeout) continue;
      yield { resource, path: 'Properties/VisibilityTimeout', message: `visibility timeout must be at least the ${timeout} seconds that ${owner.label} may take, got ${visibility} seconds` };
    }
  },
};
