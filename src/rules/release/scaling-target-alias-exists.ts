import { alias, ORDERS, provisioned, scaled } from './examples';
import { ALIAS_NAME } from '../../limits/alias';
import { wiringOf } from '../../model/iam/resource-policy';
import { aliasNamed } from '../../model/releases';
import { scalingTargets } from '../../model/scaling';
import { valueOf } from '../../model/value';
import { LATEST } from '../../model/wiring';
import { Rule } from '../rule';

export const scalingTargetAliasExists: Rule = {
  id: 'scaling-target-alias-exists',
  title: 'The alias whose provisioned concurrency is scaled is one of the function',
  severity: 'warning',
  why: 'there is nothing to scale, unless somebody makes the alias elsewhere',
  fix: 'name an alias that the app makes; `alias.addAutoScaling()` does',
  source: 'https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html',
  since: '0.1.0',

  valid: [
    { title: 'an alias of the function', resources: { Orders: ORDERS, Live: alias('1', provisioned()), Target: scaled() } },
    { title: 'a version by its number', resources: { Orders: ORDERS, Target: scaled({ 'Fn::Sub': 'function:${Orders}:7' }) } },
    { title: 'a function that is not in this app', resources: { Target: scaled('function:orders:live') } },
    { title: 'an alias whose name a parameter decides', resources: { Orders: ORDERS, Live: alias('1', { Name: { Ref: 'Stage' } }), Target: scaled() } },
  ],
  invalid: [
    { title: 'the function has another alias', at: 'Target/Properties/ResourceId', resources: { Orders: ORDERS, Beta: alias('1', { Name: 'beta' }), Target: scaled() } },
  ],

  * check(app) {
    for (const { resource, named } of scalingTargets(app)) {
      const { fn, qualifier } = named ?? { qualifier: LATEST };
      if (!fn || qualifier === LATEST || !ALIAS_NAME.test(qualifier)) continue;
      const { alias: found, isSure } = aliasNamed(fn, qualifier);
      if (found || !isSure) continue;
      const others = wiringOf(app).aliases(fn).flatMap((other) => valueOf(other.text('Name')) ?? []);
      yield { resource, path: 'Properties/ResourceId', message: `the alias that is scaled must be one of ${fn.label} (${others.join(', ') || 'it has none'}), got ${qualifier}` };
    }
  },
};
