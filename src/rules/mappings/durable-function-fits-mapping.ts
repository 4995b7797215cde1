import { fn, LIVE, mapping, queue } from './examples';
import { LONGEST_MAPPED_EXECUTION } from '../../limits/mapping-parameters';
import { Mapping, mappingsOf } from '../../model/mappings';
import { isThere } from '../../model/presence';
import { intrinsic, isObject, isTransformed } from '../../model/template';
import { valueOf } from '../../model/value';
import { LATEST } from '../../model/wiring';
import { Finding, Rule } from '../rule';

const TIMEOUT = 'DurableConfig.ExecutionTimeout';

function durable(seconds: number): ReturnType<typeof fn> {
  return fn({ DurableConfig: { ExecutionTimeout: seconds } });
}

const BY_ALIAS = { Live: LIVE, Source: queue(), Mapping: mapping({ FunctionName: { Ref: 'Live' } }) };

/** Seen and told of without the words of AWS. Functions on instances of their own may take longer. */
export const durableFunctionFitsMapping: Rule = {
  id: 'durable-function-fits-mapping',
  title: 'Durable functions that Lambda polls for are named with a version or an alias, and end within 15 minutes',
  severity: 'fatal',
  why: 'Lambda refuses the mapping: it waits for the whole execution, and durable functions are invoked with a qualifier only',
  fix: 'name an alias in the mapping, and set ExecutionTimeout to 900 seconds or less; for more, let a function that is not durable start the execution asynchronously',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking-esm.html',
  since: '0.1.0',

  valid: [
    { title: 'an alias, and 15 minutes', resources: { Orders: durable(900), ...BY_ALIAS } },
    { title: '$LATEST, by its name', resources: { Orders: durable(60), Source: queue(), Mapping: mapping({ FunctionName: { 'Fn::Sub': '${Orders.Arn}:$LATEST' } }) } },
    { title: 'a function that is not durable', resources: { Orders: fn(), Source: queue(), Mapping: mapping() } },
    { title: 'a time that a parameter says', resources: { Orders: fn({ DurableConfig: { ExecutionTimeout: { Ref: 'Seconds' } } }), ...BY_ALIAS } },
    { title: 'a function that is durable or not', resources: { Orders: fn({ DurableConfig: { 'Fn::If': ['IsDurable', { ExecutionTimeout: 3600 }, { Ref: 'AWS::NoValue' }] } }), Source: queue(), Mapping: mapping() } },
    { title: 'an hour on instances of its own', resources: { Orders: fn({ DurableConfig: { ExecutionTimeout: 3600 }, CapacityProviderConfig: {} }), ...BY_ALIAS } },
  ],
  invalid: [
    { title: 'the name of the function', at: 'Mapping/Properties/FunctionName', resources: { Orders: durable(900), Source: queue(), Mapping: mapping() } },
    { title: 'an hour', at: 'Orders/Properties/DurableConfig/ExecutionTimeout', resources: { Orders: durable(3600), ...BY_ALIAS } },
  ],

  check: (app) => mappingsOf(app).flatMap(findingsIn),
};

function findingsIn({ resource, target }: Mapping): Finding[] {
  const config = target && valueOf(target.fn.raw('DurableConfig'));
  if (!target || !isObject(config) || intrinsic(config) || isTransformed(config)) return [];
  const seconds = valueOf(target.fn.number(TIMEOUT));
  const isLong = seconds !== undefined && seconds > LONGEST_MAPPED_EXECUTION && isThere(target.fn, 'CapacityProviderConfig') === false;
  return [
    ...target.qualifier === LATEST ? [{ resource, path: 'Properties/FunctionName', message: `durable function of a mapping must be named with a version or an alias, got ${target.fn.label} alone` }] : [],
    ...isLong ? [{ resource: target.fn, path: `Properties/${TIMEOUT.replace('.', '/')}`, message: `execution timeout of ${target.fn.label} must be at most ${LONGEST_MAPPED_EXECUTION} seconds for what Lambda polls for it, got ${seconds} seconds` }] : [],
  ];
}
