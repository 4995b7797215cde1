import { alias, numberOf, ORDERS, version, weighted } from './examples';
import { routings } from '../../model/releases';
import { LATEST } from '../../model/wiring';
import { Finding, Rule } from '../rule';

export const weightedVersionsArePublished: Rule = {
  id: 'weighted-versions-are-published',
  title: 'An alias shares its traffic between published versions',
  severity: 'fatal',
  why: 'Lambda refuses the alias',
  fix: 'publish a version (`fn.currentVersion`), and use its number in place of $LATEST',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html',
  answers: [
    '$LATEST is not supported for an alias pointing to more than 1 version',
    "1 validation error detected: Value '{$LATEST=0.5}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+]",
  ],
  since: '0.1.0',

  valid: [
    { title: 'both are published', resources: { Orders: ORDERS, V1: version(), Live: weighted(numberOf('V1'), ['1', 0.1]) } },
    { title: 'an alias of $LATEST shares nothing', resources: { Orders: ORDERS, Live: alias('$LATEST') } },
    { title: 'an alias of $LATEST with no weight in its list', resources: { Orders: ORDERS, Live: weighted('$LATEST') } },
    { title: 'a version that a parameter names', resources: { Orders: ORDERS, Live: weighted({ Ref: 'Stable' }, ['2', 0.1]) } },
  ],
  invalid: [
    { title: 'the alias points to $LATEST', at: 'Live/Properties/FunctionVersion', resources: { Orders: ORDERS, V1: version(), Live: weighted('$LATEST', [numberOf('V1'), 0.5]) } },
    { title: 'the second version is $LATEST', at: 'Live/Properties/RoutingConfig/AdditionalVersionWeights/0/FunctionVersion', resources: { Orders: ORDERS, V1: version(), Live: weighted(numberOf('V1'), ['$LATEST', 0.5]) } },
  ],

  check: (app) => routings(app).flatMap(({ alias: resource, version: first, weights }): Finding[] => {
    if (weights.length === 0) return [];
    const both = [{ path: 'Properties/FunctionVersion', name: first }, ...weights.map((weight) => ({ path: `${weight.path}/FunctionVersion`, name: weight.version }))];
    return both.filter(({ name }) => name.kind === 'latest').map(({ path }) => (
      { resource, path, message: `a version that shares the traffic of an alias must be a published one, got ${LATEST}` }
    ));
  }),
};
