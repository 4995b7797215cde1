import { alias, ORDERS } from './examples';
import { routings } from '../../model/releases';
import type { Resource } from '../../model/resource';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

export const aliasNamesDiffer: Rule = {
  id: 'alias-names-differ',
  title: 'The aliases of a function have different names',
  severity: 'fatal',
  why: 'Lambda refuses the second one, in whichever stack it is',
  fix: 'drop one of them, or give it a name of its own',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html',
  answers: ['Alias already exists: arn:<partition>:lambda:<region>:111111111111:function:<function-name:1>:custom'],
  since: '0.1.0',

  valid: [
    { title: 'two names', resources: { Orders: ORDERS, Live: alias('1'), Beta: alias('2', { Name: 'beta' }) } },
    { title: 'the same name for two functions', resources: { Orders: ORDERS, Other: ORDERS, Live: alias('1'), LiveOfOther: alias('1', { FunctionName: { Ref: 'Other' } }) } },
    { title: 'names differ in their case', resources: { Orders: ORDERS, Live: alias('1'), Second: alias('1', { Name: 'Live' }) } },
    { title: 'a name that a parameter decides', resources: { Orders: ORDERS, Live: alias('1'), Second: alias('1', { Name: { Ref: 'Stage' } }) } },
    { title: 'a function that parameters name', resources: { Live: alias('1', { FunctionName: { Ref: 'One' } }), Second: alias('1', { FunctionName: { Ref: 'Two' } }) } },
    { title: 'one of two, by conditions', resources: { Orders: ORDERS, Live: { ...alias('1'), Condition: 'IsTest' }, Second: { ...alias('2'), Condition: 'IsProduction' } } },
  ],
  invalid: [
    { title: 'two have one name', at: 'Second/Properties/Name', resources: { Orders: ORDERS, Live: alias('1'), Second: alias('2', { FunctionName: { 'Fn::GetAtt': ['Orders', 'Arn'] } }) } },
    { title: 'two have one name, under one condition', at: 'Second/Properties/Name', resources: { Orders: ORDERS, Live: { ...alias('1'), Condition: 'IsTest' }, Second: { ...alias('2'), Condition: 'IsTest' } } },
  ],

  * check(app) {
    const seen: { readonly alias: Resource; readonly fn: Resource; readonly name: string }[] = [];
    for (const { alias: resource, fn } of routings(app)) {
      const name = valueOf(resource.text('Name'));
      if (!fn || name === undefined) continue;
      const first = seen.find((other) => other.fn === fn && other.name === name && surelyBoth(other.alias, resource));
      if (first) yield { resource, path: 'Properties/Name', message: `the name of an alias of ${fn.label} must be its own, got ${name}, which ${first.alias.label} has` };
      else seen.push({ alias: resource, fn, name });
    }
  },
};

/** Conditions are those of one template: the same name means nothing across stacks. */
function surelyBoth(one: Resource, other: Resource): boolean {
  return one.condition === other.condition && (one.condition === undefined || one.stack === other.stack);
}
