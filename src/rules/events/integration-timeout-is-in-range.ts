import { fn, httpApi, httpIntegration, method, openApi, restApi } from './examples';
import { MAX_INTEGRATION_TIMEOUT, MIN_INTEGRATION_TIMEOUT } from '../../limits/integration-timeout';
import { ApiIntegration, apiIntegrations } from '../../model/triggers/api-integrations';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const AT_METHOD = 'Get/Properties/Integration/TimeoutInMillis';

export const integrationTimeoutIsInRange: Rule = {
  id: 'integration-timeout-is-in-range',
  title: 'APIs wait for functions no longer than API Gateway allows',
  severity: 'error',
  why: 'API Gateway refuses the integration; only the quota of regional and private REST APIs can be raised',
  fix: 'wait less, stream the answer (`responseTransferMode`), make the REST API a regional one and have the quota raised, or let the function do the work when the client has its answer',
  source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html',
  answers: ['Timeout should be between 50 ms and 29000 ms'],
  since: '0.1.0',

  valid: [
    { title: 'as long as a REST API can', resources: { Orders: fn(), Api: restApi(), Get: method({ TimeoutInMillis: 29_000 }) } },
    { title: 'a regional API, whose quota may be raised', resources: { Orders: fn(), Api: restApi('REGIONAL'), Get: method({ TimeoutInMillis: 60_000 }) } },
    { title: 'an endpoint that a parameter names', resources: { Orders: fn(), Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { EndpointConfiguration: { Types: [{ Ref: 'Endpoint' }] } } }, Get: method({ TimeoutInMillis: 60_000 }) } },
    { title: 'a stream', resources: { Orders: fn(), Api: restApi('EDGE'), Get: method({ TimeoutInMillis: 60_000, ResponseTransferMode: 'STREAM' }) } },
    { title: 'an API that is not of this app', resources: { Orders: fn(), Get: method({ TimeoutInMillis: 60_000 }) } },
    { title: 'as long as an HTTP API can', resources: { Orders: fn(), Api: httpApi('HTTP'), Route: httpIntegration({ TimeoutInMillis: 30_000 }) } },
    { title: 'a protocol that a parameter names', resources: { Orders: fn(), Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: { Ref: 'Protocol' } } }, Route: httpIntegration({ TimeoutInMillis: 60_000 }) } },
  ],
  invalid: [
    { title: 'an edge-optimized API is to wait longer', at: AT_METHOD, resources: { Orders: fn(), Api: restApi('EDGE'), Get: method({ TimeoutInMillis: 60_000 }) } },
    { title: 'an OpenAPI document is to wait longer', at: 'Api/Properties/Body/paths//orders/get/x-amazon-apigateway-integration/timeoutInMillis', resources: { Orders: fn(), Api: openApi({ timeoutInMillis: 60_000 }) } },
    { title: 'an HTTP API is to wait longer', at: 'Route/Properties/TimeoutInMillis', resources: { Orders: fn(), Api: httpApi('HTTP'), Route: httpIntegration({ TimeoutInMillis: 60_000 }) } },
    { title: 'a WebSocket API is to wait longer', at: 'Route/Properties/TimeoutInMillis', resources: { Orders: fn(), Api: httpApi('WEBSOCKET'), Route: httpIntegration({ TimeoutInMillis: 30_000 }) } },
    { title: 'an HTTP API is hardly to wait', at: 'Route/Properties/TimeoutInMillis', resources: { Orders: fn(), Api: httpApi('HTTP'), Route: httpIntegration({ TimeoutInMillis: 5 }) } },
  ],

  * check(app) {
    for (const integration of apiIntegrations(app)) {
      const { resource, path, protocol, timeout } = integration;
      const most = MAX_INTEGRATION_TIMEOUT[protocol];
      if (typeof timeout !== 'number' || (timeout >= MIN_INTEGRATION_TIMEOUT && (timeout <= most || mayBeRaised(integration)))) continue;
      // the CDK's own validation knows the least of REST APIs
      if (protocol === 'REST' && timeout < MIN_INTEGRATION_TIMEOUT) continue;
      const name = resource.type === 'AWS::ApiGateway::Method' || resource.type === 'AWS::ApiGatewayV2::Integration' ? 'TimeoutInMillis' : 'timeoutInMillis';
      const range = `${MIN_INTEGRATION_TIMEOUT} to ${most.toLocaleString('en-US')} milliseconds`;
      yield { resource, path: `${path}/${name}`, message: `what ${resource.label} waits for an answer must be ${range}, got ${timeout.toLocaleString('en-US')}` };
    }
  },
};

function mayBeRaised({ protocol, api, mayTakeLonger }: ApiIntegration): boolean {
  if (protocol !== 'REST') return false;
  return mayTakeLonger || api?.type !== 'AWS::ApiGateway::RestApi' || !isEdgeOptimized(api);
}

/** What a REST API is unless it says otherwise. */
function isEdgeOptimized(api: NonNullable<ApiIntegration['api']>): boolean {
  const types = api.value('EndpointConfiguration.Types');
  return types.kind === 'absent' ? api.raw('Parameters').kind === 'absent' && api.raw('EndpointConfiguration').kind === 'absent' : JSON.stringify(valueOf(types)) === '["EDGE"]';
}
