import { alias, numberOf, ORDERS, provisioned, version } from './examples';
import { amountInWords } from './words';
import { PROVISIONED, provisionedIn } from '../../model/releases';
import { Rule } from '../rule';

export const provisionedIsOnAlias: Rule = {
  id: 'provisioned-is-on-alias',
  title: 'Provisioned concurrency is on an alias rather than on a version',
  severity: 'warning',
  why: 'a version cannot be changed: another amount replaces it, which fails as long as the code is the same, and each old version that is retained keeps its own and costs on',
  fix: 'give it to the alias (`provisionedConcurrentExecutions` of `addAlias`), and wire what calls to the alias',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-version.html',
  since: '0.1.0',

  valid: [
    { title: 'on an alias', resources: { Orders: ORDERS, V1: version(), Live: alias(numberOf('V1'), provisioned()) } },
    { title: 'on a version, by a condition', resources: { Orders: ORDERS, V1: version({ ProvisionedConcurrencyConfig: { 'Fn::If': ['IsTest', { Ref: 'AWS::NoValue' }, provisioned().ProvisionedConcurrencyConfig!] } }) } },
  ],
  invalid: [
    { title: 'on a version', at: 'V1/Properties/ProvisionedConcurrencyConfig', resources: { Orders: ORDERS, V1: version(provisioned()) } },
  ],

  * check(app) {
    for (const { resource, amount } of provisionedIn(app)) {
      if (resource.type !== 'AWS::Lambda::Version') continue;
      yield { resource, path: PROVISIONED, message: `provisioned concurrency must be on an alias to be changed without a new version, got ${amountInWords(amount)} on version ${resource.label}` };
    }
  },
};
