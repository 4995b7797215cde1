import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

/** WebSocket APIs of Amazon API Gateway. */
export const WEB_SOCKET_API: SourceSemantics = {
  service: 'Amazon API Gateway (WebSocket API)',
  invocation: InvocationMode.SYNCHRONOUS,
  principal: 'apigateway.amazonaws.com',
  conditionKeys: ['aws:SourceArn'],
  retries: 'nobody tries again, unless the client does',
  failedEvents: 'nowhere: the client is not connected ($connect) or gets a message with an error',
  limits: [
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
    { name: 'time until the answer', value: 29, unit: 'seconds' },
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
    { name: 'bytes of a message', value: 131_072, unit: 'bytes' },
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
    { name: 'duration of a connection', value: 7_200, unit: 'seconds' },
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
    { name: 'time without a message until a connection is closed', value: 600, unit: 'seconds' },
  ],
  eventType: {
    typescript: 'APIGatewayProxyWebsocketEventV2',
    python: 'APIGatewayWebSocketEvent',
    java: 'com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent',
    dotnet: 'Amazon.Lambda.APIGatewayEvents.APIGatewayProxyRequest',
    go: 'APIGatewayWebsocketProxyRequest',
  },
  documentation: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integrations.html',
};
