import { AppModel } from '../../../src/model/app';
import { documentBytesAt, sizesOf, together } from '../../../src/model/iam/policy-sizes';
import { Json, JsonObject } from '../../../src/model/template';
import { appOf, resourceIn, sourceOf, stackOf } from '../app-of';

const ENVIRONMENT = { account: '123456789012', region: 'eu-west-1' };

function bytes(document: Json, others: JsonObject = {}) {
  const app = appOf({ Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document } }, ...others }, ENVIRONMENT);
  return documentBytesAt(resourceIn(app, 'Policy'), 'PolicyDocument');
}

test('white space does not count, in a document that is written as text either', () => {
  const document = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  const length = JSON.stringify(document).length;
  expect(bytes(document)).toEqual({ least: length, likely: length });
  expect(bytes(JSON.stringify(document, undefined, 10))).toEqual({ least: length, likely: length });
});

test('what a loop adds may be nothing', () => {
  expect(bytes({ 'Statement': [], 'Fn::ForEach::Queues': ['Queue', { Ref: 'Queues' }, {}] }).least).toBe(0);
});

test('a name that CloudFormation generates has a length', () => {
  const { least, likely } = bytes({ Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] } }, { Queue: { Type: 'AWS::SQS::Queue' } });
  expect(likely).toBe('{"Resource":"arn:aws:sqs:eu-west-1:123456789012:Shop-Queue-123456789012"}'.length);
  expect(least).toBeLessThanOrEqual(likely);
});

test('an id that a service makes up is not taken for a generated name', () => {
  const { least } = bytes({ Resource: { 'Fn::GetAtt': ['AKeyWithALongLogicalId', 'Arn'] } }, { AKeyWithALongLogicalId: { Type: 'AWS::KMS::Key' } });
  expect(least).toBeLessThanOrEqual('{"Resource":"arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"}'.length);
});

test('a nested stack has a name that CloudFormation makes', () => {
  const nested = sourceOf({
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue' },
      Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Resource: { 'Fn::GetAtt': ['Queue', 'QueueName'] } } } },
    },
  }, { name: 'a-very-long-name-of-a-file-that-holds-a-template.json', ...ENVIRONMENT });
  const app = new AppModel([stackOf({ Nested: { Type: 'AWS::CloudFormation::Stack' } }, { nested: { Nested: nested } })]);
  expect(documentBytesAt(resourceIn(app, 'Policy'), 'PolicyDocument').likely).toBe('{"Resource":"Shop-Nested-123456789012-Queue-123456789012"}'.length);
});

test('policies that a role may have or not do not count', () => {
  const policy = (more: JsonObject) => ({ Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: { Statement: [] }, Roles: [{ Ref: 'Role' }] }, ...more });
  const app = appOf({ Role: { Type: 'AWS::IAM::Role' }, One: policy({}), Other: policy({ Condition: 'IsProd' }) });
  const sizes = sizesOf(resourceIn(app, 'Role'));
  expect(sizes.map(({ resource }) => resource.logicalId)).toEqual(['One']);
  expect(together(sizes).least).toBe('{"Statement":[]}'.length);
});
