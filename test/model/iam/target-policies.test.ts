import { allowedByPolicyOf } from '../../../src/model/iam/target-policies';
import { textOfAttribute } from '../../../src/model/iam/text';
import { Verdict } from '../../../src/model/iam/verdict';
import { Json, JsonObject } from '../../../src/model/template';
import { appOf, resourceIn } from '../app-of';

const ROLE: Json = { 'Fn::GetAtt': ['Role', 'Arn'] };
const ACCOUNT: Json = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' };

function document(principal: Json, more: JsonObject = {}): JsonObject {
  return { Statement: [{ Effect: 'Allow', Principal: principal, Action: '*', Resource: '*', ...more }] };
}

/** Whether the policy of `It` lets the role `Role` do something. */
function lets(resources: JsonObject): Verdict {
  const app = appOf({ Role: { Type: 'AWS::IAM::Role' }, ...resources });
  const principal = { kind: 'AWS', name: textOfAttribute(resourceIn(app, 'Role'), 'Arn') };
  return allowedByPolicyOf(resourceIn(app, 'It'), { action: 'service:Action', target: ['arn'], principal, context: {} });
}

const of = (type: string, properties: JsonObject = {}): JsonObject => ({ Type: type, Properties: properties });

test.each<[string, (policy: JsonObject) => JsonObject]>([
  ['a queue', (policy) => ({ It: of('AWS::SQS::Queue'), Policy: of('AWS::SQS::QueuePolicy', { Queues: [{ Ref: 'Other' }, { Ref: 'It' }], PolicyDocument: policy }), Other: of('AWS::SQS::Queue') })],
  ['a topic', (policy) => ({ It: of('AWS::SNS::Topic'), Policy: of('AWS::SNS::TopicPolicy', { Topics: [{ Ref: 'It' }], PolicyDocument: policy }) })],
  ['a bucket', (policy) => ({ It: of('AWS::S3::Bucket'), Policy: of('AWS::S3::BucketPolicy', { Bucket: { Ref: 'It' }, PolicyDocument: policy }) })],
  ['a bus', (policy) => ({ It: of('AWS::Events::EventBus'), Policy: of('AWS::Events::EventBusPolicy', { EventBusName: { Ref: 'It' }, Statement: (policy.Statement as Json[])[0] }) })],
  ['a secret', (policy) => ({ It: of('AWS::SecretsManager::Secret'), Policy: of('AWS::SecretsManager::ResourcePolicy', { SecretId: { Ref: 'It' }, ResourcePolicy: policy }) })],
  ['a key', (policy) => ({ It: of('AWS::KMS::Key', { KeyPolicy: policy }) })],
  ['a file system', (policy) => ({ It: of('AWS::EFS::FileSystem', { FileSystemPolicy: policy }) })],
  ['a stream, through its consumer', (policy) => ({
    It: of('AWS::Kinesis::Stream'),
    Consumer: of('AWS::Kinesis::StreamConsumer', { StreamARN: { 'Fn::GetAtt': ['It', 'Arn'] } }),
    Policy: of('AWS::Kinesis::ResourcePolicy', { ResourceArn: { Ref: 'Consumer' }, ResourcePolicy: policy }),
  })],
  ['a table', (policy) => ({ It: of('AWS::DynamoDB::Table', { StreamSpecification: { ResourcePolicy: { PolicyDocument: policy } } }) })],
])('the policy of %s lets the role that it names, and no other', (_, resources) => {
  expect(lets(resources(document({ AWS: ROLE })))).toBe('yes');
  expect(lets(resources(document({ AWS: '*' })))).toBe('yes');
  expect(lets(resources(document({ AWS: 'arn:aws:iam::123456789012:user/me' })))).toBe('no');
  expect(lets(resources(document({ Service: 's3.amazonaws.com' })))).toBe('no');
  expect(lets(resources(document({ AWS: { Ref: 'Parameter' } })))).toBe('unknown');
  expect(lets(resources(document('*', { Condition: { StringEquals: { 'kms:ViaService': 'sqs' } } })))).toBe('unknown');
});

test('a policy that names the account leaves it to the policies of the role', () => {
  expect(lets({ It: of('AWS::KMS::Key', { KeyPolicy: document({ AWS: ACCOUNT }) }) })).toBe('no');
});

test('a policy that denies lets nobody', () => {
  expect(lets({ It: of('AWS::KMS::Key', { KeyPolicy: document('*', { Effect: 'Deny' }) }) })).toBe('no');
});

test('a policy that a parameter places may be about anything', () => {
  const resources = (queues: Json) => ({ It: of('AWS::SQS::Queue'), Policy: of('AWS::SQS::QueuePolicy', { Queues: queues, PolicyDocument: document({ AWS: ROLE }) }) });
  expect(lets(resources([{ Ref: 'Parameter' }]))).toBe('yes');
  expect(lets(resources({ Ref: 'Parameter' }))).toBe('yes');
  expect(lets(resources(['https://sqs.eu-west-1.amazonaws.com/123456789012/other']))).toBe('no');
});

test('permissions of a function are its policy', () => {
  const permission = (functionName: Json) => of('AWS::Lambda::Permission', { FunctionName: functionName, Action: 'service:*', Principal: ROLE });
  expect(lets({ It: of('AWS::Lambda::Function'), May: permission({ Ref: 'It' }) })).toBe('yes');
  expect(lets({ It: of('AWS::Lambda::Function'), May: permission('other') })).toBe('no');
  expect(lets({ It: of('AWS::Lambda::Function'), May: permission({ Ref: 'Parameter' }) })).toBe('yes');
});
