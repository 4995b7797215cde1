const COMMON = {
  messageVersion: '1.0',
  agent: { name: 'orders', id: 'AGENTEXMPL', alias: 'TSTALIASID', version: 'DRAFT' },
  inputText: 'Where is my order?',
  sessionId: '123456789012345',
};

const ATTRIBUTES = { sessionAttributes: {}, promptSessionAttributes: {} };

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/agents-lambda.html */
export function bedrockFunctionEvent(actionGroup: string, name = 'findOrder') {
  return { ...COMMON, actionGroup, function: name, parameters: [{ name: 'orderId', type: 'string', value: '42' }], ...ATTRIBUTES };
}

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/agents-lambda.html */
export function bedrockApiEvent(actionGroup: string) {
  return {
    ...COMMON,
    actionGroup,
    apiPath: '/orders/{orderId}',
    httpMethod: 'GET',
    parameters: [{ name: 'orderId', type: 'string', value: '42' }],
    requestBody: { content: { 'application/json': { properties: [{ name: 'details', type: 'boolean', value: 'true' }] } } },
    ...ATTRIBUTES,
  };
}
