import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration, HttpLambdaIntegrationProps } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { PushSourceBase } from './push-source-base';
import { httpApiEvent } from './samples/http-api';
import { HTTP_API } from '../../limits/sources/http-api';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** Which requests of an HTTP API invoke the function. */
export interface HttpApiSourceOptions extends HttpLambdaIntegrationProps {
  /**
   * Path of the route: begins with a slash; `{name}` stands for one part, `{name+}` at the end for all others.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
   * @default - every request that no other route of the API takes (`$default`)
   */
  readonly path?: string;

  /**
   * Methods of the route. At least one, and only with `path`.
   *
   * @default [HttpMethod.ANY]
   */
  readonly methods?: apigateway.HttpMethod[];

  /**
   * Who decides whether a request may reach the function. `new HttpNoneAuthorizer()` lets everyone in where the API has a
   * default authorizer.
   *
   * @default - the default authorizer of the API; without one everyone may call
   */
  readonly authorizer?: apigateway.IHttpRouteAuthorizer;

  /**
   * OIDC scopes that the token of a request must have one of.
   *
   * @default - the default scopes of the API
   */
  readonly authorizationScopes?: string[];
}

/** An HTTP API that invokes a function. Made by `PushSource.httpApi()`. */
export class HttpApiPushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics = HTTP_API;

  /** @internal */
  constructor(private readonly api: apigateway.IHttpApi, private readonly options: HttpApiSourceOptions) {
    super();
    this.checkPath();
    this.checkMethods();
  }

  /** Called by `addEventSource()`: adds the routes to the API, and permits each of them to invoke. */
  public bind(target: lambda.IFunction): void {
    const { path, methods = [apigateway.HttpMethod.ANY], authorizer, authorizationScopes, ...integrationProps } = this.options;
    // An imported API is no part of this app: its routes are made beside the function.
    const scope = this.api instanceof apigateway.HttpApi ? this.api : target as unknown as Construct;
    const keys = path === undefined ? [apigateway.HttpRouteKey.DEFAULT] : methods.map((method) => apigateway.HttpRouteKey.with(path, method));
    const integration = new HttpLambdaIntegration(`${target.node.id}Integration`, target, integrationProps);
    for (const routeKey of keys) {
      // The id that `HttpApi.addRoutes()` gives.
      const id = routeKey === apigateway.HttpRouteKey.DEFAULT ? 'DefaultRoute' : `${routeKey.method ?? apigateway.HttpMethod.ANY}${path}`;
      new apigateway.HttpRoute(scope, id, { httpApi: this.api, routeKey, integration, authorizer, authorizationScopes });
    }
  }

  /** @internal */
  protected _sampleEvent(): object {
    const { path, methods: [method = apigateway.HttpMethod.GET] = [] } = this.options;
    return httpApiEvent(path ?? '$default', method === apigateway.HttpMethod.ANY ? apigateway.HttpMethod.GET : method);
  }

  private checkPath(): void {
    const { path } = this.options;
    if (path === undefined || !isKnown(path) || /^\/[^\s]*$/.test(path)) return;
    throw mistake(this.api, {
      code: 'HttpApiPathMalformed',
      property: 'path',
      allowed: "a path that begins with a slash, such as '/orders/{id}'",
      got: path,
      fix: 'leave it out for all requests that no other route takes',
    });
  }

  private checkMethods(): void {
    const { path, methods } = this.options;
    if (methods === undefined || (path !== undefined && methods.length > 0)) return;
    throw mistake(this.api, {
      code: path === undefined ? 'HttpApiMethodsWithoutPath' : 'HttpApiMethodsEmpty',
      property: 'methods',
      allowed: path === undefined ? "left out when 'path' is" : 'at least one method',
      got: methods,
      fix: path === undefined ? "give a 'path': the route $default takes all methods" : 'leave it out for all methods',
    });
  }
}
