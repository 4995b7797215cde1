import { allow, arnOf, fn, mapping, ofAccount, policy, QUEUE, role } from './examples';
import { lacking } from './lacking';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const DEAD_LETTERS = { DeadLetterConfig: { TargetArn: arnOf('Failed') } };
const READ = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

function onFailure(destination: JsonObject, functionName: JsonObject = { Ref: 'Orders' }): JsonObject {
  return { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: functionName, Qualifier: '$LATEST', DestinationConfig: { OnFailure: { Destination: destination } } } };
}

export const roleMaySendDeadLetters: Rule = {
  id: 'role-may-send-dead-letters',
  title: 'Execution roles may send to the dead-letter queues and destinations of their functions',
  severity: 'error',
  why: 'Lambda refuses the setting; if the permission is taken away later, events that failed are lost',
  fix: 'add the statement to the role',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html',
  since: '0.1.0',

  valid: [
    { title: 'a dead-letter queue', resources: { Orders: fn(DEAD_LETTERS), Failed: QUEUE, OrdersRole: role(), Policy: policy([allow('sqs:SendMessage', arnOf('Failed'))]) } },
    { title: 'the policy of the queue names the role', resources: { Orders: fn(DEAD_LETTERS), Failed: QUEUE, OrdersRole: role(), QueuePolicy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Failed' }], PolicyDocument: { Statement: [{ ...allow('sqs:SendMessage', arnOf('Failed')), Principal: { AWS: arnOf('OrdersRole') } }] } } } } },
    { title: 'a queue that a policy we do not have may open', resources: { Orders: fn({ DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-west-1:123456789012:failed' } }), OrdersRole: role() } },
    { title: 'a topic for failures', resources: { Orders: fn(), OrdersRole: role([allow('sns:*', { Ref: 'Failed' })]), Failed: { Type: 'AWS::SNS::Topic' }, Async: onFailure({ Ref: 'Failed' }) } },
    { title: 'a bucket for failures', resources: { Orders: fn(), OrdersRole: role([allow(['s3:PutObject', 's3:ListBucket'], [arnOf('Failed'), { 'Fn::Sub': '${Failed.Arn}/*' }])]), Failed: { Type: 'AWS::S3::Bucket' }, Async: onFailure(arnOf('Failed')) } },
    { title: 'another function, which lets the role', resources: { Orders: fn(), OrdersRole: role(), Repair: fn(), May: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { Ref: 'Repair' }, Action: 'lambda:InvokeFunction', Principal: arnOf('OrdersRole') } }, Async: onFailure(arnOf('Repair')) } },
    { title: 'a destination that a parameter names', resources: { Orders: fn(), OrdersRole: role(), Async: onFailure({ Ref: 'Destination' }) } },
  ],
  invalid: [
    { title: 'a dead-letter queue, and nothing allowed', at: 'Orders/Properties/DeadLetterConfig/TargetArn', resources: { Orders: fn(DEAD_LETTERS), Failed: QUEUE, OrdersRole: role() } },
    { title: 'the role may send to another queue', at: 'Orders/Properties/DeadLetterConfig/TargetArn', resources: { Orders: fn(DEAD_LETTERS), Failed: QUEUE, Other: QUEUE, OrdersRole: role([allow('sqs:SendMessage', arnOf('Other'))]) } },
    { title: 'a destination of the alias', at: 'Async/Properties/DestinationConfig/OnFailure/Destination', resources: { Orders: fn(), OrdersRole: role(), Failed: QUEUE, Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Orders' }, FunctionVersion: '1', Name: 'live' } }, Async: onFailure(arnOf('Failed')) } },
    { title: 'another function, of which the role may only invoke another alias', at: 'Async/Properties/DestinationConfig/OnFailure/Destination', resources: { Orders: fn(), OrdersRole: role([allow('lambda:InvokeFunction', { 'Fn::Sub': '${Repair.Arn}:live' })]), Repair: fn({ FunctionName: 'repair' }), Async: onFailure(arnOf('Repair')) } },
    { title: 'a bucket whose objects the role may not write', at: 'Async/Properties/DestinationConfig/OnFailure/Destination', resources: { Orders: fn(), OrdersRole: role([allow('s3:*', arnOf('Failed'))]), Failed: { Type: 'AWS::S3::Bucket' }, Async: onFailure(arnOf('Failed')) } },
    { title: 'a bus', at: 'Async/Properties/DestinationConfig/OnFailure/Destination', resources: { Orders: fn(), OrdersRole: role(), Async: onFailure(arnOf('Bus')), Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } } } },
    { title: 'a destination of a mapping', at: 'Mapping/Properties/DestinationConfig/OnFailure/Destination', resources: { Orders: fn(), OrdersRole: role([allow(READ)]), Failed: QUEUE, Returns: { Type: 'AWS::Kinesis::Stream' }, Mapping: mapping({ DestinationConfig: { OnFailure: { Destination: arnOf('Failed') } } }) } },
    { title: 'a topic of another Region than the statement names', at: 'Orders/Properties/DeadLetterConfig/TargetArn', resources: { Orders: fn({ DeadLetterConfig: { TargetArn: { Ref: 'Failed' } } }), Failed: { Type: 'AWS::SNS::Topic' }, OrdersRole: role([allow('sns:Publish', ofAccount('sqs', '*'))]) } },
  ],

  check: (app) => lacking(app, 'sending'),
};
