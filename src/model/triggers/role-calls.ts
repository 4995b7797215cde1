import { calledFunction } from './called';
import { mayAsk } from './permitted';
import { pipelineCalls } from './pipelines';
import { Place, placesAt } from './places';
import { stateCalls } from './state-machines';
import { arnOf, principalsLike } from './trigger';
import type { AppModel } from '../app';
import type { Request } from '../iam/decide';
import { allowsSomewhere, roleMay, roleNamed } from '../iam/role';
import { textOf, textOfAttribute } from '../iam/text';
import { trustsService } from '../iam/trust';
import { any, Verdict } from '../iam/verdict';
import { oncePerApp } from '../once-per-app';
import type { Resource } from '../resource';
import { isObject, JsonObject } from '../template';
import { valueOf } from '../value';
import { Target } from '../wiring';

/** Something that makes a service call a function of the app with a role of the app, which it assumes. */
export interface RoleCall extends Target {
  /** The resource that makes the service call. */
  readonly resource: Resource;
  /** Where the function stands in it, e.g. `Properties/Target/Arn`. */
  readonly path: string;
  readonly role: Resource;
  /** Who assumes the role, e.g. `scheduler.amazonaws.com`. */
  readonly service: string;
  /** Whether another role of the service assumes this one, rather than the service itself. */
  readonly isChained?: boolean;
}

interface Kind {
  readonly type: string;
  /** Where the functions stand, see `placesAt`. */
  readonly at: string;
  /** The member beside the function that names the role, or the property of the resource, if it is named there. */
  readonly role: string;
  readonly ofResource?: boolean;
  readonly service: string;
}

const API = { service: 'apigateway.amazonaws.com' };
const OPERATION = 'Body.paths.*.*.x-amazon-apigateway-integration.uri';
const AUTHORIZER = 'x-amazon-apigateway-authorizer.authorizerUri';

/**
 * Step Functions is in state-machines: what a state machine calls is written in a language of its own.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
 */
const KINDS: readonly Kind[] = [
  { type: 'AWS::Scheduler::Schedule', at: 'Target.Arn', role: 'RoleArn', service: 'scheduler.amazonaws.com' },
  { type: 'AWS::Events::Rule', at: 'Targets[].Arn', role: 'RoleArn', service: 'events.amazonaws.com' },
  ...['Target', 'Enrichment'].map((at): Kind => ({ type: 'AWS::Pipes::Pipe', at, role: 'RoleArn', service: 'pipes.amazonaws.com' })),
  { type: 'AWS::AppSync::DataSource', at: 'LambdaConfig.LambdaFunctionArn', role: 'ServiceRoleArn', ofResource: true, service: 'appsync.amazonaws.com' },
  { ...API, type: 'AWS::ApiGateway::Method', at: 'Integration.Uri', role: 'Credentials' },
  { ...API, type: 'AWS::ApiGateway::Authorizer', at: 'AuthorizerUri', role: 'AuthorizerCredentials' },
  { ...API, type: 'AWS::ApiGateway::RestApi', at: OPERATION, role: 'credentials' },
  { ...API, type: 'AWS::ApiGateway::RestApi', at: `Body.securityDefinitions.*.${AUTHORIZER}`, role: 'authorizerCredentials' },
  { ...API, type: 'AWS::ApiGateway::RestApi', at: `Body.components.securitySchemes.*.${AUTHORIZER}`, role: 'authorizerCredentials' },
  { ...API, type: 'AWS::ApiGatewayV2::Integration', at: 'IntegrationUri', role: 'CredentialsArn' },
  { ...API, type: 'AWS::ApiGatewayV2::Authorizer', at: 'AuthorizerUri', role: 'AuthorizerCredentialsArn' },
  { ...API, type: 'AWS::ApiGatewayV2::Api', at: 'Target', role: 'CredentialsArn' },
  { ...API, type: 'AWS::ApiGatewayV2::Api', at: OPERATION, role: 'credentials' },
  { ...API, type: 'AWS::ApiGatewayV2::Api', at: `Body.components.securitySchemes.*.${AUTHORIZER}`, role: 'authorizerCredentialsArn' },
];

/** Destinations of delivery streams that functions can transform records for, each with a role: that of Splunk is for its bucket. */
const DESTINATIONS = {
  AmazonOpenSearchServerlessDestinationConfiguration: 'RoleARN',
  AmazonopensearchserviceDestinationConfiguration: 'RoleARN',
  ElasticsearchDestinationConfiguration: 'RoleARN',
  ExtendedS3DestinationConfiguration: 'RoleARN',
  HttpEndpointDestinationConfiguration: 'RoleARN',
  IcebergDestinationConfiguration: 'RoleARN',
  RedshiftDestinationConfiguration: 'RoleARN',
  SnowflakeDestinationConfiguration: 'RoleARN',
  SplunkDestinationConfiguration: 'S3Configuration.RoleARN',
};

