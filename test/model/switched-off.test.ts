import { appOf, resourceIn } from './app-of';
import { fatesOf, isSwitchedOff } from '../../src/model/switched-off';
import { JsonObject } from '../../src/model/template';

const OFF: JsonObject = { Type: 'AWS::Lambda::Function', Properties: { ReservedConcurrentExecutions: 0 } };
const ARN = { 'Fn::GetAtt': ['Orders', 'Arn'] };

function fates(resources: JsonObject): string[] {
  return fatesOf(resourceIn(appOf({ Orders: OFF, ...resources }), 'Orders')).map(({ source, fate }) => `${source} ${fate}`);
}

function mapping(source: JsonObject | string, properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'Orders' }, EventSourceArn: source, ...properties } };
}

function permission(principal: string, properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'Orders' }, Principal: principal, ...properties } };
}

const SCHEDULE: JsonObject = { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 day)', Targets: [{ Id: 'Orders', Arn: ARN }] } };
const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:orders';
const withDeadLetters = (target: JsonObject | string): JsonObject => (
  { ...OFF, Properties: { ReservedConcurrentExecutions: 0, DeadLetterConfig: { TargetArn: target } } }
);

test.each<[string, JsonObject, string[]]>([
  ['nothing is wired', {}, []],
  ['a service that waits', { Permission: permission('cognito-idp.amazonaws.com', { SourceArn: 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/1' }) },
    ['arn:aws:cognito-idp:eu-west-1:111122223333:userpool/1 is refused with status 429']],
  ['an account', { Permission: permission('111122223333') }, ['111122223333 is refused with status 429']],
  ['a service that does not wait', { Schedule: SCHEDULE }, ['Schedule loses its events']],
  ['a service with a permission, once', { Schedule: SCHEDULE, Permission: permission('events.amazonaws.com', { SourceArn: { 'Fn::GetAtt': ['Schedule', 'Arn'] } }) }, ['Schedule loses its events']],
  ['a dead-letter queue', { Orders: withDeadLetters({ 'Fn::GetAtt': ['Dead', 'Arn'] }), Schedule: SCHEDULE, Dead: { Type: 'AWS::SQS::Queue' } },
    ['Schedule has its events sent to Dead, without a retry']],
  ['a dead-letter queue that is decided at deployment', { Orders: withDeadLetters({ 'Fn::If': ['Prod', QUEUE, 'other'] }), Schedule: SCHEDULE },
    ['Schedule has its events sent to what the deployment decides, without a retry']],
  ['no dead-letter queue after all', { Orders: withDeadLetters({ Ref: 'AWS::NoValue' }), Schedule: SCHEDULE }, ['Schedule loses its events']],
  ['a destination of another alias', {
    Schedule: SCHEDULE,
    Config: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: { Ref: 'Orders' }, Qualifier: 'live', DestinationConfig: { OnFailure: { Destination: QUEUE } } } },
  }, ['Schedule loses its events']],
  ['a scheduler, which calls with a role', {
    Schedule: { Type: 'AWS::Scheduler::Schedule', Properties: { Target: { Arn: ARN, RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } } } },
    Role: { Type: 'AWS::IAM::Role', Properties: {} },
  }, ['Schedule is refused with status 429, or, if it does not wait, loses its events']],
  ['a role that may call, of whom nobody knows how it does', {
    Machine: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: 'Invoke', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: ARN }] } }] } },
  }, ['Machine is refused with status 429, or, if it does not wait, loses its events']],
  ['a queue of another app', { Mapping: mapping(QUEUE) }, [`${QUEUE} has its messages received again and again, until they expire or go to a dead-letter queue`]],
  ['a queue without a dead-letter queue', { Mapping: mapping({ 'Fn::GetAtt': ['Queue', 'Arn'] }), Queue: { Type: 'AWS::SQS::Queue' } },
    ['Queue has its messages received again and again, until they expire']],
  ['a queue with one', {
    Mapping: mapping({ 'Fn::GetAtt': ['Queue', 'Arn'] }),
    Queue: { Type: 'AWS::SQS::Queue', Properties: { RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 3 } } },
    Dead: { Type: 'AWS::SQS::Queue' },
  }, ['Queue has its messages received again and again, until they go to Dead after 3 receives']],
  ['a mapping that is disabled', { Mapping: mapping(QUEUE, { Enabled: false }) }, []],
  ['a stream', { Mapping: mapping({ 'Fn::GetAtt': ['Stream', 'Arn'] }), Stream: { Type: 'AWS::Kinesis::Stream' } }, ['Stream is blocked: its records wait until they expire']],
  ['a stream with a destination', { Mapping: mapping('arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/1', { MaximumRecordAgeInSeconds: 60, DestinationConfig: { OnFailure: { Destination: QUEUE } } }) },
    [`arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/1 is blocked: its records wait until they are 60 seconds old, and are then reported to ${QUEUE}`]],
  ['brokers that nobody names', { Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'Orders' }, Topics: ['orders'] } } }, ['Mapping keeps its records until they expire']],
])('%s', (_, resources, expected) => {
  expect(fates(resources)).toEqual(expected);
});

test.each([[0, true], ['0', true], [1, false], [undefined, false], [{ Ref: 'Reserved' }, false]])('a function with %j reserved is switched off: %s', (reserved, expected) => {
  const app = appOf({ Orders: { Type: 'AWS::Lambda::Function', Properties: reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved } } });
  expect(isSwitchedOff(resourceIn(app, 'Orders'))).toBe(expected);
});
