import { alias, fn, numberOf, provisioned, version } from './examples';
import { amountInWords } from './words';
import { leastProvisioned, provisionedOf } from '../../model/releases';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const RESERVED = fn({ ReservedConcurrentExecutions: 10 });
const BETA = alias('2', { Name: 'beta', ...provisioned(6) });

export const provisionedFitsReserved: Rule = {
  id: 'provisioned-fits-reserved',
  title: 'The provisioned concurrency of a function fits into its reserved concurrency',
  severity: 'fatal',
  why: 'Lambda refuses it: what is provisioned for all aliases and versions of a function is part of what is reserved for it',
  fix: 'reserve as much as is provisioned at least, and some more for $LATEST and bursts, or reserve nothing',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html',
  answers: [
    'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
    "ReservedConcurrentExecutions  1 should not be lower than function's total provisioned concurrency [2].",
  ],
  since: '0.1.0',

  valid: [
    { title: 'all of it', resources: { Orders: RESERVED, V1: version(), Live: alias(numberOf('V1'), provisioned(4)), Beta: BETA } },
    { title: 'nothing is reserved', resources: { Orders: fn(), Live: alias('1', provisioned(500)) } },
    { title: 'a parameter says how much is reserved', resources: { Orders: fn({ ReservedConcurrentExecutions: { Ref: 'Reserved' } }), Live: alias('1', provisioned(500)) } },
    { title: 'a parameter says how much is provisioned', resources: { Orders: RESERVED, Live: alias('1', provisioned({ Ref: 'Amount' })), Beta: BETA } },
    { title: 'a function that a parameter names', resources: { Orders: RESERVED, Live: alias('1', { FunctionName: { Ref: 'Name' }, ...provisioned(500) }) } },
    { title: 'one of two aliases, by conditions', resources: { Orders: RESERVED, Live: { ...alias('1', provisioned(6)), Condition: 'IsTest' }, Beta: { ...BETA, Condition: 'IsProduction' } } },
  ],
  invalid: [
    { title: 'two aliases have too much together', at: 'Orders/Properties/ReservedConcurrentExecutions', resources: { Orders: RESERVED, Live: alias('1', provisioned(5)), Beta: BETA } },
    { title: 'a version has too much', at: 'Orders/Properties/ReservedConcurrentExecutions', resources: { Orders: RESERVED, V1: version(provisioned('11')) } },
    { title: 'nothing may run', at: 'Orders/Properties/ReservedConcurrentExecutions', resources: { Orders: fn({ ReservedConcurrentExecutions: 0 }), Live: alias('1', provisioned(1)) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      const reserved = valueOf(resource.number('ReservedConcurrentExecutions'));
      if (reserved === undefined) continue;
      const parts = provisionedOf(resource);
      const sum = leastProvisioned(parts);
      if (sum <= reserved) continue;
      const each = parts.map((part) => `${amountInWords(part.amount)} on ${part.resource.label}`).join(', ');
      yield { resource, path: 'Properties/ReservedConcurrentExecutions', message: `reserved concurrency must be at least the ${sum} that are provisioned (${each}), got ${reserved}` };
    }
  },
};
