import { alias, fn, numberOf, ORDERS_ARN, provisioned, version } from './examples';
import { PUBLISHED, startsFromSnapshots } from './snapshots';
import { PROVISIONED, provisionedOf } from '../../model/releases';
import type { Resource } from '../../model/resource';
import { JsonObject } from '../../model/template';
import { valueOf } from '../../model/value';
import { targetOf } from '../../model/wiring';
import { Finding, Rule } from '../rule';

const TENANTS = { TenancyConfig: { TenantIsolationMode: 'PER_TENANT' } };
const URL: JsonObject = { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: ORDERS_ARN, AuthType: 'AWS_IAM' } };

/** The CDK's own classes refuse it where they know the function, the resources themselves (`CfnUrl`, `CfnAlias`, `CfnInclude`) do not. */
export const tenantIsolationFitsFunction: Rule = {
  id: 'tenant-isolation-fits-function',
  title: 'A function that isolates its tenants has no URL, no provisioned concurrency and no SnapStart',
  severity: 'fatal',
  why: 'Lambda refuses it: environments are of one tenant each, and are made when a tenant calls',
  fix: 'call it through API Gateway or directly, and leave provisioned concurrency and SnapStart out',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation.html',
  answers: [
    'Function URL is not supported for functions enabled with tenancy configuration.',
    'Provisioned concurrency is not supported for functions enabled with tenancy configuration.',
    'SnapStart is not supported for functions enabled with tenancy configuration.',
  ],
  since: '0.1.0',

  valid: [
    { title: 'an alias', resources: { Orders: fn(TENANTS), V1: version(), Live: alias(numberOf('V1')) } },
    { title: 'a function without tenants', resources: { Orders: fn(), V1: version(), Live: alias(numberOf('V1'), provisioned()), Url: URL } },
    { title: 'tenants as a parameter says', resources: { Orders: fn({ TenancyConfig: { Ref: 'Tenancy' }, SnapStart: { ApplyOn: PUBLISHED } }), Url: URL } },
  ],
  invalid: [
    { title: 'there is a URL', at: 'Url/Properties/TargetFunctionArn', resources: { Orders: fn(TENANTS), Url: URL } },
    { title: 'an alias has provisioned concurrency', at: 'Live/Properties/ProvisionedConcurrencyConfig', resources: { Orders: fn(TENANTS), Live: alias('1', provisioned()) } },
    { title: 'there is SnapStart', at: 'Orders/Properties/SnapStart', resources: { Orders: fn({ ...TENANTS, SnapStart: { ApplyOn: PUBLISHED } }) } },
  ],

  check(app) {
    const isolating = app.ofType('AWS::Lambda::Function').filter((one) => valueOf(one.text('TenancyConfig.TenantIsolationMode')) === 'PER_TENANT');
    const urls = isolating.length === 0 ? [] : app.ofType('AWS::Lambda::Url').map((url) => ({ url, owner: targetOf(url.reference('TargetFunctionArn'))?.fn }));
    return isolating.flatMap((owner) => [
      ...urls.filter((one) => one.owner === owner).map(({ url }) => finding(url, 'Properties/TargetFunctionArn', { owner, got: 'a URL' })),
      ...provisionedOf(owner).map(({ resource }) => finding(resource, PROVISIONED, { owner, got: 'provisioned concurrency' })),
      ...startsFromSnapshots(owner) ? [finding(owner, 'Properties/SnapStart', { owner, got: 'SnapStart' })] : [],
    ]);
  },
};

function finding(resource: Resource, path: string, { owner, got }: { readonly owner: Resource; readonly got: string }): Finding {
  return { resource, path, message: `function ${owner.label}, which isolates its tenants, must be without URL, provisioned concurrency and SnapStart, got ${got}` };
}
