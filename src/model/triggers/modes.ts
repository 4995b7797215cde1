import { placesAt } from './places';
import { Use } from './uses';
import { InvocationMode } from '../../limits/invocation-mode';
import { isAsynchronous } from '../../limits/invocation-modes';
import type { Resource } from '../resource';
import { Json } from '../template';
import { valueOf } from '../value';

const { SYNCHRONOUS, ASYNCHRONOUS, POLLED } = InvocationMode;

/**
 * What calls in one way only, whoever is named as the caller. Pipes and resolvers of AppSync are not here: they are told.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
 */
const BY_TYPE = new Map([
  ['AWS::ApiGateway::Authorizer', SYNCHRONOUS],
  ['AWS::ApiGatewayV2::Authorizer', SYNCHRONOUS],
  // the job waits, not the call: https://docs.aws.amazon.com/lambda/latest/dg/services-codepipeline.html
  ['AWS::CodePipeline::Pipeline', ASYNCHRONOUS],
  ['AWS::Events::Rule', ASYNCHRONOUS],
  // its service does not wait for the functions of its rules
  ['AWS::IoT::Authorizer', SYNCHRONOUS],
  ['AWS::KinesisFirehose::DeliveryStream', SYNCHRONOUS],
  ['AWS::Lambda::EventSourceMapping', POLLED],
  ['AWS::Lambda::Url', SYNCHRONOUS],
  ['AWS::Scheduler::Schedule', ASYNCHRONOUS],
]);

/** Who waits for the answer of a call; `undefined` where the template does not tell. */
export function modeOf({ resource, path, caller }: Use): InvocationMode | undefined {
  const ofType = BY_TYPE.get(resource.type);
  if (ofType) return ofType;
  if (resource.type.startsWith('AWS::ApiGateway')) return modeOfApi(resource, path);
  if (resource.type === 'AWS::SES::ReceiptRule') return modeOfAction(resource, path);
  if (caller === undefined) return undefined;
  return isAsynchronous(caller) ? ASYNCHRONOUS : SYNCHRONOUS;
}

/**
 * An integration that hands all of the request over always waits. Others are told by a header.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-integration-async.html
 */
function modeOfApi(resource: Resource, path: string): InvocationMode | undefined {
  return path.endsWith('/authorizerUri') || isProxy(typeOfIntegration(resource, path)) ? SYNCHRONOUS : undefined;
}

function isProxy(type: Json | undefined): boolean {
  return typeof type === 'string' && type.toUpperCase() === 'AWS_PROXY';
}

const OPERATION = 'Body.paths.*.*.x-amazon-apigateway-integration.uri';

function typeOfIntegration(resource: Resource, path: string): Json | undefined {
  switch (resource.type) {
    case 'AWS::ApiGateway::Method': return valueOf(resource.value('Integration.Type'));
    case 'AWS::ApiGatewayV2::Integration': return valueOf(resource.value('IntegrationType'));
    case 'AWS::ApiGatewayV2::Route': {
      const integration = resource.reference('Target')?.resource;
      return integration && valueOf(integration.value('IntegrationType'));
    }
    // an API, an integration and a route in one
    case 'AWS::ApiGatewayV2::Api': if (path === 'Properties/Target') return 'AWS_PROXY';
  }
  return besideAt(resource, OPERATION, path, 'type');
}

/** A receipt rule may wait for what the function says of an e-mail. */
function modeOfAction(rule: Resource, path: string): InvocationMode | undefined {
  const type = besideAt(rule, 'Rule.Actions[].LambdaAction.FunctionArn', path, 'InvocationType') ?? 'Event';
  if (type === 'Event') return ASYNCHRONOUS;
  return type === 'RequestResponse' ? SYNCHRONOUS : undefined;
}

/** The member beside one of the values at a path. */
function besideAt(resource: Resource, where: string, path: string, name: string): Json | undefined {
  return placesAt(resource, where).find((place) => place.path === path)?.beside(name);
}
