import { AppModel } from '../../../src/model/app';
import { JsonObject } from '../../../src/model/template';
import { allow, arnOf, fn, KEY, mapping, policy, role } from '../../../src/rules/role/examples';
import { appOf, stackOf } from '../../model/app-of';
import { ABOUT_PERMISSIONS } from '../../role/findings';

const WRITE_LOGS = allow(['logs:CreateLogStream', 'logs:PutLogEvents']);

/** What rules about permissions say. */
function messages(resources: JsonObject, options: Parameters<typeof appOf>[1] = {}): string[] {
  const app = appOf(resources, options);
  return ABOUT_PERMISSIONS.flatMap((rule) => [...rule.check(app)].map(({ message }) => `${rule.id}: ${message}`));
}

test('the message names role, function, actions and target, and ends with a statement to paste', () => {
  const resources = { Orders: fn(), OrdersRole: role([WRITE_LOGS, allow('sqs:ReceiveMessage', arnOf('Returns'))]), Returns: { Type: 'AWS::SQS::Queue' }, Mapping: mapping() };
  const constructPaths = { Orders: 'Shop/Orders/Resource', OrdersRole: 'Shop/Orders/ServiceRole/Resource', Returns: 'Shop/Returns/Resource' };
  expect(messages(resources, { constructPaths })).toEqual([
    'role-may-poll: role Shop/Orders/ServiceRole (of Shop/Orders) must be allowed sqs:DeleteMessage, sqs:GetQueueAttributes on Shop/Returns to poll it, got no statement that allows it; '
    + 'add {"Effect":"Allow","Action":["sqs:ReceiveMessage","sqs:DeleteMessage","sqs:GetQueueAttributes"],"Resource":{"Fn::GetAtt":["Returns","Arn"]}}',
  ]);
});

test('actions on one target are one statement, on several are several', () => {
  const onFailure = { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: { Ref: 'Orders' }, Qualifier: '$LATEST', DestinationConfig: { OnFailure: { Destination: arnOf('Failed') } } } };
  const [logs, bucket] = messages({ Orders: fn(), OrdersRole: role(), Failed: { Type: 'AWS::S3::Bucket' }, Async: onFailure });
  expect(logs).toMatch(/must be allowed logs:CreateLogStream, logs:PutLogEvents on the log group of Orders to write logs, got no statement that allows it; add \{"Effect":"Allow","Action":\["logs:CreateLogStream","logs:PutLogEvents"\],"Resource":\{"Fn::Sub":"[^"]+:log-group:\/aws\/lambda\/\$\{Orders\}:\*"\}\}$/);
  expect(bucket).toMatch(/s3:ListBucket on Failed and s3:PutObject on objects of Failed to send records of failed invocations, .*"Resource":\{"Fn::GetAtt":\["Failed","Arn"\]\}\} and \{.*"Resource":\{"Fn::Join":\["",\[\{"Fn::GetAtt":\["Failed","Arn"\]\},"\/\*"\]\]\}\}$/);
});

test('what is denied is not to be added', () => {
  expect(messages({ Orders: fn({ TracingConfig: { Mode: 'Active' } }), OrdersRole: role([allow('*'), { Effect: 'Deny', Action: 'xray:*', Resource: '*' }]) })).toEqual([
    'role-may-trace: role OrdersRole (of Orders) must be allowed xray:PutTraceSegments on * to send traces to X-Ray, got a statement that denies it; leave it out there',
  ]);
});

test('a key of another stack is named in words', () => {
  const keys = stackOf({ Key: KEY }, { name: 'Keys', outputs: { Key: { Value: arnOf('Key'), Export: { Name: 'key' } } } });
  const queue = { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: { 'Fn::ImportValue': 'key' } } };
  const shop = stackOf({ Orders: fn(), OrdersRole: role([WRITE_LOGS, allow('sqs:*')]), Returns: queue, Mapping: mapping() });
  const app = new AppModel([keys, shop]);
  const found = ABOUT_PERMISSIONS.flatMap((rule) => [...rule.check(app)].map(({ message }) => message));
  expect(found).toEqual([
    'role OrdersRole (of Orders) must be allowed kms:Decrypt on Key which encrypts Returns, got no statement that allows it; '
    + 'add {"Effect":"Allow","Action":["kms:Decrypt"],"Resource":"<the ARN of Key>"}',
  ]);
});

test('a statement that a message ends with is what was missing', () => {
  const resources: JsonObject = { Orders: fn({ TracingConfig: { Mode: 'Active' }, VpcConfig: { SubnetIds: ['subnet-1'] }, DeadLetterConfig: { TargetArn: arnOf('Returns') } }), OrdersRole: role(), Returns: { Type: 'AWS::SQS::Queue' }, Mapping: mapping() };
  const found = messages(resources);
  expect(found).toHaveLength(5);
  const statements = found.flatMap((message) => message.split(/; add | and (?=\{"Effect")/).slice(1).map((json) => JSON.parse(json) as JsonObject));
  expect(messages({ ...resources, Policy: policy(statements), Mapping: { ...mapping(), DependsOn: 'Policy' } })).toEqual([]);
});
