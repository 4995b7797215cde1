import { mapping, mayDo, subscription, TOPIC } from './examples';
import { ownWritesTo } from './words';
import { JsonObject } from '../../model/template';
import { arnOf, QUEUE } from '../role/examples';
import { Rule } from '../rule';

const AT = 'Orders/Properties/Role';
const PUBLISHING = mayDo('sns:Publish', { Ref: 'Placed' });
const TO_QUEUE: JsonObject = { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'Placed' }, Protocol: 'sqs', Endpoint: arnOf('Returns') } };

export const triggerTopicIsNotWritten: Rule = {
  id: 'trigger-topic-is-not-written',
  title: 'Functions may not publish to the topics that invoke them',
  severity: 'warning',
  why: 'what the function publishes to its own topic invokes it again, and all other subscribers with it, until Lambda notices the loop after some 16 rounds',
  fix: 'publish to another topic, give the subscription a filter policy that leaves out what the function publishes, or set `recursiveLoop: RecursiveLoop.ALLOW` if the loop is meant',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html',
  since: '0.1.0',

  valid: [
    { title: 'another topic', resources: { ...mayDo('sns:Publish', { Ref: 'Paid' }), Placed: TOPIC, Paid: TOPIC, Subscription: subscription() } },
    { title: 'a subscription with a filter policy', resources: { ...PUBLISHING, Placed: TOPIC, Subscription: subscription({ FilterPolicy: { by: ['people'] } }) } },
    { title: 'a topic that a parameter names', resources: { ...PUBLISHING, Placed: TOPIC, Subscription: subscription({ TopicArn: { Ref: 'TopicArn' } }) } },
    { title: 'a queue that is not polled', resources: { ...PUBLISHING, Placed: TOPIC, Returns: QUEUE, Subscription: TO_QUEUE } },
  ],
  invalid: [
    { title: 'the topic of its subscription', at: AT, resources: { ...PUBLISHING, Placed: TOPIC, Subscription: subscription() } },
    { title: 'a topic that names its subscribers', at: AT, resources: { ...PUBLISHING, Placed: { Type: 'AWS::SNS::Topic', Properties: { Subscription: [{ Protocol: 'lambda', Endpoint: arnOf('Orders') }] } } } },
    { title: 'a topic whose messages go to the queue that is polled', at: AT, resources: { ...PUBLISHING, Placed: TOPIC, Returns: QUEUE, Subscription: TO_QUEUE, Mapping: mapping(arnOf('Returns')) } },
  ],

  check: (app) => ownWritesTo(app, 'topic'),
};
