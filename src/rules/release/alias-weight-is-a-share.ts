import { numberOf, ORDERS, version, weighted } from './examples';
import { routings, versionInWords } from '../../model/releases';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

export const aliasWeightIsAShare: Rule = {
  id: 'alias-weight-is-a-share',
  title: 'The weight of a second version is between 0 and 1',
  severity: 'fatal',
  why: 'Lambda refuses the alias: weights are shares of the traffic, not percents',
  fix: 'write 10 % as 0.1',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_AliasRoutingConfiguration.html',
  answers: [
    "1 validation error detected: Value '{2=2.0}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]",
  ],
  since: '0.1.0',

  valid: [
    { title: 'none and all of the traffic', resources: { Orders: ORDERS, V1: version(), Live: weighted(numberOf('V1'), ['3', 0]), Beta: weighted(numberOf('V1'), ['3', '1.0']) } },
    { title: 'a weight that a parameter decides', resources: { Orders: ORDERS, Live: weighted('1', ['2', { Ref: 'Weight' }]) } },
  ],
  invalid: [
    { title: 'it is a percentage', at: 'Live/Properties/RoutingConfig/AdditionalVersionWeights/0/FunctionWeight', resources: { Orders: ORDERS, Live: weighted('1', ['2', 10]) } },
    { title: 'it is less than nothing', at: 'Live/Properties/RoutingConfig/AdditionalVersionWeights/0/FunctionWeight', resources: { Orders: ORDERS, Live: weighted('1', ['2', -0.1]) } },
  ],

  * check(app) {
    for (const { alias: resource, weights } of routings(app)) {
      for (const { path, version: second, share } of weights) {
        const got = valueOf(share);
        if (got === undefined || (got >= 0 && got <= 1)) continue;
        yield { resource, path: `${path}/FunctionWeight`, message: `the weight of ${versionInWords(second)} must be between 0 and 1, got ${got}` };
      }
    }
  },
};
