import { mapping, mayDo, subscription } from './examples';
import { ownWritesTo } from './words';
import { allow, arnOf, fn, QUEUE, role } from '../role/examples';
import { Rule } from '../rule';

const AT = 'Orders/Properties/Role';
const MAPPING = mapping(arnOf('Returns'));

export const triggerQueueIsNotWritten: Rule = {
  id: 'trigger-queue-is-not-written',
  title: 'Functions may not send to the queues that invoke them',
  severity: 'warning',
  why: 'a message that the function sends to its own queue invokes it again; Lambda follows such messages and stops invoking after some 16 rounds, so that what is queued anew on purpose is lost, and what is not costs money',
  fix: 'send to another queue (`queue.grantSendMessages(fn)` is for that one only), leave messages to be received again to the queue itself, or set `recursiveLoop: RecursiveLoop.ALLOW` if the loop is meant',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html',
  since: '0.1.0',

  valid: [
    { title: 'a role that may only poll', resources: { ...mayDo(['sqs:ReceiveMessage', 'sqs:DeleteMessage'], arnOf('Returns')), Returns: QUEUE, Mapping: MAPPING } },
    { title: 'another queue', resources: { ...mayDo('sqs:SendMessage', arnOf('Paid')), Returns: QUEUE, Paid: QUEUE, Mapping: MAPPING } },
    { title: 'messages are filtered', resources: { ...mayDo('sqs:SendMessage', arnOf('Returns')), Returns: QUEUE, Mapping: mapping(arnOf('Returns'), { FilterCriteria: { Filters: [{ Pattern: '{}' }] } }) } },
    { title: 'a mapping that is switched off', resources: { ...mayDo('sqs:*', '*'), Returns: QUEUE, Mapping: mapping(arnOf('Returns'), { Enabled: false }) } },
    { title: 'a loop that is meant', resources: { ...mayDo('sqs:SendMessage', arnOf('Returns'), { RecursiveLoop: 'Allow' }), Returns: QUEUE, Mapping: MAPPING } },
    { title: 'a queue that a parameter names', resources: { ...mayDo('sqs:SendMessage', { Ref: 'QueueArn' }), Returns: QUEUE, Mapping: MAPPING } },
    { title: 'a role of which more is decided at deployment', resources: { Orders: fn(), OrdersRole: role([allow('sqs:ReceiveMessage')], { ManagedPolicyArns: [{ Ref: 'More' }] }), Returns: QUEUE, Mapping: MAPPING } },
  ],
  invalid: [
    { title: 'the queue that is polled', at: AT, resources: { ...mayDo('sqs:SendMessage', arnOf('Returns')), Returns: QUEUE, Mapping: MAPPING } },
    { title: 'all queues', at: AT, resources: { ...mayDo('sqs:*', '*'), Returns: QUEUE, Mapping: MAPPING } },
    { title: 'a queue of another app', at: AT, resources: { ...mayDo('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:returns'), Mapping: mapping('arn:aws:sqs:eu-west-1:111122223333:returns') } },
    { title: 'a queue of the alias, which may be sent to, beside a topic that may not', at: AT, resources: { ...mayDo('sqs:SendMessage', arnOf('Returns')), Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Orders' }, FunctionVersion: '1', Name: 'live' } }, Returns: QUEUE, Mapping: mapping(arnOf('Returns'), { FunctionName: { Ref: 'Live' } }), Placed: { Type: 'AWS::SNS::Topic' }, Subscription: subscription() } },
  ],

  check: (app) => ownWritesTo(app, 'queue'),
};
