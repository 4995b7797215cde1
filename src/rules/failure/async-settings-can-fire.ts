import { arnOf, fn, LIVE, mapping, method, onFailure, ORDERS, permission, QUEUE, rule, settings, withDeadLetters } from './examples';
import { InvocationMode } from '../../limits/invocation-mode';
import { isAsynchronous } from '../../limits/invocation-modes';
import { identityInvokers } from '../../model/iam/identity-invokers';
import { invokeStatements, wiringOf } from '../../model/iam/resource-policy';
import { literal } from '../../model/iam/text';
import type { Resource } from '../../model/resource';
import { mentionsOf, resourcesOpenToNames } from '../../model/triggers/mentions';
import { modeOf } from '../../model/triggers/modes';
import { callsOf, hasStrayCallers, Use } from '../../model/triggers/uses';
import { callsInWords } from '../release/words';
import { Rule } from '../rule';

/** Resources that may name a function and do not call it for that. Whoever else names it, may call it. */
const CALL_NOT = new Set([
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::CodeDeploy::DeploymentGroup',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::IAM::RolePolicy',
  'AWS::Lambda::Alias',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Permission',
  'AWS::Lambda::ResourcePolicy',
  'AWS::Lambda::Url',
  'AWS::Lambda::Version',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
]);

/** Resources that call nothing, whatever a deployment puts into them: not those that let others call, and not alarms. */
const CALLS_NOTHING = new Set([
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Dashboard',
  'AWS::DynamoDB::Table',
  'AWS::KMS::Key',
  'AWS::Kinesis::Stream',
  'AWS::Lambda::Alias',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Version',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::SQS::Queue',
]);

const CUSTOM_RESOURCE = { Type: 'Custom::Orders', Properties: { ServiceToken: arnOf('Orders') } };
const API = { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'shop' } };

/** Only where everyone is known who calls, and everyone waits. */
export const asyncSettingsCanFire: Rule = {
  id: 'async-settings-can-fire',
  title: 'Settings of asynchronous invocation are for functions that are invoked asynchronously',
  severity: 'warning',
  why: 'a dead-letter queue and destinations of a function get events of asynchronous invocations only: what fails in a batch of a queue or stream, or in a call that waits, never gets there',
  fix: 'give the queue that is polled a redrive policy, or the mapping of a stream an on-failure destination; leave these settings out',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html',
  since: '0.1.0',

  valid: [
    { title: 'a rule calls, too', resources: { Orders: withDeadLetters(arnOf('Failed')), Poll: mapping(), Nightly: rule(), Returns: QUEUE, Failed: QUEUE } },
    { title: 'nothing of this app calls', resources: { Orders: withDeadLetters(arnOf('Failed')), Failed: QUEUE } },
    { title: 'no such settings', resources: { Orders: ORDERS, Poll: mapping(), Returns: QUEUE } },
    { title: 'a service may call that does not wait', resources: { Orders: withDeadLetters(arnOf('Failed')), Poll: mapping(), Returns: QUEUE, Failed: QUEUE, May: permission('s3.amazonaws.com') } },
    { title: 'another account may call', resources: { Orders: withDeadLetters(arnOf('Failed')), Poll: mapping(), Returns: QUEUE, Failed: QUEUE, May: permission('444455556666') } },
    {
      title: 'a role may call',
      resources: {
        Orders: withDeadLetters(arnOf('Failed')),
        Poll: mapping(),
        Returns: QUEUE,
        Failed: QUEUE,
        Caller: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: 'Own', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: arnOf('Orders') }] } }] } },
      },
    },
    { title: 'CloudFormation calls it for a custom resource', resources: { Orders: withDeadLetters(arnOf('Failed')), Poll: mapping(), Returns: QUEUE, Failed: QUEUE, Own: CUSTOM_RESOURCE } },
    { title: 'an API that may be told not to wait', resources: { Orders: withDeadLetters(arnOf('Failed')), Api: API, Post: method('AWS'), Failed: QUEUE } },
    { title: 'a function is told of it, and may call', resources: { Orders: withDeadLetters(arnOf('Failed')), Poll: mapping(), Returns: QUEUE, Failed: QUEUE, Ship: fn({ Environment: { Variables: { ORDERS: { Ref: 'Orders' } } } }) } },
    { title: 'a mapping of a function that a parameter names', resources: { Orders: withDeadLetters(arnOf('Failed')), Poll: mapping(), Other: mapping({ Ref: 'Name' }), Returns: QUEUE, Failed: QUEUE } },
  ],
  invalid: [
    { title: 'a dead-letter queue, and a queue is polled', at: 'Orders/Properties/DeadLetterConfig', resources: { Orders: withDeadLetters(arnOf('Failed')), Poll: mapping(), Returns: QUEUE, Failed: QUEUE } },
    { title: 'a destination of the alias, and a queue is polled', at: 'Async/Properties', resources: { Orders: ORDERS, Live: LIVE, Poll: mapping({ Ref: 'Live' }), Returns: QUEUE, Async: onFailure(arnOf('Failed'), 'live'), Failed: QUEUE } },
    { title: 'retries, and an API that waits', at: 'Async/Properties', resources: { Orders: ORDERS, Async: settings({ MaximumRetryAttempts: 0 }), Api: API, Post: method(), May: permission('apigateway.amazonaws.com') } },
  ],

  * check(app) {
    for (const owner of app.ofType('AWS::Lambda::Function')) {
      const places = settingsOf(owner);
      const calls = places.length === 0 ? [] : callsOf(owner);
      if (calls.length === 0 || !calls.every(waits) || mayBeCalledOtherwise(owner, calls)) continue;
      for (const { resource, path, what } of places) {
        yield { resource, path, message: `${what} must be of a function that is invoked asynchronously, got ${owner.label}, and everything waits that calls ${callsInWords(calls)}` };
      }
    }
  },
};

