import { calledFunction } from './called';
import { placesAt } from './places';
import type { AppModel } from '../app';
import { oncePerApp } from '../once-per-app';
import type { Resource } from '../resource';
import { intrinsic, isObject, Json } from '../template';
import { valueOf } from '../value';
import { Target } from '../wiring';

/** An integration of an API with a function, whether API Gateway calls it with a role or not. */
export interface ApiIntegration extends Target {
  /** The method, the integration, or the API whose document says so. */
  readonly resource: Resource;
  /** Where the integration stands in it. */
  readonly path: string;
  readonly protocol: 'REST' | 'HTTP' | 'WEBSOCKET';
  /** The API, if it is of this app. */
  readonly api?: Resource;
  /** How long API Gateway waits, in milliseconds: `absent` where its default applies. */
  readonly timeout: number | 'absent' | 'unknown';
  /** The HTTP method of the call, and where it stands. */
  readonly method?: { readonly name: string; readonly path: string };
  /** Whether API Gateway may hand the request over and not wait, or passes the answer on bit by bit, for up to 15 minutes. */
  readonly mayTakeLonger: boolean;
}

interface Kind {
  readonly type: string;
  /** Where the function stands, see `placesAt`. */
  readonly at: string;
  readonly protocol: (resource: Resource) => ApiIntegration['protocol'] | undefined;
  readonly api?: string;
  /** Names of what stands beside the function. */
  readonly names: { readonly timeout: string; readonly method: string; readonly parameters: string; readonly transfer: string };
}

const NAMES = { timeout: 'TimeoutInMillis', method: 'IntegrationHttpMethod', parameters: 'RequestParameters', transfer: 'ResponseTransferMode' };
const OPEN_API = { timeout: 'timeoutInMillis', method: 'httpMethod', parameters: 'requestParameters', transfer: 'responseTransferMode' };
const OPERATION = 'Body.paths.*.*.x-amazon-apigateway-integration.uri';

const KINDS: readonly Kind[] = [
  { type: 'AWS::ApiGateway::Method', at: 'Integration.Uri', protocol: () => 'REST', api: 'RestApiId', names: NAMES },
  { type: 'AWS::ApiGateway::RestApi', at: OPERATION, protocol: () => 'REST', names: OPEN_API },
  { type: 'AWS::ApiGatewayV2::Integration', at: 'IntegrationUri', protocol: protocolOfApi, api: 'ApiId', names: { ...NAMES, method: 'IntegrationMethod' } },
  { type: 'AWS::ApiGatewayV2::Api', at: OPERATION, protocol: () => 'HTTP', names: OPEN_API },
];

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-integrations.html */
export const apiIntegrations = oncePerApp((app: AppModel): readonly ApiIntegration[] => KINDS.flatMap((kind) => (
  app.ofType(kind.type).flatMap((resource) => placesAt(resource, kind.at).flatMap(({ path, json, beside }): ApiIntegration[] => {
    const target = calledFunction(json, resource.stack);
    const protocol = kind.protocol(resource);
    if (!target || !protocol) return [];
    const { names } = kind;
    const folder = path.replace(/\/[^/]*$/, '');
    const method = beside(names.method);
    return [{
      ...target,
      resource,
      path: folder,
      protocol,
      api: kind.api === undefined ? resource : resource.reference(kind.api)?.resource,
      timeout: millisecondsOf(beside(names.timeout)),
      method: typeof method === 'string' ? { name: method, path: `${folder}/${names.method}` } : undefined,
      mayTakeLonger: isOpen(beside(names.parameters)) || isStreamed(beside(names.transfer)),
    }];
  }))
)));

function protocolOfApi(integration: Resource): ApiIntegration['protocol'] | undefined {
  const protocol = valueOf(integration.reference('ApiId')?.resource.text('ProtocolType') ?? { kind: 'unknown' });
  return protocol === 'HTTP' || protocol === 'WEBSOCKET' ? protocol : undefined;
}

function millisecondsOf(json: Json | undefined): ApiIntegration['timeout'] {
  if (json === undefined || json === null) return 'absent';
  const number = typeof json === 'string' && json.trim() !== '' ? Number(json) : json;
  return typeof number === 'number' && Number.isFinite(number) ? number : 'unknown';
}

/** Whether there may be the header that makes Lambda answer before the function has run. */
function isOpen(parameters: Json | undefined): boolean {
  if (!isObject(parameters)) return parameters !== undefined;
  return intrinsic(parameters) !== undefined || Object.keys(parameters).some((name) => /X-Amz-Invocation-Type/i.test(name) || name.startsWith('Fn::'));
}

function isStreamed(transfer: Json | undefined): boolean {
  return transfer !== undefined && transfer !== 'BUFFERED';
}
