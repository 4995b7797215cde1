import { fatesOf, isSwitchedOff } from '../../model/switched-off';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const fn = (properties: JsonObject): JsonObject => ({ Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs22.x', ...properties } });
const OFF = fn({ ReservedConcurrentExecutions: 0 });
const ARN = { 'Fn::GetAtt': ['Orders', 'Arn'] };
const mapping = (source: string, attribute: string, properties: JsonObject = {}): JsonObject => (
  { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'Orders' }, EventSourceArn: { 'Fn::GetAtt': [source, attribute] }, ...properties } }
);
const topic: JsonObject = { Type: 'AWS::SNS::Subscription', Properties: { Protocol: 'lambda', TopicArn: 'arn:aws:sns:eu-west-1:111122223333:orders', Endpoint: ARN } };
const at = 'Orders/Properties/ReservedConcurrentExecutions';

export const functionIsSwitchedOn: Rule = {
  id: 'function-is-switched-on',
  title: 'No function is switched off by a reserved concurrency of 0, but on purpose',
  severity: 'warning',
  why: 'Lambda throttles every invocation of the function, of all its versions and aliases',
  fix: 'take the reservation away to switch the function on; if it is off on purpose, acknowledge this, and disable the mappings of queues whose messages must not reach their dead-letter queue',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html',
  since: '0.1.0',

  valid: [
    { title: 'a reservation of 1', resources: { Orders: fn({ ReservedConcurrentExecutions: 1 }), Topic: topic } },
    { title: 'no reservation', resources: { Orders: fn({}), Topic: topic } },
    { title: 'a reservation that a parameter decides', resources: { Orders: fn({ ReservedConcurrentExecutions: { Ref: 'Reserved' } }) } },
  ],
  invalid: [
    { title: 'nothing is wired to it', at, resources: { Orders: OFF } },
    { title: 'zero is written as text', at, resources: { Orders: fn({ ReservedConcurrentExecutions: '0' }) } },
    { title: 'events of a topic are lost', at, resources: { Orders: OFF, Topic: topic } },
    {
      title: 'events of a topic go to a dead-letter queue and a destination',
      at,
      resources: {
        Orders: fn({ ReservedConcurrentExecutions: 0, DeadLetterConfig: { TargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] } } }),
        Topic: topic,
        Dead: { Type: 'AWS::SQS::Queue' },
        Config: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: { Ref: 'Orders' }, Qualifier: '$LATEST', DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-west-1:111122223333:failed' } } } },
      },
    },
    {
      title: 'messages go to the dead-letter queue of their queue',
      at,
      resources: {
        Orders: OFF,
        Queue: { Type: 'AWS::SQS::Queue', Properties: { RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 3 } } },
        Dead: { Type: 'AWS::SQS::Queue' },
        Mapping: mapping('Queue', 'Arn'),
      },
    },
    {
      title: 'records of a stream wait',
      at,
      resources: { Orders: OFF, Stream: { Type: 'AWS::Kinesis::Stream' }, Mapping: mapping('Stream', 'Arn', { MaximumRecordAgeInSeconds: 3600 }) },
    },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function').filter(isSwitchedOff)) {
      const fates = fatesOf(resource).map(({ source, fate }) => `${source} ${fate}`);
      const whoever = 'whoever calls it is refused with status 429, and events that nobody waits for are not tried again';
      yield {
        resource,
        path: 'Properties/ReservedConcurrentExecutions',
        message: `reserved concurrency of ${resource.label} must be at least 1 for it to run, got 0: ${fates.length > 0 ? fates.join('; ') : whoever}`,
      };
    }
  },
};
