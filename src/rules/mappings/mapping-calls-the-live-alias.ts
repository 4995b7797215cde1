import { LIVE, mapping, ORDERS, queue } from './examples';
import { isConditional } from '../../model/concurrency';
import { wiringOf } from '../../model/iam/resource-policy';
import { mappingsOf } from '../../model/mappings';
import { LATEST } from '../../model/wiring';
import { Rule } from '../rule';

const BASE = { Orders: ORDERS, Live: LIVE, Source: queue() };

export const mappingCallsTheLiveAlias: Rule = {
  id: 'mapping-calls-the-live-alias',
  title: 'Functions with an alias are read for by that alias',
  severity: 'warning',
  why: 'without a qualifier, records go to $LATEST: past the alias with its provisioned concurrency, its shifting of traffic and its way back',
  fix: 'name the alias in the mapping; with the CDK, call addEventSource() of the alias',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html',
  since: '0.1.0',

  valid: [
    { title: 'the alias', resources: { ...BASE, Mapping: mapping({ FunctionName: { Ref: 'Live' } }) } },
    { title: 'no alias', resources: { Orders: ORDERS, Source: queue(), Mapping: mapping() } },
    { title: 'an alias under a condition', resources: { ...BASE, Live: { ...LIVE, Condition: 'IsProd' }, Mapping: mapping() } },
    { title: 'a name with a qualifier that a parameter says', resources: { ...BASE, Mapping: mapping({ FunctionName: { 'Fn::Sub': '${Orders}:${Stage}' } }) } },
    { title: 'a function that a parameter names', resources: { ...BASE, Mapping: mapping({ FunctionName: { Ref: 'FunctionName' } }) } },
  ],
  invalid: [
    { title: 'the name of the function', at: 'Mapping/Properties/FunctionName', resources: { ...BASE, Mapping: mapping() } },
    { title: 'the ARN of the function', at: 'Mapping/Properties/FunctionName', resources: { ...BASE, Mapping: mapping({ FunctionName: { 'Fn::GetAtt': ['Orders', 'Arn'] } }) } },
  ],

  * check(app) {
    for (const { resource, target } of mappingsOf(app)) {
      if (target?.qualifier !== LATEST) continue;
      const alias = wiringOf(app).aliases(target.fn).find((one) => !isConditional(one.stack, one));
      if (alias) yield { resource, path: 'Properties/FunctionName', message: `function of a mapping must be its alias ${alias.label}, got $LATEST of ${target.fn.label}` };
    }
  },
};
