import { equals } from '../../../src/model/iam/match';
import { Text, textOf } from '../../../src/model/iam/text';
import { Json, JsonObject } from '../../../src/model/template';
import { appOf, resourceIn } from '../app-of';

const ENVIRONMENT = { account: '123456789012', region: 'eu-west-1' };

/** `[what of logical id]` for what the deployment makes up. */
function spelled(text: Text): string {
  return text.map((piece) => typeof piece === 'string' ? piece : `[${piece.id.replace(/ of .*\//, ' of ')}]`).join('');
}

function arn(type: string, reference: Json, properties: JsonObject = {}, others: JsonObject = {}): string {
  const app = appOf({ It: { Type: type, Properties: properties }, ...others }, ENVIRONMENT);
  return spelled(textOf(reference, resourceIn(app, 'It').stack));
}

const ARN: Json = { 'Fn::GetAtt': ['It', 'Arn'] };
const REF: Json = { Ref: 'It' };

test.each<[string, string, Json, JsonObject, string]>([
  ['a queue', 'AWS::SQS::Queue', ARN, {}, 'arn:aws:sqs:eu-west-1:123456789012:[name of It]'],
  ['a queue with a name', 'AWS::SQS::Queue', ARN, { QueueName: 'orders' }, 'arn:aws:sqs:eu-west-1:123456789012:orders'],
  ['a bucket', 'AWS::S3::Bucket', ARN, {}, 'arn:aws:s3:::[name of It]'],
  ['the stream of a table', 'AWS::DynamoDB::Table', { 'Fn::GetAtt': ['It', 'StreamArn'] }, { TableName: 'orders' }, 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/[label of It]'],
  ['the stream of a global table', 'AWS::DynamoDB::GlobalTable', { 'Fn::GetAtt': ['It', 'StreamArn'] }, {}, 'arn:aws:dynamodb:eu-west-1:123456789012:table/[name of It]/stream/[label of It]'],
  ['a role', 'AWS::IAM::Role', ARN, {}, 'arn:aws:iam::123456789012:role/[name of It]'],
  ['a role with a path', 'AWS::IAM::Role', ARN, { Path: '/shop/', RoleName: 'orders' }, 'arn:aws:iam::123456789012:role/shop/orders'],
  ['a role with a path that a parameter names', 'AWS::IAM::Role', ARN, { Path: { Ref: 'Path' } }, 'arn:aws:iam::123456789012:role[Shop: {"Ref":"Path"}][name of It]'],
  ['a key', 'AWS::KMS::Key', ARN, {}, 'arn:aws:kms:eu-west-1:123456789012:key/[id of It]'],
  ['a secret', 'AWS::SecretsManager::Secret', REF, { Name: 'login' }, 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:login-[id of It]'],
  ['a cluster', 'AWS::MSK::Cluster', REF, { ClusterName: 'orders' }, 'arn:aws:kafka:eu-west-1:123456789012:cluster/orders/[id of It]'],
  ['a broker', 'AWS::AmazonMQ::Broker', ARN, { BrokerName: 'orders' }, 'arn:aws:mq:eu-west-1:123456789012:broker:orders:[id of It]'],
  ['a file system', 'AWS::EFS::FileSystem', ARN, {}, 'arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/[id of It]'],
  ['a log group', 'AWS::Logs::LogGroup', ARN, {}, 'arn:aws:logs:eu-west-1:123456789012:log-group:[name of It]:*'],
  ['a target group', 'AWS::ElasticLoadBalancingV2::TargetGroup', REF, { Name: 'orders' }, 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/orders/[id of It]'],
  ['a target group, its end', 'AWS::ElasticLoadBalancingV2::TargetGroup', { 'Fn::GetAtt': ['It', 'TargetGroupFullName'] }, {}, 'targetgroup/[name of It]/[id of It]'],
  ['an unknown type', 'AWS::New::Thing', ARN, {}, '[Shop/It.Arn]'],
  ['a type with a name of JavaScript', 'constructor', ARN, {}, '[Shop/It.Arn]'],
])('the ARN of %s', (_, type, reference, properties, expected) => {
  expect(arn(type, reference, properties)).toBe(expected);
});

test('the ARN of a version is that of its function and a number', () => {
  const others = { Fn: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'orders' } } };
  expect(arn('AWS::Lambda::Version', REF, { FunctionName: { Ref: 'Fn' } }, others)).toBe('arn:aws:lambda:eu-west-1:123456789012:function:orders:[number of It]');
});

test('the ARN of a consumer is that of its stream, its name and a time', () => {
  const others = { Stream: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'orders' } } };
  expect(arn('AWS::Kinesis::StreamConsumer', REF, { StreamARN: { 'Fn::GetAtt': ['Stream', 'Arn'] }, ConsumerName: 'fast' }, others))
    .toBe('arn:aws:kinesis:eu-west-1:123456789012:stream/orders/consumer/fast:[time of It]');
});

test('names that are made of each other end where the circle closes', () => {
  const others = { Other: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::GetAtt': ['It', 'QueueName'] } } } };
  const one = arn('AWS::SQS::Queue', ARN, { QueueName: { 'Fn::GetAtt': ['Other', 'QueueName'] } }, others);
  expect(one).toMatch(/^arn:aws:sqs:eu-west-1:123456789012:\[Shop\/\w+\.QueueName\]$/);
});

test.each<[string, string, Json, Json]>([
  ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api', { Ref: 'One' }, { Ref: 'Other' }],
  ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm', { Ref: 'One' }, { Ref: 'Other' }],
  ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable', { Ref: 'One' }, { Ref: 'Other' }],
  ['AWS::MSK::Cluster', 'AWS::MSK::ServerlessCluster', { 'Fn::GetAtt': ['One', 'Arn'] }, { 'Fn::GetAtt': ['Other', 'Arn'] }],
])('no %s is called like an %s', (type, otherType, one, other) => {
  const { stack } = resourceIn(appOf({ One: { Type: type }, Other: { Type: otherType } }, ENVIRONMENT), 'One');
  expect(equals(textOf(one, stack), textOf(other, stack))).toBe('no');
});

test('attributes of custom resources may be equal, names of ours are not', () => {
  const app = appOf({ Custom: { Type: 'Custom::Thing' }, Queue: { Type: 'AWS::SQS::Queue' } });
  const { stack } = resourceIn(app, 'Custom');
  expect(textOf({ 'Fn::GetAtt': ['Custom', 'Arn'] }, stack)).toEqual([{ id: 'Shop/Custom.Arn' }]);
  expect(textOf({ 'Fn::GetAtt': ['Queue', 'QueueName'] }, stack)).toEqual([{ id: 'name of Shop/Queue', kind: 'name of AWS::SQS::Queue', without: ':/$*{}_' }]);
});
