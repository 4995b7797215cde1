import { alias, numberOf, ORDERS, version, weighted } from './examples';
import { routings, versionInWords } from '../../model/releases';
import { Rule } from '../rule';

export const aliasHasOneAdditionalVersion: Rule = {
  id: 'alias-has-one-additional-version',
  title: 'An alias shares its traffic between two versions at most',
  severity: 'fatal',
  why: 'Lambda refuses the alias',
  fix: 'leave one version in `additionalVersions`, beside the one that the alias points to',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html',
  answers: ['Number of items in AdditionalVersionWeights cannot be greater than 1'],
  since: '0.1.0',

  valid: [
    { title: 'two versions', resources: { Orders: ORDERS, V1: version(), Live: weighted(numberOf('V1'), ['3', 0.1]) } },
    { title: 'one version', resources: { Orders: ORDERS, Live: alias('1') } },
    { title: 'a list that the deployment decides', resources: { Orders: ORDERS, Live: alias('1', { RoutingConfig: { AdditionalVersionWeights: { Ref: 'Weights' } } }) } },
    { title: 'one of two, by a condition', resources: { Orders: ORDERS, Live: alias('1', { RoutingConfig: { AdditionalVersionWeights: [{ 'Fn::If': ['IsTest', { Ref: 'AWS::NoValue' }, { FunctionVersion: '2', FunctionWeight: 0.1 }] }, { FunctionVersion: '3', FunctionWeight: 0.1 }] } }) } },
  ],
  invalid: [
    { title: 'there are three versions', at: 'Live/Properties/RoutingConfig/AdditionalVersionWeights', resources: { Orders: ORDERS, Live: weighted('1', ['2', 0.1], ['3', 0.1]) } },
  ],

  * check(app) {
    for (const { alias: resource, weights } of routings(app)) {
      if (weights.length <= 1) continue;
      const got = weights.map((weight) => versionInWords(weight.version)).join(', ');
      yield { resource, path: 'Properties/RoutingConfig/AdditionalVersionWeights', message: `the versions beside the one that the alias points to must be one at most, got ${weights.length} (${got})` };
    }
  },
};
