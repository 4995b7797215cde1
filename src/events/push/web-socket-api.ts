import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration, WebSocketLambdaIntegrationProps } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { PushSourceBase } from './push-source-base';
import { webSocketApiEvent } from './samples/web-socket-api';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { WEB_SOCKET_API } from '../../limits/sources/web-socket-api';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** Which messages and connections of a WebSocket API invoke the function. */
export interface WebSocketApiSourceOptions extends WebSocketLambdaIntegrationProps {
  /**
   * Keys of the routes: `$connect`, `$disconnect`, `$default` for messages that no other route takes, or what the route
   * selection expression of the API (`$request.body.action`) finds in a message. At least one.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html
   * @default ['$connect', '$disconnect', '$default']
   */
  readonly routes?: string[];

  /**
   * Who decides whether a client may connect. Only with the route `$connect`, for which alone clients are asked.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html
   * @default - everyone may connect
   */
  readonly authorizer?: apigateway.IWebSocketRouteAuthorizer;

  /**
   * Whether the client is sent what the function returns for a message. Otherwise the function answers through the
   * connection, if at all, for which `api.grantManageConnections(fn)` is needed. Only with routes for messages.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html
   * @default false
   */
  readonly returnResponse?: boolean;
}

/** A WebSocket API that invokes a function. Made by `PushSource.webSocketApi()`. */
export class WebSocketApiPushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics = WEB_SOCKET_API;

  /** @internal */
  constructor(private readonly api: apigateway.IWebSocketApi, private readonly options: WebSocketApiSourceOptions) {
    super();
    this.checkRoutes();
    this.checkAuthorizer();
  }

  /** Called by `addEventSource()`: adds the routes to the API, and permits each of them to invoke. */
  public bind(target: lambda.IFunction): void {
    const { routes = PREDEFINED, authorizer, returnResponse, ...integrationProps } = this.options;
    // An imported API is no part of this app: its routes are made beside the function.
    const scope = this.api instanceof apigateway.WebSocketApi ? this.api : target as unknown as Construct;
    const integration = new WebSocketLambdaIntegration(`${target.node.id}Integration`, target, integrationProps);
    for (const routeKey of routes) {
      // The id that `WebSocketApi.addRoute()` gives.
      new apigateway.WebSocketRoute(scope, `${routeKey}-Route`, {
        webSocketApi: this.api,
        routeKey,
        integration,
        authorizer: routeKey === CONNECT ? authorizer : undefined,
        returnResponse: isOfConnection(routeKey) ? undefined : returnResponse,
      });
    }
  }

  /** @internal */
  protected _sampleEvent(): object {
    const { routes: [route = '$default'] = [] } = this.options;
    return webSocketApiEvent(route);
  }

  private checkRoutes(): void {
    const { routes } = this.options;
    if (routes?.length === 0) {
      throw mistake(this.api, {
        code: 'WebSocketApiRoutesEmpty',
        property: 'routes',
        allowed: 'at least one route',
        got: routes,
        fix: 'leave it out for $connect, $disconnect and $default',
      });
    }
    routes?.forEach((route, index) => {
      const isReserved = isKnown(route) && route.startsWith('$') && !PREDEFINED.includes(route);
      if (!isKnown(route) || (route.trim() !== '' && !isReserved)) return;
      throw mistake(this.api, {
        code: 'WebSocketApiRouteMalformed',
        property: `routes[${index}]`,
        allowed: `one of ${PREDEFINED.join(', ')}, or a key that does not begin with a dollar sign`,
        got: route,
        fix: 'write what the route selection expression finds in a message',
      });
    });
  }

  private checkAuthorizer(): void {
    const { routes = PREDEFINED, authorizer } = this.options;
    if (authorizer === undefined || routes.includes(CONNECT) || !routes.every(isKnown)) return;
    throw mistake(this.api, {
      code: 'WebSocketApiAuthorizerWithoutConnect',
      property: 'authorizer',
      allowed: "given together with the route '$connect'",
      got: routes,
      fix: "clients are asked when they connect: give it to the source of '$connect'",
    });
  }
}

const CONNECT = '$connect';

/** The routes that every WebSocket API may have. */
const PREDEFINED = [CONNECT, '$disconnect', '$default'];

function isOfConnection(routeKey: string): boolean {
  return routeKey === CONNECT || routeKey === '$disconnect';
}
