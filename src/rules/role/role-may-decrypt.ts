import { allow, arnOf, document, fn, KEY, mapping, policy, role } from './examples';
import { lacking } from './lacking';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const QUEUE: JsonObject = { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: arnOf('Key') } };
const POLL = allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], arnOf('Returns'));
const SEND = allow('sqs:SendMessage', arnOf('Returns'));

function key(principal: JsonObject): JsonObject {
  return { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: document([{ Effect: 'Allow', Principal: principal, Action: 'kms:Decrypt', Resource: '*' }]) } };
}

export const roleMayDecrypt: Rule = {
  id: 'role-may-decrypt',
  title: 'Execution roles may use the keys of what Lambda polls and sends to',
  severity: 'error',
  why: 'without the key Lambda can neither read from an encrypted queue or stream nor send to an encrypted queue or topic: nothing is processed, or failures are lost',
  fix: 'add the statement to the role, or name the role in the policy of the key',
  source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html',
  since: '0.1.0',

  valid: [
    { title: 'the role may decrypt', resources: { Orders: fn(), OrdersRole: role([POLL]), Policy: policy([allow('kms:Decrypt', arnOf('Key'))]), Returns: QUEUE, Mapping: mapping(), Key: KEY } },
    { title: 'the key lets the role', resources: { Orders: fn(), OrdersRole: role([POLL]), Returns: QUEUE, Mapping: mapping(), Key: key({ AWS: arnOf('OrdersRole') }) } },
    { title: 'the key lets whom a parameter names', resources: { Orders: fn(), OrdersRole: role([POLL]), Returns: QUEUE, Mapping: mapping(), Key: key({ AWS: { Ref: 'Reader' } }) } },
    { title: 'a key of AWS', resources: { Orders: fn(), OrdersRole: role([POLL]), Returns: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: 'alias/aws/sqs' } }, Mapping: mapping() } },
    { title: 'an encrypted dead-letter queue', resources: { Orders: fn({ DeadLetterConfig: { TargetArn: arnOf('Returns') } }), OrdersRole: role([SEND, allow(['kms:GenerateDataKey*', 'kms:Decrypt'], arnOf('Key'))]), Returns: QUEUE, Key: KEY } },
  ],
  invalid: [
    { title: 'an encrypted queue', at: 'Mapping/Properties/EventSourceArn', resources: { Orders: fn(), OrdersRole: role([POLL]), Returns: QUEUE, Mapping: mapping(), Key: KEY } },
    { title: 'a key by its alias', at: 'Mapping/Properties/EventSourceArn', resources: { Orders: fn(), OrdersRole: role([POLL]), Returns: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: { Ref: 'Alias' } } }, Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/orders', TargetKeyId: { Ref: 'Key' } } }, Mapping: mapping(), Key: KEY } },
    { title: 'an encrypted stream', at: 'Mapping/Properties/EventSourceArn', resources: { Orders: fn(), OrdersRole: role([allow('kinesis:*')]), Returns: { Type: 'AWS::Kinesis::Stream', Properties: { StreamEncryption: { EncryptionType: 'KMS', KeyId: arnOf('Key') } } }, Mapping: mapping(), Key: KEY } },
    { title: 'an encrypted dead-letter queue, and a role that may only read', at: 'Orders/Properties/DeadLetterConfig/TargetArn', resources: { Orders: fn({ DeadLetterConfig: { TargetArn: arnOf('Returns') } }), OrdersRole: role([SEND, allow('kms:Decrypt')]), Returns: QUEUE, Key: KEY } },
    { title: 'a key that lets another role', at: 'Mapping/Properties/EventSourceArn', resources: { Orders: fn(), OrdersRole: role([POLL]), OtherRole: role(), Returns: QUEUE, Mapping: mapping(), Key: key({ AWS: arnOf('OtherRole') }) } },
  ],

  check: (app) => lacking(app, 'keys'),
};
