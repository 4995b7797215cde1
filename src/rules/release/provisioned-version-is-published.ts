import { alias, numberOf, ORDERS, provisioned, version } from './examples';
import { amountInWords } from './words';
import { PROVISIONED, provisionedIn, routings } from '../../model/releases';
import { LATEST } from '../../model/wiring';
import { Rule } from '../rule';

export const provisionedVersionIsPublished: Rule = {
  id: 'provisioned-version-is-published',
  title: 'Provisioned concurrency is for published versions',
  severity: 'fatal',
  why: 'Lambda refuses it: there is nothing to prepare as long as the code may change',
  fix: 'let the alias point to a version (`fn.currentVersion`)',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html',
  answers: [
    'Provisioned Concurrency Configs cannot be applied to unpublished function versions.',
    'The function resource provided must be an alias or a published version.',
  ],
  since: '0.1.0',

  valid: [
    { title: 'a published version', resources: { Orders: ORDERS, V1: version(), Live: alias(numberOf('V1'), provisioned()) } },
    { title: 'an alias of $LATEST without it', resources: { Orders: ORDERS, Live: alias('$LATEST', { ProvisionedConcurrencyConfig: { Ref: 'AWS::NoValue' } }) } },
    { title: 'a version that a parameter names', resources: { Orders: ORDERS, Live: alias({ Ref: 'Stable' }, provisioned()) } },
    { title: 'one of both, by a condition', resources: { Orders: ORDERS, Live: alias('$LATEST', { ProvisionedConcurrencyConfig: { 'Fn::If': ['IsTest', { Ref: 'AWS::NoValue' }, provisioned().ProvisionedConcurrencyConfig!] } }) } },
  ],
  invalid: [
    { title: 'the alias points to $LATEST', at: 'Live/Properties/ProvisionedConcurrencyConfig', resources: { Orders: ORDERS, Live: alias('$LATEST', provisioned()) } },
  ],

  * check(app) {
    const unpublished = routings(app).filter((routing) => routing.version.kind === 'latest').map((routing) => routing.alias);
    for (const { resource, amount } of provisionedIn(app)) {
      if (!unpublished.includes(resource)) continue;
      yield { resource, path: PROVISIONED, message: `the version of an alias with provisioned concurrency must be a published one, got ${LATEST} and provisioned concurrency of ${amountInWords(amount)}` };
    }
  },
};
