import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BucketPushSource, BucketSourceOptions } from './bucket';
import { FunctionUrlPushSource, FunctionUrlSourceOptions } from './function-url';
import { HttpApiPushSource, HttpApiSourceOptions } from './http-api';
import { LoadBalancerPushSource, LoadBalancerSourceOptions } from './load-balancer';
import { RestApiPushSource, RestApiSourceOptions } from './rest-api';
import { WebSocketApiPushSource, WebSocketApiSourceOptions } from './web-socket-api';

/**
 * Services that invoke a function when something happens.
 *
 * Each factory returns a `lambda.IEventSource` for `addEventSource()` of any function; on an `EventFunction` the
 * service invokes the live alias and is permitted to.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
 */
export class PushSource {
  /**
   * Amazon S3 invokes the function, asynchronously, for each object that is created (or removed, restored, ...).
   *
   * S3 may deliver an event more than once and in any order. When the function fails, Lambda retries twice and then
   * sends the event to its on-failure destination or dead-letter queue; without them to a queue that is made for that.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html
   * @example
   * import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as s3 from 'aws-cdk-lib/aws-s3';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * const inbox = new s3.Bucket(this, 'Inbox');
   * orders.addEventSource(PushSource.bucket(inbox, { filters: [{ prefix: 'orders/', suffix: '.csv' }] }));
   */
  public static bucket(bucket: s3.IBucket, options: BucketSourceOptions = {}): BucketPushSource {
    return new BucketPushSource(bucket, options);
  }

  /**
   * Clients invoke the function, synchronously, by a URL of its own, which stays the same as long as the function (or alias)
   * has it.
   *
   * Clients sign their requests, unless `authType` is NONE: then everyone may call. When the function fails, the client gets
   * an error; nobody tries again. A function, and each of its aliases, has one URL at most.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html
   * @example
   * import { CfnOutput } from 'aws-cdk-lib';
   * import * as iam from 'aws-cdk-lib/aws-iam';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * declare const shop: iam.Role;
   * const source = PushSource.functionUrl({ callers: [shop] });
   * orders.addEventSource(source);
   * new CfnOutput(this, 'Url', { value: source.urlOf(orders).url });
   */
  public static functionUrl(options: FunctionUrlSourceOptions = {}): FunctionUrlPushSource {
    return new FunctionUrlPushSource(options);
  }

  /**
   * An HTTP API of Amazon API Gateway invokes the function, synchronously, for each request of its routes.
   *
   * When the function fails or takes longer than 30 seconds, the client gets an error; nobody tries again.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html
   * @example
   * import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * const api = new HttpApi(this, 'Api');
   * orders.addEventSource(PushSource.httpApi(api, { path: '/orders/{id}', methods: [HttpMethod.GET] }));
   */
  public static httpApi(api: apigatewayv2.IHttpApi, options: HttpApiSourceOptions = {}): HttpApiPushSource {
    return new HttpApiPushSource(api, options);
  }

  /**
   * An Application Load Balancer invokes the function, synchronously, for each request that a rule of its listener sends there.
   *
   * When the function fails, is throttled or runs out of time, the client gets an error of status 502; nobody tries again.
   * Load balancer and function must be in the same account and Region. An `EventFunction` lets in target groups of that
   * account and Region only; a plain `lambda.Function` any load balancer, as the CDK writes it.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-alb.html
   * @example
   * import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * declare const listener: elbv2.ApplicationListener;
   * orders.addEventSource(PushSource.loadBalancer(listener, {
   *   priority: 10,
   *   conditions: [elbv2.ListenerCondition.pathPatterns(['/orders/*'])],
   * }));
   */
  public static loadBalancer(listener: elbv2.IApplicationListener, options: LoadBalancerSourceOptions = {}): LoadBalancerPushSource {
    return new LoadBalancerPushSource(listener, options);
  }

  /**
   * A REST API of Amazon API Gateway invokes the function, synchronously, for each request of its methods.
   *
   * When the function fails or takes longer than 29 seconds, the client gets an error; nobody tries again. An API that is
   * imported is not deployed by this app: new methods answer once its stage is deployed again.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html
   * @example
   * import { RestApi } from 'aws-cdk-lib/aws-apigateway';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * const api = new RestApi(this, 'Api');
   * orders.addEventSource(PushSource.restApi(api, { path: '/orders/{id}', methods: ['GET'] }));
   */
  public static restApi(api: apigateway.IRestApi, options: RestApiSourceOptions = {}): RestApiPushSource {
    return new RestApiPushSource(api, options);
  }

  /**
   * A WebSocket API of Amazon API Gateway invokes the function, synchronously, for each message of its routes, and when
   * clients connect and disconnect.
   *
   * When the function fails or takes longer than 29 seconds, the client is not connected or gets a message with an error;
   * nobody tries again. Whether `$disconnect` comes is not guaranteed.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integrations.html
   * @example
   * import { WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const chat: EventFunction;
   * const api = new WebSocketApi(this, 'Api');
   * chat.addEventSource(PushSource.webSocketApi(api, { routes: ['$connect', '$disconnect', 'sendMessage'] }));
   * api.grantManageConnections(chat);
   */
  public static webSocketApi(api: apigatewayv2.IWebSocketApi, options: WebSocketApiSourceOptions = {}): WebSocketApiPushSource {
    return new WebSocketApiPushSource(api, options);
  }

  private constructor() {}
}
