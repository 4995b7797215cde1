import { fn, ORDERS_ARN } from './examples';
import { referenceIn } from '../../model/reference';
import type { Resource } from '../../model/resource';
import { Json, JsonObject } from '../../model/template';
import { calledFunction } from '../../model/triggers/called';
import { placesAt } from '../../model/triggers/places';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const FIFO: JsonObject = { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'orders.fifo', FifoTopic: true } };
const STANDARD: JsonObject = { Type: 'AWS::SNS::Topic' };

function subscription(topic: Json, properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: topic, Protocol: 'lambda', Endpoint: ORDERS_ARN, ...properties } };
}

export const topicOfFunctionIsStandard: Rule = {
  id: 'topic-of-function-is-standard',
  title: 'Functions are subscribed to standard topics',
  severity: 'fatal',
  why: 'Amazon SNS delivers messages of FIFO topics to queues only, and refuses the subscription',
  fix: 'subscribe a queue to the topic and let the function read the queue',
  source: 'https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html',
  answers: ['Invalid parameter: Invalid protocol type: lambda'],
  since: '0.1.0',

  valid: [
    { title: 'a standard topic', resources: { Orders: fn(), Topic: STANDARD, Subscription: subscription({ Ref: 'Topic' }) } },
    { title: 'a topic that a parameter names', resources: { Orders: fn(), Subscription: subscription({ Ref: 'TopicArn' }) } },
    { title: 'a topic of which a parameter says what it is', resources: { Orders: fn(), Topic: { Type: 'AWS::SNS::Topic', Properties: { FifoTopic: { Ref: 'IsFifo' } } }, Subscription: subscription({ Ref: 'Topic' }) } },
    { title: 'a queue of a FIFO topic', resources: { Orders: fn(), Topic: FIFO, Queue: { Type: 'AWS::SQS::Queue' }, Subscription: subscription({ Ref: 'Topic' }, { Protocol: 'sqs', Endpoint: { 'Fn::GetAtt': ['Queue', 'Arn'] } }) } },
  ],
  invalid: [
    { title: 'the topic is a FIFO topic', at: 'Subscription/Properties/Protocol', resources: { Orders: fn(), Topic: FIFO, Subscription: subscription({ Ref: 'Topic' }) } },
    { title: 'its name says so', at: 'Subscription/Properties/Protocol', resources: { Orders: fn(), Subscription: subscription('arn:aws:sns:eu-central-1:123456789012:orders.fifo') } },
    { title: 'a FIFO topic has a function', at: 'Topic/Properties/Subscription/0/Protocol', resources: { Orders: fn(), Topic: { Type: 'AWS::SNS::Topic', Properties: { FifoTopic: 'true', Subscription: [{ Protocol: 'lambda', Endpoint: ORDERS_ARN }] } } } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::SNS::Subscription')) {
      if (valueOf(resource.text('Protocol')) !== 'lambda') continue;
      const reference = referenceIn(valueOf(resource.raw('TopicArn')), resource.stack);
      const isNamedSo = valueOf(resource.text('TopicArn'))?.endsWith('.fifo') ?? false;
      if (!isNamedSo && !(reference?.exact && isFifo(reference.resource))) continue;
      yield { resource, path: 'Properties/Protocol', message: message(resource) };
    }
    for (const resource of app.ofType('AWS::SNS::Topic').filter(isFifo)) {
      for (const { path, json, beside } of placesAt(resource, 'Subscription[].Endpoint')) {
        if (beside('Protocol') !== 'lambda' || !calledFunction(json, resource.stack)) continue;
        yield { resource, path: path.replace(/Endpoint$/, 'Protocol'), message: message(resource) };
      }
    }
  },
};

function message(resource: Resource): string {
  return `what gets the messages of the FIFO topic of ${resource.label} must be a queue, got a function`;
}

function isFifo(topic: Resource): boolean {
  const fifo = valueOf(topic.raw('FifoTopic'));
  return topic.type === 'AWS::SNS::Topic' && (fifo === true || fifo === 'true');
}
