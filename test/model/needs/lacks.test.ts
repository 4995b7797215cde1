import { AppModel } from '../../../src/model/app';
import { lacksIn } from '../../../src/model/needs/lacks';
import { JsonObject } from '../../../src/model/template';
import { appOf, stackOf } from '../app-of';

const of = (type: string, properties: JsonObject = {}): JsonObject => ({ Type: type, Properties: properties });
const ROLE_ARN = { 'Fn::GetAtt': ['Role', 'Arn'] };
const LOGS: JsonObject = { Effect: 'Allow', Action: 'logs:*', Resource: '*' };

function role(...statements: JsonObject[]): JsonObject {
  return of('AWS::IAM::Role', { Policies: [{ PolicyDocument: { Statement: [LOGS, ...statements] } }] });
}

function fn(properties: JsonObject = {}): JsonObject {
  return of('AWS::Lambda::Function', { Role: ROLE_ARN, ...properties });
}

function lacks(app: AppModel): string[] {
  return lacksIn(app).map(({ topic, fn: { logicalId }, at, unmet }) => `${logicalId} ${topic} ${at.path}: ${unmet.map(({ actions, denied }) => `${actions.join(' ')}${denied ? ' denied' : ''}`).join('; ')}`);
}

test('what comes from one place is one lack', () => {
  const app = appOf({ Orders: fn({ VpcConfig: { SubnetIds: ['subnet-1'] }, TracingConfig: { Mode: 'Active' } }), Role: role() });
  expect(lacks(app)).toEqual([
    'Orders tracing Properties/TracingConfig: xray:PutTraceSegments',
    'Orders network Properties/VpcConfig: ec2:CreateNetworkInterface ec2:DeleteNetworkInterface; ec2:DescribeNetworkInterfaces',
  ]);
});

test('only the actions that are not allowed are named', () => {
  const app = appOf({ Orders: fn({ VpcConfig: { SubnetIds: ['subnet-1'] } }), Role: role({ Effect: 'Allow', Action: ['ec2:Create*', 'ec2:Describe*'], Resource: '*' }) });
  expect(lacks(app)).toEqual(['Orders network Properties/VpcConfig: ec2:DeleteNetworkInterface']);
});

test('functions that share a role lack for themselves', () => {
  const TracingConfig = { Mode: 'Active' };
  expect(lacks(appOf({ Orders: fn({ TracingConfig }), Returns: fn({ TracingConfig }), Plain: fn(), Role: role() }))).toHaveLength(2);
});

test('a denial is told apart from what is not there', () => {
  const denial = { Effect: 'Deny', Action: 'xray:*', Resource: '*' };
  const app = appOf({ Orders: fn({ TracingConfig: { Mode: 'Active' } }), Role: role({ Effect: 'Allow', Action: 'xray:*', Resource: '*' }, denial) });
  expect(lacks(app)).toEqual(['Orders tracing Properties/TracingConfig: xray:PutTraceSegments denied']);
});

test.each([
  ['traces, which Lambda sends in the name of the function', 'xray:*', { TracingConfig: { Mode: 'Active' } }, 1],
  ['interfaces, which Lambda manages for itself', 'ec2:*', { VpcConfig: { SubnetIds: ['subnet-1'] } }, 0],
])('a denial for one function counts for %s', (_, action, properties, count) => {
  const Condition = { ArnEquals: { 'lambda:SourceFunctionArn': { 'Fn::Sub': 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:orders' } } };
  const app = appOf({
    Orders: fn({ FunctionName: 'orders', ...properties }),
    Role: role({ Effect: 'Allow', Action: action, Resource: '*' }, { Effect: 'Deny', Action: action, Resource: '*', Condition }),
  });
  expect(lacks(app)).toHaveLength(count);
});

test('role, queue and mapping of several stacks are seen together', () => {
  const exported = (value: JsonObject, name: string) => ({ Value: value, Export: { Name: name } });
  const shared = (...statements: JsonObject[]) => stackOf({ Role: role(...statements), Queue: of('AWS::SQS::Queue') }, {
    name: 'Shared',
    outputs: { Role: exported(ROLE_ARN, 'role'), Queue: exported({ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'queue') },
  });
  const shop = stackOf({
    Orders: fn({ Role: { 'Fn::ImportValue': 'role' } }),
    Mapping: of('AWS::Lambda::EventSourceMapping', { FunctionName: { Ref: 'Orders' }, EventSourceArn: { 'Fn::ImportValue': 'queue' } }),
  });
  expect(lacks(new AppModel([shared(), shop]))).toEqual(['Orders polling Properties/EventSourceArn: sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes']);
  expect(lacks(new AppModel([shared({ Effect: 'Allow', Action: 'sqs:*', Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] } }), shop]))).toEqual([]);
});

test('a consumer may be allowed by its own ARN or by that of its stream', () => {
  const resources = (resource: JsonObject) => ({
    Orders: fn(),
    Role: role({ Effect: 'Allow', Action: 'kinesis:*', Resource: resource }),
    Stream: of('AWS::Kinesis::Stream'),
    Consumer: of('AWS::Kinesis::StreamConsumer', { StreamARN: { 'Fn::GetAtt': ['Stream', 'Arn'] }, ConsumerName: 'fast' }),
    Mapping: of('AWS::Lambda::EventSourceMapping', { FunctionName: { Ref: 'Orders' }, EventSourceArn: { Ref: 'Consumer' } }),
  });
  expect(lacks(appOf(resources({ Ref: 'Consumer' })))).toEqual([]);
  expect(lacks(appOf(resources({ 'Fn::GetAtt': ['Stream', 'Arn'] })))).toEqual([]);
  expect(lacks(appOf(resources({ 'Fn::Sub': 'arn:${AWS::Partition}:kinesis:${AWS::Region}:${AWS::AccountId}:other/*' })))).toHaveLength(1);
});

test('lacks are worked out once', () => {
  const app = appOf({ Orders: fn(), Role: role() });
  expect(lacksIn(app)).toBe(lacksIn(app));
});
