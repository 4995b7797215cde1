import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

/** REST APIs of Amazon API Gateway, with proxy integrations. */
export const REST_API: SourceSemantics = {
  service: 'Amazon API Gateway (REST API)',
  invocation: InvocationMode.SYNCHRONOUS,
  principal: 'apigateway.amazonaws.com',
  conditionKeys: ['aws:SourceArn'],
  retries: 'nobody tries again, unless the client does',
  failedEvents: 'nowhere: the client gets an error of status 502 or 504',
  limits: [
    // Can be raised for regional and private APIs.
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
    { name: 'time until the answer', value: 29, unit: 'seconds' },
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
    { name: 'bytes of the request', value: 10_485_760, unit: 'bytes' },
  ],
  eventType: {
    typescript: 'APIGatewayProxyEvent',
    python: 'APIGatewayProxyEvent',
    java: 'com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent',
    dotnet: 'Amazon.Lambda.APIGatewayEvents.APIGatewayProxyRequest',
    go: 'APIGatewayProxyRequest',
  },
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html',
};
