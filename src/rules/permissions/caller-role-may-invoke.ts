import { arnOf, LIVE, ORDERS, ORDERS_ARN, permission, rule } from './examples';
import { targetInWords } from './words';
import { JsonObject } from '../../model/template';
import { isDenied, isTrusted, mayInvoke, RoleCall, roleCalls } from '../../model/triggers/role-calls';
import { Rule } from '../rule';
import { trustedInWords } from '../trusted';

const INVOKE = 'lambda:InvokeFunction';
const ROLE_ARN = arnOf('Caller');

/** A role for a service, that may do this. */
function caller(service: string, statements: readonly JsonObject[]): JsonObject {
  const trust = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }] };
  return { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust, Policies: [{ PolicyName: 'Invoke', PolicyDocument: { Statement: [...statements] } }] } };
}

function may(resource: JsonObject = ORDERS_ARN, more: JsonObject = {}): JsonObject {
  return { Effect: 'Allow', Action: INVOKE, Resource: resource, ...more };
}

function schedule(arn: JsonObject = ORDERS_ARN, roleArn: JsonObject = ROLE_ARN): JsonObject {
  return { Type: 'AWS::Scheduler::Schedule', Properties: { ScheduleExpression: 'rate(1 day)', FlexibleTimeWindow: { Mode: 'OFF' }, Target: { Arn: arn, RoleArn: roleArn } } };
}

const SCHEDULER = 'scheduler.amazonaws.com';
const URI = { 'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations' };
const METHOD: JsonObject = { Type: 'AWS::ApiGateway::Method', Properties: { HttpMethod: 'GET', Integration: { Type: 'AWS_PROXY', Uri: URI, Credentials: ROLE_ARN } } };
/** A delivery stream whose records a function transforms; the role of its destination, and that of the function. */
function stream(role: JsonObject = ROLE_ARN, of: JsonObject = ROLE_ARN): JsonObject {
  const Parameters = [{ ParameterName: 'LambdaArn', ParameterValue: ORDERS_ARN }, { ParameterName: 'RoleArn', ParameterValue: of }];
  const ProcessingConfiguration = { Enabled: true, Processors: [{ Type: 'Lambda', Parameters }] };
  return { Type: 'AWS::KinesisFirehose::DeliveryStream', Properties: { ExtendedS3DestinationConfiguration: { BucketARN: 'arn:aws:s3:::lake', RoleARN: role, ProcessingConfiguration } } };
}

const FIREHOSE = 'firehose.amazonaws.com';
const STATES = 'states.amazonaws.com';
/** A state machine of one state, as the CDK writes it. */
function machine(resource: JsonObject, of = 'Caller'): JsonObject {
  const definition = { 'Fn::Join': ['', ['{"StartAt":"Charge","States":{"Charge":{"Type":"Task","End":true,"Resource":"', resource, '"}}}']] };
  return { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: arnOf(of), DefinitionString: definition } };
}

/** A pipeline of one action that invokes what is named so. */
function pipeline(name: JsonObject): JsonObject {
  const action = { Name: 'Announce', ActionTypeId: { Category: 'Invoke', Owner: 'AWS', Provider: 'Lambda', Version: '1' }, Configuration: { FunctionName: name } };
  return { Type: 'AWS::CodePipeline::Pipeline', Properties: { RoleArn: ROLE_ARN, Stages: [{ Name: 'Announce', Actions: [action] }] } };
}

const PIPELINE = 'codepipeline.amazonaws.com';
const PIPE: JsonObject = { Type: 'AWS::Pipes::Pipe', Properties: { RoleArn: ROLE_ARN, Source: { Ref: 'Source' }, Enrichment: ORDERS_ARN, Target: { Ref: 'Target' } } };

