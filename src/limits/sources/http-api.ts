import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

/** HTTP APIs of Amazon API Gateway, with payloads of version 2.0. */
export const HTTP_API: SourceSemantics = {
  service: 'Amazon API Gateway (HTTP API)',
  invocation: InvocationMode.SYNCHRONOUS,
  principal: 'apigateway.amazonaws.com',
  conditionKeys: ['aws:SourceArn'],
  retries: 'nobody tries again, unless the client does',
  failedEvents: 'nowhere: the client gets an error of status 500 or 503',
  limits: [
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
    { name: 'time until the answer', value: 30, unit: 'seconds' },
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
    { name: 'bytes of the request', value: 10_485_760, unit: 'bytes' },
  ],
  eventType: {
    typescript: 'APIGatewayProxyEventV2',
    python: 'APIGatewayProxyEventV2',
    java: 'com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent',
    dotnet: 'Amazon.Lambda.APIGatewayEvents.APIGatewayHttpApiV2ProxyRequest',
    go: 'APIGatewayV2HTTPRequest',
  },
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html',
};
