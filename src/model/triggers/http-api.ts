import { callsOfApi, methodAndPath } from './api-parts';
import { calledFunction } from './called';
import { placesAt } from './places';
import { accountIn, textOfProperty, unknownIn } from './source';
import { serviceTrigger, Trigger } from './trigger';
import type { AppModel } from '../app';
import { literal, Text } from '../iam/text';
import type { Resource } from '../resource';
import { valueOf } from '../value';

/** The routes of HTTP and WebSocket APIs that call functions. */
export function httpApiTriggers(app: AppModel): Trigger[] {
  return app.ofType('AWS::ApiGatewayV2::Route').flatMap((route) => {
    const integration = route.reference('Target')?.resource;
    if (integration?.type !== 'AWS::ApiGatewayV2::Integration') return [];
    return placesAt(integration, 'IntegrationUri').flatMap(({ json, beside }) => {
      const target = calledFunction(json, integration.stack);
      if (!target || beside('CredentialsArn') !== undefined) return [];
      const sources = callsOfApi(route, 'ApiId', routeTexts(route));
      return [serviceTrigger({ resource: route, path: 'Properties/Target', target }, { principal: 'apigateway.amazonaws.com', sources, account: accountIn(route.stack) })];
    });
  });
}

/**
 * `GET /orders/{id}` of an HTTP API, `sendMessage` of a WebSocket API, `$default` of either: what HTTP APIs put in its place is not
 * documented, as it is for WebSocket APIs.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html
 */
function routeTexts(route: Resource): Text[] {
  const key = literal(textOfProperty(route, 'RouteKey'));
  if (key === undefined || (key === '$default' && !isOfWebSocketApi(route))) return [[unknownIn(route, 'RouteKey')]];
  const [method, path] = key.split(' ');
  // HTTP APIs name the path of the route as it stands there, `{id}` included: the CDK permits that and nothing else.
  return path === undefined ? [[key]] : methodAndPath([method], [path], route);
}

function isOfWebSocketApi(route: Resource): boolean {
  const api = route.reference('ApiId')?.resource;
  return api !== undefined && valueOf(api.text('ProtocolType')) === 'WEBSOCKET';
}