export const callerRoleMayInvoke: Rule = {
  id: 'caller-role-may-invoke',
  title: 'What calls a function with a role may assume it, and the role may invoke what is called',
  severity: 'error',
  why: 'the call is refused: Scheduler, EventBridge and Pipes drop the event when all attempts failed, API Gateway and AppSync answer with an error, the execution of a state machine or pipeline fails, Data Firehose takes the records as failed, and no log of the function tells of it',
  fix: 'let the role do `lambda:InvokeFunction` on what is called, function or alias (`fn.grantInvoke(role)`), and let the service assume it in its trust policy; a permission of the function for the service does not help',
  source: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html#setting-up-execution-role',
  since: '0.1.0',

  valid: [
    { title: 'a schedule', resources: { Orders: ORDERS, Nightly: schedule(), Caller: caller(SCHEDULER, [may()]) } },
    { title: 'a schedule of an alias', resources: { Orders: ORDERS, Live: LIVE, Nightly: schedule({ Ref: 'Live' }), Caller: caller(SCHEDULER, [may({ 'Fn::Sub': '${Orders.Arn}:*' })]) } },
    { title: 'a rule with a role', resources: { Orders: ORDERS, Nightly: rule(ORDERS_ARN, { RoleArn: ROLE_ARN }), Caller: caller('events.amazonaws.com', [may()]) } },
    { title: 'a pipe', resources: { Orders: ORDERS, Pipe: PIPE, Caller: caller('pipes.amazonaws.com', [may()]) } },
    { title: 'a delivery stream', resources: { Orders: ORDERS, Clicks: stream(), Caller: caller(FIREHOSE, [may()]) } },
    { title: 'a delivery stream that names another role for the function', resources: { Orders: ORDERS, Clicks: stream(ROLE_ARN, arnOf('Other')), Caller: caller(FIREHOSE, []), Other: caller(FIREHOSE, [may()]) } },
    { title: 'a state machine', resources: { Orders: ORDERS, Order: machine(ORDERS_ARN), Caller: caller(STATES, [may()]) } },
    { title: 'an action of a pipeline', resources: { Orders: ORDERS, Release: pipeline({ Ref: 'Orders' }), Caller: caller(PIPELINE, [may()]) } },
    { title: 'a method with credentials', resources: { Orders: ORDERS, Get: METHOD, Caller: caller('apigateway.amazonaws.com', [may()]) } },
    { title: 'the function lets the role', resources: { Orders: ORDERS, Nightly: schedule(), Caller: caller(SCHEDULER, []), Permission: permission(ROLE_ARN) } },
    { title: 'a role that is not in this app', resources: { Orders: ORDERS, Nightly: schedule(ORDERS_ARN, { Ref: 'RoleArn' }) } },
    { title: 'a function that a parameter names', resources: { Nightly: schedule({ Ref: 'FunctionArn' }), Caller: caller(SCHEDULER, []) } },
    { title: 'statements that a parameter holds', resources: { Orders: ORDERS, Nightly: schedule(), Caller: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Ref: 'Trust' }, Policies: { Ref: 'Policies' } } } } },
    { title: 'a role with a certain tag', resources: { Orders: ORDERS, Nightly: schedule(), Caller: caller(SCHEDULER, [may(ORDERS_ARN, { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'shop' } } })]) } },
  ],
  invalid: [
    { title: 'the role may do nothing', at: 'Nightly/Properties/Target/Arn', resources: { Orders: ORDERS, Nightly: schedule(), Caller: caller(SCHEDULER, []) } },
    { title: 'the role may invoke the function and its alias is called', at: 'Nightly/Properties/Target/Arn', resources: { Orders: ORDERS, Live: LIVE, Nightly: schedule({ Ref: 'Live' }), Caller: caller(SCHEDULER, [may()]) } },
    { title: 'the function lets the service in place of the role', at: 'Nightly/Properties/Target/Arn', resources: { Orders: ORDERS, Nightly: schedule(), Caller: caller(SCHEDULER, []), Permission: permission(SCHEDULER) } },
    { title: 'a statement denies it', at: 'Nightly/Properties/Target/Arn', resources: { Orders: ORDERS, Nightly: schedule(), Caller: caller(SCHEDULER, [may(), { Effect: 'Deny', Action: 'lambda:*', Resource: '*' }]) } },
    { title: 'the role is for another service', at: 'Nightly/Properties/Targets/0/Arn', resources: { Orders: ORDERS, Nightly: rule(ORDERS_ARN, { RoleArn: ROLE_ARN }), Caller: caller(SCHEDULER, [may()]) } },
    { title: 'the role of a pipe may not invoke what enriches', at: 'Pipe/Properties/Enrichment', resources: { Orders: ORDERS, Pipe: PIPE, Caller: caller('pipes.amazonaws.com', []) } },
    { title: 'the role of a delivery stream may not invoke what transforms', at: 'Clicks/Properties/ExtendedS3DestinationConfiguration/ProcessingConfiguration/Processors/0/Parameters/0/ParameterValue', resources: { Orders: ORDERS, Clicks: stream(), Caller: caller(FIREHOSE, []) } },
    { title: 'the role of a state machine may not invoke what a state calls', at: 'Order/Properties/DefinitionString/States/Charge/Resource', resources: { Orders: ORDERS, Live: LIVE, Order: machine({ Ref: 'Live' }), Caller: caller(STATES, [may()]) } },
    { title: 'the role of a pipeline may not invoke what an action names', at: 'Release/Properties/Stages/0/Actions/0/Configuration/FunctionName', resources: { Orders: ORDERS, Live: LIVE, Release: pipeline({ 'Fn::Sub': '${Orders}:live' }), Caller: caller(PIPELINE, [may()]) } },
    { title: 'the credentials of a method are not for API Gateway', at: 'Get/Properties/Integration/Uri', resources: { Orders: ORDERS, Get: METHOD, Caller: caller('lambda.amazonaws.com', [may()]) } },
  ],

  * check(app) {
    for (const call of roleCalls(app)) {
      const { resource, path } = call;
      if (mayInvoke(call) === 'no') yield { resource, path, message: refusal(call) };
      if (isTrusted(call) === 'no') yield { resource, path, message: distrust(call) };
    }
  },
};

function refusal(call: RoleCall): string {
  const got = isDenied(call) ? 'a statement that denies it' : 'no statement that allows it';
  return `role ${call.role.label}, with which ${call.service} calls ${targetInWords(call)}, must be allowed ${INVOKE} on it, got ${got}`;
}

function distrust({ role, service, resource }: RoleCall): string {
  return `who may assume role ${role.label} must be ${service}, because ${resource.label} calls with it, got ${trustedInWords(role, service)}`;
}
