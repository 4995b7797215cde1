import { callsOfApi, methodAndPath } from './api-parts';
import { calledFunction } from './called';
import { placesAt } from './places';
import { accountIn, unknownIn } from './source';
import { Call, serviceTrigger, Trigger } from './trigger';
import type { AppModel } from '../app';
import { Text } from '../iam/text';
import type { Resource } from '../resource';

/** The functions that an API calls whose definition is an OpenAPI document in the template, as AWS SAM writes it. */
export function openApiTriggers(app: AppModel): Trigger[] {
  const apis = ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'].flatMap((type) => app.ofType(type));
  return apis.flatMap((api) => [...operations(api), ...authorizers(api)]);
}

const INTEGRATION = 'x-amazon-apigateway-integration';
const AUTHORIZER = 'x-amazon-apigateway-authorizer';

function operations(api: Resource): Trigger[] {
  return placesAt(api, `Body.paths.*.*.${INTEGRATION}.uri`).flatMap(({ path, json, beside }) => {
    const target = calledFunction(json, api.stack);
    if (!target || beside('credentials') !== undefined) return [];
    // Properties/Body/paths/<path, which has slashes>/<method>/<integration>/uri
    const names = path.split('/').slice(3, -2);
    const [route, method] = [names.slice(0, -1).join('/'), names[names.length - 1]];
    const isDefault = /^\/?\$default$/.test(route);
    return [trigger({ resource: api, path, target }, isDefault ? [[unknownIn(api, '$default')]] : methodAndPath([method], [route], api))];
  });
}

function authorizers(api: Resource): Trigger[] {
  const places = ['Body.securityDefinitions', 'Body.components.securitySchemes'].flatMap((schemes) => placesAt(api, `${schemes}.*.${AUTHORIZER}.authorizerUri`));
  return places.flatMap(({ path, json, beside }) => {
    const target = calledFunction(json, api.stack);
    const needsNone = beside('authorizerCredentials') !== undefined || beside('authorizerCredentialsArn') !== undefined;
    return target && !needsNone ? [trigger({ resource: api, path, target }, [[unknownIn(api, 'authorizer')]])] : [];
  });
}

function trigger(call: Call, texts: readonly Text[]): Trigger {
  const { resource } = call;
  const sources = callsOfApi(resource, undefined, texts);
  return serviceTrigger(call, { principal: 'apigateway.amazonaws.com', sources, account: accountIn(resource.stack) });
}
