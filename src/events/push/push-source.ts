import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { BucketPushSource, BucketSourceOptions } from './bucket';
import { GraphqlResolverPushSource, GraphqlResolverSourceOptions } from './graphql-resolver';
import { HttpApiPushSource, HttpApiSourceOptions } from './http-api';
import { SecretRotationPushSource, SecretRotationSourceOptions } from './secret-rotation';

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
   * import * as s3 from 'aws-cdk-lib/aws-s3';
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
   * A GraphQL API of AWS AppSync invokes the function, synchronously, for each value of a field.
   *
   * AppSync does so with a role that is made for it, and that may invoke this function and nothing else. When the function fails, or the
   * request takes longer than 30 seconds, the client gets an error; nobody tries again. Without a field, the function is a data
   * source for resolvers of your own.
   *
   * @see https://docs.aws.amazon.com/appsync/latest/devguide/direct-lambda-reference.html
   * @example
   * import { GraphqlApi } from 'aws-cdk-lib/aws-appsync';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * declare const api: GraphqlApi;
   * orders.addEventSource(PushSource.graphqlResolver(api, { typeName: 'Query', fieldName: 'order' }));
   */
  public static graphqlResolver(api: appsync.IGraphqlApi, options: GraphqlResolverSourceOptions = {}): GraphqlResolverPushSource {
    return new GraphqlResolverPushSource(api, options);
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
   * AWS Secrets Manager invokes the function, asynchronously, for each of the four steps in which a secret gets a new value.
   *
   * The function is allowed to read and write the secret, and nothing else of its kind. When a step fails, Lambda tries it
   * again twice and then sends the event to the on-failure destination or dead-letter queue of the function; without them to a
   * queue that is made for that. Secrets Manager begins the rotation again, several times; until one succeeds the secret keeps its
   * value. A secret has one rotation.
   *
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda.html
   * @example
   * import { Duration } from 'aws-cdk-lib';
   * import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const rotation: EventFunction;
   * const password = new secretsmanager.Secret(this, 'Password');
   * rotation.addEventSource(PushSource.secretRotation(password, { automaticallyAfter: Duration.days(7) }));
   */
  public static secretRotation(secret: secretsmanager.ISecret, options: SecretRotationSourceOptions = {}): SecretRotationPushSource {
    return new SecretRotationPushSource(secret, options);
  }

  private constructor() {}
}
