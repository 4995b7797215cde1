import { fn, httpApi, httpIntegration, method, openApi, restApi } from './examples';
import { apiIntegrations } from '../../model/triggers/api-integrations';
import { Rule } from '../rule';

export const integrationMethodIsPost: Rule = {
  id: 'integration-method-is-post',
  title: 'REST APIs call functions by POST',
  severity: 'error',
  why: 'Lambda takes no other method for an invocation, whatever the method is that the client sends: each request fails, with an error of status 500 or "Unable to determine service/operation name to be authorized"',
  fix: 'set the method of the integration to `POST`; that of the route stays as it is',
  source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-integrations.html',
  since: '0.1.0',

  valid: [
    { title: 'a method of a REST API', resources: { Orders: fn(), Api: restApi(), Get: method() } },
    { title: 'a method that a parameter names', resources: { Orders: fn(), Api: restApi(), Get: method({ IntegrationHttpMethod: { Ref: 'Method' } }) } },
    { title: 'an OpenAPI document', resources: { Orders: fn(), Api: openApi({ httpMethod: 'post' }) } },
    { title: 'an HTTP API', resources: { Orders: fn(), Api: httpApi('HTTP'), Route: httpIntegration({ IntegrationMethod: 'GET' }) } },
    { title: 'what is called is no function', resources: { Orders: fn(), Api: restApi(), Get: method({ Uri: 'https://example.com', Type: 'HTTP_PROXY', IntegrationHttpMethod: 'GET' }) } },
  ],
  invalid: [
    { title: 'a method of a REST API calls by GET', at: 'Get/Properties/Integration/IntegrationHttpMethod', resources: { Orders: fn(), Api: restApi(), Get: method({ IntegrationHttpMethod: 'GET' }) } },
    { title: 'an OpenAPI document does', at: 'Api/Properties/Body/paths//orders/get/x-amazon-apigateway-integration/httpMethod', resources: { Orders: fn(), Api: openApi({ httpMethod: 'GET' }) } },
  ],

  * check(app) {
    for (const { resource, protocol, method: called } of apiIntegrations(app)) {
      // of the other kinds, AWS does not say that the method matters
      if (protocol !== 'REST' || !called || called.name.toUpperCase() === 'POST') continue;
      yield { resource, path: called.path, message: `the method by which ${resource.label} calls a function must be POST, got ${called.name}` };
    }
  },
};
