import { numberOf, ORDERS, version, weighted } from './examples';
import { isSameVersion, routings, versionInWords } from '../../model/releases';
import { Rule } from '../rule';

export const weightedVersionsDiffer: Rule = {
  id: 'weighted-versions-differ',
  title: 'An alias shares its traffic between two different versions',
  severity: 'fatal',
  why: 'Lambda refuses the alias',
  fix: 'give the other version in `additionalVersions`, or leave the weights out',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html',
  answers: ['Invalid function version 1. Function version 1 is already included in routing configuration.'],
  since: '0.1.0',

  valid: [
    { title: 'two numbers', resources: { Orders: ORDERS, Live: weighted('2', ['1', 0.1]) } },
    { title: 'two versions of this app', resources: { Orders: ORDERS, V1: version(), V2: version(), Live: weighted(numberOf('V2'), [numberOf('V1'), 0.1]) } },
    { title: 'a version of this app, and a number', resources: { Orders: ORDERS, V1: version(), Live: weighted(numberOf('V1'), ['1', 0.1]) } },
    { title: 'two that parameters name', resources: { Orders: ORDERS, Live: weighted({ Ref: 'Stable' }, [{ Ref: 'Canary' }, 0.1]) } },
  ],
  invalid: [
    { title: 'both have one number', at: 'Live/Properties/RoutingConfig/AdditionalVersionWeights/0/FunctionVersion', resources: { Orders: ORDERS, Live: weighted('1', ['1', 0.1]) } },
    { title: 'both are one version of this app', at: 'Live/Properties/RoutingConfig/AdditionalVersionWeights/0/FunctionVersion', resources: { Orders: ORDERS, V1: version(), Live: weighted(numberOf('V1'), [{ 'Fn::Sub': '${V1.Version}' }, 0.1]) } },
  ],

  * check(app) {
    for (const { alias: resource, version: first, weights } of routings(app)) {
      for (const { path, version: second } of weights) {
        if (second.kind === 'latest' || !isSameVersion(first, second)) continue;
        yield { resource, path: `${path}/FunctionVersion`, message: `the second version of an alias must be another one than the first, got ${versionInWords(second)} for both` };
      }
    }
  },
};
