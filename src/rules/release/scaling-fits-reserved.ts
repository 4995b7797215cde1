import { alias, fn, provisioned, scaled } from './examples';
import { scalingTargets } from '../../model/scaling';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const LIVE = alias('1', provisioned());

export const scalingFitsReserved: Rule = {
  id: 'scaling-fits-reserved',
  title: 'Provisioned concurrency is scaled within the reserved concurrency of the function',
  severity: 'warning',
  why: 'Lambda refuses to provision more than is reserved: the scaling stops there, at the hour when it is needed',
  fix: 'raise `reservedConcurrentExecutions` or lower `maxCapacity`',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html',
  answers: ['Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function'],
  since: '0.1.0',

  valid: [
    { title: 'up to what is reserved', resources: { Orders: fn({ ReservedConcurrentExecutions: 10 }), Live: LIVE, Target: scaled() } },
    { title: 'nothing is reserved', resources: { Orders: fn(), Live: LIVE, Target: scaled() } },
    { title: 'as far as a parameter says', resources: { Orders: fn({ ReservedConcurrentExecutions: 5 }), Live: LIVE, Target: scaled(undefined, { Ref: 'Max' }) } },
  ],
  invalid: [
    { title: 'beyond what is reserved', at: 'Target/Properties/MaxCapacity', resources: { Orders: fn({ ReservedConcurrentExecutions: 9 }), Live: LIVE, Target: scaled() } },
  ],

  * check(app) {
    for (const { resource, named } of scalingTargets(app)) {
      const owner = named?.fn;
      const reserved = owner && valueOf(owner.number('ReservedConcurrentExecutions'));
      const max = valueOf(resource.number('MaxCapacity'));
      if (!owner || reserved === undefined || max === undefined || max <= reserved) continue;
      yield { resource, path: 'Properties/MaxCapacity', message: `the most that is provisioned must be at most the ${reserved} that are reserved for ${owner.label}, got ${max}` };
    }
  },
};
