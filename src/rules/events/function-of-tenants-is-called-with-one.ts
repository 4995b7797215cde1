import { fn, method, ORDERS_ARN, restApi, uri } from './examples';
import { JsonObject } from '../../model/template';
import { callsOf, Use } from '../../model/triggers/uses';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const TENANTS = fn({ TenancyConfig: { TenantIsolationMode: 'PER_TENANT' } });
const MAPPING: JsonObject = { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'Orders' }, EventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:orders' } };

function rule(arn: JsonObject): JsonObject {
  return { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 hour)', Targets: [{ Id: 'Orders', Arn: arn }] } };
}

/** Services that may say a tenant: a REST API in a header, and whoever calls a URL, of which another rule tells. */
const MAY_NAME_TENANTS = new Set(['apigateway.amazonaws.com', '*']);

/** The CDK's own sources refuse it where they know the function. */
export const functionOfTenantsIsCalledWithOne: Rule = {
  id: 'function-of-tenants-is-called-with-one',
  title: 'A function that isolates its tenants is not called by what names no tenant',
  severity: 'error',
  why: 'each call of the function must name a tenant, which mappings and services that send events do not: Lambda refuses the mapping, or every call',
  fix: 'let another function take the events, which calls this one with the tenant of each; or call it through a REST API',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation-invoke.html',
  since: '0.1.0',

  valid: [
    { title: 'a REST API', resources: { Orders: TENANTS, Api: restApi(), Method: method({ Uri: uri() }) } },
    { title: 'a function without tenants', resources: { Orders: fn(), Mapping: MAPPING, Rule: rule(ORDERS_ARN) } },
    { title: 'tenants as a parameter says', resources: { Orders: fn({ TenancyConfig: { Ref: 'Tenancy' } }), Mapping: MAPPING } },
    { title: 'a function that a parameter names', resources: { Orders: TENANTS, Rule: rule({ Ref: 'FunctionArn' }) } },
  ],
  invalid: [
    { title: 'a mapping', at: 'Mapping/Properties/FunctionName', resources: { Orders: TENANTS, Mapping: MAPPING } },
    { title: 'a rule of EventBridge', at: 'Rule/Properties/Targets/0/Arn', resources: { Orders: TENANTS, Rule: rule(ORDERS_ARN) } },
  ],

  * check(app) {
    const isolating = app.ofType('AWS::Lambda::Function').filter((one) => valueOf(one.text('TenancyConfig.TenantIsolationMode')) === 'PER_TENANT');
    for (const owner of isolating) {
      for (const { resource, path, caller } of callsOf(owner).filter(namesNoTenant)) {
        yield { resource, path, message: `function ${owner.label}, which isolates its tenants, must be called with a tenant, got ${caller ?? 'a mapping'}` };
      }
    }
  },
};

function namesNoTenant({ resource, caller }: Use): boolean {
  return resource.type === 'AWS::Lambda::EventSourceMapping' || (caller !== undefined && !MAY_NAME_TENANTS.has(caller));
}
