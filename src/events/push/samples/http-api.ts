import { pathOf, pathParametersOf } from './paths';

/** These requests have no body. */
const WITHOUT_BODY = ['GET', 'HEAD', 'DELETE', 'OPTIONS'];

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export function httpApiEvent(route: string, method: string) {
  const routeKey = route === '$default' ? route : `${method} ${route}`;
  const path = route === '$default' ? '/my/path' : pathOf(route);
  const pathParameters = pathParametersOf(route);
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: 'parameter1=value1&parameter1=value2&parameter2=value',
    cookies: ['cookie1', 'cookie2'],
    headers: { header1: 'value1', header2: 'value1,value2' },
    queryStringParameters: { parameter1: 'value1,value2', parameter2: 'value' },
    requestContext: {
      accountId: '123456789012',
      apiId: 'api-id',
      domainName: 'id.execute-api.us-east-1.amazonaws.com',
      domainPrefix: 'id',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'agent' },
      requestId: 'id',
      routeKey,
      stage: '$default',
      time: '12/Mar/2020:19:03:58 +0000',
      timeEpoch: 1583348638390,
    },
    ...pathParameters && { pathParameters },
    ...!WITHOUT_BODY.includes(method) && { body: 'Hello from Lambda' },
    isBase64Encoded: false,
  };
}
