import { semanticsOf, semanticsOfPrincipal } from './semantics';
import { InvocationMode } from '../../limits/invocation-mode';
import { isAsynchronous } from '../../limits/invocation-modes';
import type { SourceSemantics } from '../../limits/sources/source-semantics';
import type { AppModel } from '../app';
import { identityInvokers } from '../iam/identity-invokers';
import { InvokeStatement, invokeStatements } from '../iam/resource-policy';
import { Text } from '../iam/text';
import { trustedServices } from '../iam/trust';
import { nameAt } from '../naming';
import { oncePerApp } from '../once-per-app';
import type { Resource } from '../resource';
import { calledFunction } from '../triggers/called';
import { modeOf } from '../triggers/modes';
import { placesAt } from '../triggers/places';
import { roleCalls } from '../triggers/role-calls';
import { callsOf, Use } from '../triggers/uses';

/** Something that calls a function, as far as it matters when that fails. */
export interface PushingSource {
  readonly name: string;
  readonly service: string;
  readonly qualifier: string;
  /** `undefined` if each call says it, or nobody knows. */
  readonly mode?: InvocationMode;
  readonly semantics?: SourceSemantics;
  /** The resource that calls and where in it the function stands, if there is one. */
  readonly call?: Pick<Use, 'resource' | 'path'>;
}

/** All that calls a function but Lambda itself, which polls. */
export function pushingSources(fn: Resource): PushingSource[] {
  const { app } = fn.stack;
  const calls = callsOf(fn).filter(({ resource }) => resource.type !== 'AWS::Lambda::EventSourceMapping');
  const others = withoutPermission(app).filter((use) => use.fn === fn);
  const callers = new Set(calls.map((call) => call.caller));
  // the URL stands for those who may call it
  const permitted = (invokeStatements(app).get(fn) ?? []).filter(({ effect, conditions }) => (
    effect === 'Allow' && !conditions.some(({ key }) => key.startsWith('lambda:functionurl') || key === 'lambda:invokedviafunctionurl')
  ));
  const roles = new Set(roleCalls(app).filter((call) => call.fn === fn).map(({ role }) => role));
  return [
    ...[...calls, ...others].map(calling),
    ...permitted.flatMap((statement) => permittedBy(statement).filter(({ principal }) => !callers.has(principal)).map(({ source }) => source)),
    ...identityInvokers(fn).filter(({ who }) => !roles.has(who)).map(({ who, qualifier }) => identity(who, qualifier)),
  ];
}

function calling(use: Use): PushingSource {
  const { resource, path, qualifier } = use;
  const semantics = semanticsOf(resource);
  const mode = modeOf(use) ?? (hasOneMode(resource) ? semantics?.invocation : undefined);
  const named = NAMED.get(resource.type);
  const name = (named && nameAt(resource, named)) ?? resource.label;
  return { name, service: semantics?.service ?? use.caller ?? resource.type, qualifier, mode, semantics, call: { resource, path } };
}

/** Whether a resource calls in one way, though its type does not say so. */
function hasOneMode(resource: Resource): boolean {
  const { type, stack: { app } } = resource;
  switch (type) {
    case 'AWS::AppSync::DataSource': return !RESOLVERS.some((resolver) => (
      app.ofType(resolver).some((other) => mentions(other, /invocationType|S3Location/))
    ));
    // what is not in the template may say so
    case 'AWS::StepFunctions::StateMachine': return !mentions(resource, /InvocationType|DefinitionS3Location/);
    default: return NO_PERMISSION.has(type) || type.startsWith('Custom::');
  }
}

/** @see https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-lambda-js.html */
const RESOLVERS = ['AWS::AppSync::Resolver', 'AWS::AppSync::FunctionConfiguration'];

function mentions({ properties }: Resource, what: RegExp): boolean {
  return what.test(JSON.stringify(properties ?? {}));
}

/** What only wires a source, by the property that names it. */
const NAMED = new Map([
  ['AWS::Logs::SubscriptionFilter', 'LogGroupName'],
  ['AWS::SNS::Subscription', 'TopicArn'],
  ['AWS::SecretsManager::RotationSchedule', 'SecretId'],
  ['Custom::S3BucketNotifications', 'BucketName'],
]);

/** What calls a function, and writes the permission for that itself or calls with the right of whoever deploys. */
const NO_PERMISSION = new Map([
  ['AWS::CloudFormation::CustomResource', 'ServiceToken'],
  ['AWS::Connect::IntegrationAssociation', 'IntegrationArn'],
  ['AWS::VpcLattice::TargetGroup', 'Targets[].Id'],
]);

const withoutPermission = oncePerApp((app: AppModel): readonly Use[] => {
  const resources = app.stacks.flatMap((stack) => stack.resources);
  return resources.flatMap((resource) => {
    const at = NO_PERMISSION.get(resource.type) ?? (resource.type.startsWith('Custom::') ? 'ServiceToken' : undefined);
    return at === undefined ? [] : placesAt(resource, at).flatMap(({ json, path }) => {
      const target = calledFunction(json, resource.stack);
      return target ? [{ ...target, resource, path }] : [];
    });
  });
});

/** The services and others that a statement lets in, of whom the app has nothing else. */
function permittedBy(statement: InvokeStatement): { readonly principal: string; readonly source: PushingSource }[] {
  const { resource, qualifier, conditions } = statement;
  const condition = conditions.find(({ key }) => key === 'aws:sourcearn')?.values[0];
  const isPermission = resource.type === 'AWS::Lambda::Permission';
  const from = isPermission ? nameAt(resource, 'SourceArn') : condition && textInWords(condition);
  return statement.principal.map(({ kind, name }) => {
    const principal = textInWords(name);
    const semantics = semanticsOfPrincipal(principal);
    const mode = kind !== 'Service' ? undefined : isAsynchronous(principal) ? InvocationMode.ASYNCHRONOUS : InvocationMode.SYNCHRONOUS;
    const who = isPermission ? nameAt(resource, 'Principal') ?? principal : principal;
    const known = semantics?.invocation === mode ? semantics : undefined;
    return { principal, source: { name: from ?? who, service: semantics?.service ?? who, qualifier, mode, semantics: known } };
  });
}

function textInWords(text: Text): string {
  return text.map((piece) => typeof piece === 'string' ? piece : '...').join('');
}

/** A role or user of the app, which calls as it likes, or as the service does that it is for. */
function identity(who: Resource, qualifier: string): PushingSource {
  const services = who.type === 'AWS::IAM::Role' ? trustedServices(who) : [];
  const semantics = services.length === 1 ? semanticsOfPrincipal(services[0]) : undefined;
  const service = semantics?.service ?? (services.length > 0 ? services.join(', ') : 'whoever has the role or is the user');
  return { name: who.label, service, qualifier, mode: semantics?.invocation, semantics };
}
