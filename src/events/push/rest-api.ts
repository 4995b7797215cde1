import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { PushSourceBase } from './push-source-base';
import { restApiEvent } from './samples/rest-api';
import { REST_API } from '../../limits/sources/rest-api';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** Which requests of a REST API invoke the function. */
export interface RestApiSourceOptions extends apigateway.MethodOptions {
  /**
   * Path of the resource: begins with a slash; `{name}` stands for one part, `{name+}` at the end for all others. Resources
   * that the API does not have yet are made.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html
   * @default - every request that no other resource takes: `/` and `/{proxy+}`
   */
  readonly path?: string;

  /**
   * HTTP methods: `GET`, `POST`, ... or `ANY` for all that have no method of their own. At least one.
   *
   * @default ['ANY']
   */
  readonly methods?: string[];

  /**
   * How API Gateway hands requests to the function.
   *
   * `allowTestInvoke` is false here, unless it is set: the test console of API Gateway, which passes by the stage and its
   * throttling, needs a permission of its own, and each takes of the 20,480 bytes of the resource policy.
   *
   * @default - a proxy integration: the function receives the request as it is and answers with status, headers and body
   */
  readonly integration?: apigateway.LambdaIntegrationOptions;
}

/** A REST API that invokes a function. Made by `PushSource.restApi()`. */
export class RestApiPushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics = REST_API;

  /** @internal */
  constructor(private readonly api: apigateway.IRestApi, private readonly options: RestApiSourceOptions) {
    super();
    this.checkPath();
    this.checkMethods();
  }

  /** Called by `addEventSource()`: adds the methods to the API, and permits each of them to invoke. */
  public bind(target: lambda.IFunction): void {
    const { path, methods = [ANY], integration = {}, ...methodOptions } = this.options;
    // Where the permission is for the whole API, it covers tests, and the CDK warns of anything else.
    const allowTestInvoke = integration.allowTestInvoke ?? (integration.scopePermissionToMethod === false ? undefined : false);
    for (const each of path === undefined ? ['/', PROXY] : [path]) {
      const resource = this.root().resourceForPath(each);
      for (const method of methods) {
        resource.addMethod(method, new apigateway.LambdaIntegration(target, { ...integration, allowTestInvoke }), methodOptions);
      }
    }
  }

  /** @internal */
  protected _sampleEvent(): object {
    const { path = PROXY, methods: [method = ANY] = [], integration } = this.options;
    if (integration?.proxy !== false) return restApiEvent(path, method === ANY ? 'GET' : method);
    throw mistake(this.api, {
      code: 'RestApiEventUnknown',
      property: 'integration.proxy',
      allowed: 'true for a sample event',
      got: false,
      fix: 'without a proxy integration the event is what the request templates make of the request',
    });
  }

  /** The resource of `/`, which an API does not know that is imported by its id alone. */
  private root(): apigateway.IResource {
    try {
      return this.api.root;
    } catch {
      throw mistake(this.api, {
        code: 'RestApiRootUnknown',
        property: 'api',
        allowed: 'an API of this app, or one that is imported with its root resource',
        got: `${this.api.node.path}, imported by its id alone`,
        fix: 'import it by RestApi.fromRestApiAttributes() with restApiId and rootResourceId',
      });
    }
  }

  private checkPath(): void {
    const { path } = this.options;
    if (path === undefined || !isKnown(path) || /^\/[^\s]*$/.test(path)) return;
    throw mistake(this.api, {
      code: 'RestApiPathMalformed',
      property: 'path',
      allowed: "a path that begins with a slash, such as '/orders/{id}'",
      got: path,
      fix: 'leave it out for all requests that no other resource takes',
    });
  }

  private checkMethods(): void {
    const { methods } = this.options;
    if (methods?.length === 0) {
      throw mistake(this.api, {
        code: 'RestApiMethodsEmpty', property: 'methods', allowed: 'at least one method', got: methods, fix: 'leave it out for all methods',
      });
    }
    methods?.forEach((method, index) => {
      if (!isKnown(method) || METHODS.includes(method)) return;
      throw mistake(this.api, {
        code: 'RestApiMethodUnknown',
        property: `methods[${index}]`,
        allowed: `one of ${METHODS.join(', ')}`,
        got: method,
        fix: 'write it in capitals; ANY stands for all methods',
      });
    });
  }
}

const ANY = 'ANY';

/** The methods that a resource can have. @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html */
const METHODS = [ANY, 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** All that is below the root. */
const PROXY = '/{proxy+}';
