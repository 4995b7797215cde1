import { alias, fn, numberOf, rule, version } from './examples';
import { PUBLISHED, startsFromSnapshots } from './snapshots';
import { callsInWords } from './words';
import { wiringOf } from '../../model/iam/resource-policy';
import { isUnpublished } from '../../model/releases';
import { callsOf } from '../../model/triggers/uses';
import { Rule } from '../rule';

const SNAP = fn({ SnapStart: { ApplyOn: PUBLISHED } });
const WITH_ALIAS = { Orders: SNAP, V1: version(), Live: alias(numberOf('V1')) };

/** That there is no version at all, the CDK says itself (W2530). */
export const snapstartVersionIsCalled: Rule = {
  id: 'snapstart-version-is-called',
  title: 'What calls a function with SnapStart calls a version or an alias',
  severity: 'warning',
  why: 'snapshots are of published versions: $LATEST starts as slowly as without SnapStart',
  fix: 'hand the alias to what calls (`new LambdaFunction(alias)`)',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html',
  since: '0.1.0',

  valid: [
    { title: 'the alias is called', resources: { ...WITH_ALIAS, Nightly: rule({ Ref: 'Live' }) } },
    { title: 'no SnapStart', resources: { ...WITH_ALIAS, Orders: fn(), Nightly: rule() } },
    { title: 'there is no version', resources: { Orders: SNAP, Nightly: rule() } },
    { title: 'a function that a parameter names', resources: { ...WITH_ALIAS, Nightly: rule({ Ref: 'OrdersArn' }) } },
  ],
  invalid: [
    { title: '$LATEST is called', at: 'Orders/Properties/SnapStart', resources: { ...WITH_ALIAS, Nightly: rule(), Hourly: rule({ Ref: 'Live' }) } },
    { title: 'an alias of $LATEST is called', at: 'Orders/Properties/SnapStart', resources: { ...WITH_ALIAS, Beta: alias('$LATEST', { Name: 'beta' }), Nightly: rule({ Ref: 'Beta' }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      if (!startsFromSnapshots(resource) || wiringOf(app).versions(resource).length === 0) continue;
      const slow = callsOf(resource).filter(isUnpublished);
      if (slow.length === 0) continue;
      yield { resource, path: 'Properties/SnapStart', message: `what calls ${resource.label}, which has SnapStart, must be wired to a version or an alias of one, got ${callsInWords(slow)}` };
    }
  },
};