function settingsOf(owner: Resource) {
  const deadLetters = owner.value('DeadLetterConfig.TargetArn').kind === 'absent' ? [] : [{ resource: owner, path: 'Properties/DeadLetterConfig', what: 'a dead-letter queue' }];
  const configs = wiringOf(owner.stack.app).asyncConfigs(owner).map(({ resource }) => ({ resource, path: 'Properties', what: 'settings of asynchronous invocation' }));
  return [...deadLetters, ...configs];
}

function waits(use: Use): boolean {
  const mode = modeOf(use);
  return mode === InvocationMode.POLLED || mode === InvocationMode.SYNCHRONOUS;
}

/** Whether somebody may call whom the templates do not show, or not as one who waits. */
function mayBeCalledOtherwise(owner: Resource, calls: readonly Use[]): boolean {
  const { app } = owner.stack;
  const callers = new Set(calls.map(({ resource }) => resource));
  const isOpen = hasStrayCallers(app) || app.stacks.some(({ isTransformed }) => isTransformed) || identityInvokers(owner).length > 0;
  if (isOpen || mayBeAskedByOthers(owner, calls)) return true;
  const others = resourcesOpenToNames(app).filter((one) => one !== owner && !CALLS_NOTHING.has(one.type));
  return others.length > 0 || [...mentionsOf(owner)].some((one) => !callers.has(one) && !CALL_NOT.has(one.type));
}

/** Whether the resource policy lets anyone in but services that are known to call, or to wait. */
function mayBeAskedByOthers(owner: Resource, calls: readonly Use[]): boolean {
  const known = new Set(calls.map(({ caller }) => caller));
  const statements = invokeStatements(owner.stack.app).get(owner) ?? [];
  return statements.some(({ effect, principal }) => effect !== 'Deny' && !principal.every(({ kind, name }) => {
    const service = kind === 'Service' ? literal(name) : undefined;
    return service !== undefined && !isAsynchronous(service) && known.has(service);
  }));
}
