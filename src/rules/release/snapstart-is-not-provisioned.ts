import { alias, fn, numberOf, provisioned, version } from './examples';
import { PUBLISHED, startsFromSnapshots } from './snapshots';
import { amountInWords } from './words';
import { PROVISIONED, provisionedIn, routings } from '../../model/releases';
import { Rule } from '../rule';

const SNAP = fn({ SnapStart: { ApplyOn: PUBLISHED } });

export const snapstartIsNotProvisioned: Rule = {
  id: 'snapstart-is-not-provisioned',
  title: 'A function has SnapStart or provisioned concurrency, not both',
  severity: 'fatal',
  why: 'Lambda refuses provisioned concurrency of a version that has SnapStart',
  fix: 'keep SnapStart for starts that are fast enough and cost little, or provisioned concurrency for none at all',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html',
  since: '0.1.0',

  valid: [
    { title: 'SnapStart alone', resources: { Orders: SNAP, V1: version(), Live: alias(numberOf('V1')) } },
    { title: 'provisioned concurrency alone', resources: { Orders: fn({ SnapStart: { ApplyOn: 'None' } }), V1: version(), Live: alias(numberOf('V1'), provisioned()) } },
    { title: 'SnapStart as a parameter says', resources: { Orders: fn({ SnapStart: { ApplyOn: { Ref: 'ApplyOn' } } }), Live: alias('1', provisioned()) } },
    { title: 'a number of a version, which may be older than SnapStart', resources: { Orders: SNAP, Live: alias('1', provisioned()) } },
  ],
  invalid: [
    { title: 'an alias has provisioned concurrency', at: 'Live/Properties/ProvisionedConcurrencyConfig', resources: { Orders: SNAP, V1: version(), Live: alias(numberOf('V1'), provisioned()) } },
    { title: 'a version has it', at: 'V1/Properties/ProvisionedConcurrencyConfig', resources: { Orders: SNAP, V1: version(provisioned()) } },
  ],

  * check(app) {
    const published = routings(app).filter(({ version: name }) => name.kind === 'published').map((routing) => routing.alias);
    for (const { resource, fn: owner, amount } of provisionedIn(app)) {
      const isNew = resource.type === 'AWS::Lambda::Version' || published.includes(resource);
      if (!owner || !startsFromSnapshots(owner) || !isNew) continue;
      yield { resource, path: PROVISIONED, message: `the provisioned concurrency of ${owner.label}, which has SnapStart, must be left out, got ${amountInWords(amount)}` };
    }
  },
};
