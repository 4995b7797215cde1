import { fn, mapping, queue } from './examples';
import { mappingsOf } from '../../model/mappings';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const MAXIMUM = 'ScalingConfig.MaximumConcurrency';

function scaled(concurrency: object | number): ReturnType<typeof mapping> {
  return mapping({ ScalingConfig: { MaximumConcurrency: concurrency as number } });
}

/** Lambda looks at one mapping: of several together, another rule warns. */
export const queueConcurrencyIsReserved: Rule = {
  id: 'queue-concurrency-is-reserved',
  title: 'The maximum concurrency of a queue is within the reserved concurrency of its function',
  severity: 'fatal',
  why: 'Lambda refuses the mapping: "MaximumConcurrency: 100 is greater than Function Reserved Concurrency: 5"',
  fix: 'lower the maximum concurrency of the mapping, or raise the reserved concurrency of the function',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html',
  answers: ['MaximumConcurrency: 100 is greater than Function Reserved Concurrency: 5'],
  since: '0.1.0',

  valid: [
    { title: 'as much as is reserved', resources: { Orders: fn({ ReservedConcurrentExecutions: 10 }), Source: queue(), Mapping: scaled(10) } },
    { title: 'nothing reserved', resources: { Orders: fn(), Source: queue(), Mapping: scaled(1000) } },
    { title: 'as much as a parameter says', resources: { Orders: fn({ ReservedConcurrentExecutions: { Ref: 'Reserved' } }), Source: queue(), Mapping: scaled(10) } },
    { title: 'a maximum that a parameter says', resources: { Orders: fn({ ReservedConcurrentExecutions: 2 }), Source: queue(), Mapping: scaled({ Ref: 'Most' }) } },
  ],
  invalid: [
    { title: 'more than is reserved', at: 'Mapping/Properties/ScalingConfig/MaximumConcurrency', resources: { Orders: fn({ ReservedConcurrentExecutions: '10' }), Source: queue(), Mapping: scaled(11) } },
  ],

  * check(app) {
    for (const { resource, kind, target } of mappingsOf(app)) {
      const [most, reserved] = [valueOf(resource.number(MAXIMUM)), target && valueOf(target.fn.number('ReservedConcurrentExecutions'))];
      // a function that is switched off is another matter, of which another rule tells
      if (kind !== 'queue' || most === undefined || !reserved || most <= reserved) continue;
      yield { resource, path: `Properties/${MAXIMUM.replace('.', '/')}`, message: `maximum concurrency must be at most the ${reserved} that are reserved for ${target!.fn.label}, got ${most}` };
    }
  },
};
