const HEADERS = {
  'Host': 'abcd1234.execute-api.us-east-1.amazonaws.com',
  'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version': '13',
  'X-Forwarded-For': '192.0.2.1',
  'X-Forwarded-Port': '443',
  'X-Forwarded-Proto': 'https',
};

/** Of a connection that has ended. */
const LAST_HEADERS = { 'Host': 'abcd1234.execute-api.us-east-1.amazonaws.com', 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' };

const headersOf = (headers: { [name: string]: string }) => ({
  headers,
  multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
});

type EventType = 'CONNECT' | 'MESSAGE' | 'DISCONNECT';

const EVENT_TYPES: Readonly<Record<string, EventType | undefined>> = { $connect: 'CONNECT', $disconnect: 'DISCONNECT' };

/**
 * Messages have a body; connecting and disconnecting have headers; all have the connection.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
 */
export function webSocketApiEvent(routeKey: string) {
  const eventType: EventType = EVENT_TYPES[routeKey] ?? 'MESSAGE';
  return {
    ...eventType === 'CONNECT' && headersOf(HEADERS),
    ...eventType === 'DISCONNECT' && headersOf(LAST_HEADERS),
    requestContext: {
      routeKey,
      messageId: 'XfGL4cctjjMCJYw=',
      eventType,
      extendedRequestId: 'XfGLwFTktjMFsLg=',
      requestTime: '13/Dec/2020:10:17:47 +0000',
      messageDirection: 'IN' as const,
      stage: 'prod',
      connectedAt: 1607854667185,
      requestTimeEpoch: 1607854667186,
      identity: { sourceIp: '192.0.2.1' },
      requestId: 'XfGLwFTktjMFsLg=',
      domainName: 'abcd1234.execute-api.us-east-1.amazonaws.com',
      connectionId: 'XfGLwfTktjMCJYw=',
      apiId: 'abcd1234',
      ...eventType === 'DISCONNECT' && { disconnectStatusCode: 1005, disconnectReason: 'Client-side close frame status not set' },
    },
    ...eventType === 'MESSAGE' && { body: JSON.stringify({ action: routeKey, data: 'Hello from client!' }) },
    isBase64Encoded: false,
  };
}
