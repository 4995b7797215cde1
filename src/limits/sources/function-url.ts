import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

/**
 * URLs of functions. There is no service between client and function: whoever calls needs both permissions, or the policy
 * of the function lets everyone in.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export const FUNCTION_URL: SourceSemantics = {
  service: 'AWS Lambda (function URL)',
  invocation: InvocationMode.SYNCHRONOUS,
  caller: 'the client',
  conditionKeys: ['lambda:FunctionUrlAuthType', 'lambda:InvokedViaFunctionUrl'],
  retries: 'nobody tries again, unless the client does',
  failedEvents: 'nowhere: the client gets an error of status 429 while Lambda throttles, otherwise of 5xx',
  limits: [
    // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    { name: 'time until the answer', value: 900, unit: 'seconds' },
    // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    { name: 'bytes of the request', value: 6_291_456, unit: 'bytes' },
    // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    { name: 'bytes of the answer, if it is not streamed', value: 6_291_456, unit: 'bytes' },
  ],
  eventType: {
    typescript: 'LambdaFunctionURLEvent',
    python: 'LambdaFunctionUrlEvent',
    java: 'com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent',
    dotnet: 'Amazon.Lambda.APIGatewayEvents.APIGatewayHttpApiV2ProxyRequest',
    go: 'LambdaFunctionURLRequest',
  },
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html',
};