/** The calls with roles that are in the app for sure. */
export const roleCalls = oncePerApp((app: AppModel): readonly RoleCall[] => [
  ...KINDS.flatMap((kind) => (
    app.ofType(kind.type).flatMap((resource) => placesAt(resource, kind.at).flatMap((place) => callAt(place, kind, resource)))
  )),
  ...app.ofType('AWS::KinesisFirehose::DeliveryStream').flatMap((stream) => (
    Object.entries(DESTINATIONS).flatMap(([destination, role]) => transformations(stream, destination, role))
  )),
  ...stateCalls(app),
  ...pipelineCalls(app),
]);

function callAt(place: Place, kind: Kind, resource: Resource): RoleCall[] {
  const target = calledFunction(place.json, resource.stack);
  const role = roleNamed(kind.ofResource ? valueOf(resource.raw(kind.role)) : place.beside(kind.role), resource.stack);
  return target && role ? [{ ...target, resource, path: place.path, role, service: kind.service }] : [];
}

/**
 * Data Firehose takes function and role as parameters, by name. Which role it calls with is sure if the processor names the one of the
 * destination, or none.
 */
function transformations(stream: Resource, destination: string, roleOfDestination: string): RoleCall[] {
  if (valueOf(stream.raw(`${destination}.ProcessingConfiguration.Enabled`)) !== true) return [];
  const own = roleNamed(valueOf(stream.raw(`${destination}.${roleOfDestination}`)), stream.stack);
  return placesAt(stream, `${destination}.ProcessingConfiguration.Processors[].Parameters`).flatMap(({ json, path }) => {
    const parameters = Array.isArray(json) ? json : [];
    // What deployment decides may be the name of the role.
    if (!parameters.every((parameter): parameter is JsonObject => isObject(parameter) && typeof parameter.ParameterName === 'string')) return [];
    const indexOf = (name: string) => parameters.findIndex(({ ParameterName }) => ParameterName === name);
    const valueAt = (index: number) => parameters[index]?.ParameterValue;
    const [fn, role] = [indexOf('LambdaArn'), indexOf('RoleArn')];
    const target = calledFunction(valueAt(fn), stream.stack);
    const isNamed = role >= 0 || roleOfDestination !== 'RoleARN';
    if (!target || !own || (isNamed && roleNamed(valueAt(role), stream.stack) !== own)) return [];
    return [{ ...target, resource: stream, path: `${path}/${fn}/ParameterValue`, role: own, service: 'firehose.amazonaws.com' }];
  });
}

/** Whether the service may assume the role. Of one that another role assumes, nothing is said. */
export function isTrusted({ role, service, resource, isChained }: RoleCall): Verdict {
  if (isChained) return 'unknown';
  return any([...principalsLike(service, resource)].map((name) => trustsService(role, name, resource)));
}

/** Whether the role may invoke what is called, by its own policies or by that of the function. */
export function mayInvoke(call: RoleCall): Verdict {
  const request = requestOf(call);
  const verdict = roleMay(call.role, request);
  return verdict === 'no' ? mayAsk(call, [{ ...request, principal: { kind: 'AWS', name: textOfAttribute(call.role, 'Arn') } }]) : verdict;
}

/** Of a role that may not invoke: whether that is because a statement denies it. */
export function isDenied(call: RoleCall): boolean {
  return allowsSomewhere(call.role, requestOf(call));
}

function requestOf({ fn, qualifier, role }: RoleCall): Request {
  const own = { 'aws:principalaccount': textOf({ Ref: 'AWS::AccountId' }, role.stack), 'aws:principalarn': textOfAttribute(role, 'Arn') };
  return { action: 'lambda:InvokeFunction', target: arnOf({ fn, qualifier }), context: { ...own, ...NOT_CARRIED } };
}

/** Keys of services that call as themselves, of functions, and of function URLs. */
const NOT_CARRIED = {
  'aws:sourceaccount': undefined,
  'aws:sourcearn': undefined,
  'lambda:eventsourcetoken': undefined,
  'lambda:functionurlauthtype': undefined,
  'lambda:invokedviafunctionurl': undefined,
  'lambda:sourcefunctionarn': undefined,
};
