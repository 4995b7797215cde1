/**
 * The least that an API can be set to wait for an integration, in milliseconds.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
export const MIN_INTEGRATION_TIMEOUT = 50;

/**
 * The most, in milliseconds. It can be raised for REST APIs that are regional or private.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
 */
export const MAX_INTEGRATION_TIMEOUT = { REST: 29_000, HTTP: 30_000, WEBSOCKET: 29_000 };
