import { alias, CODE_DEPLOY, ORDERS, shifted, version, weighted } from './examples';
import { routings } from '../../model/releases';
import { trafficShifts } from '../../model/traffic-shifts';
import { Rule } from '../rule';

const WEIGHTS = { RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: '1', FunctionWeight: 0.1 }] } };

export const shiftedAliasHasNoWeights: Rule = {
  id: 'shifted-alias-has-no-weights',
  title: 'An alias has weights of its own or CodeDeploy shifts its traffic, not both',
  severity: 'warning',
  why: 'CodeDeploy writes the weights while it shifts, and takes them away at the end: those of the template are lost or in its way',
  fix: 'leave `additionalVersions` out and say in the deployment configuration how the traffic moves',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html',
  since: '0.1.0',

  valid: [
    { title: 'CodeDeploy alone', resources: { Orders: ORDERS, V1: version(), Live: shifted(), ...CODE_DEPLOY } },
    { title: 'weights alone', resources: { Orders: ORDERS, Live: weighted('2', ['1', 0.1]), Beta: alias('1', { Name: 'beta' }) } },
    { title: 'weights that the deployment decides', resources: { Orders: ORDERS, V1: version(), Live: shifted({}, { RoutingConfig: { Ref: 'Weights' } }), ...CODE_DEPLOY } },
  ],
  invalid: [
    { title: 'there is both', at: 'Live/Properties/RoutingConfig', resources: { Orders: ORDERS, V1: version(), Live: shifted({}, WEIGHTS), ...CODE_DEPLOY } },
  ],

  * check(app) {
    const shiftedAliases = new Set(trafficShifts(app).map((shift) => shift.alias));
    for (const { alias: resource, weights } of routings(app)) {
      if (weights.length === 0 || !shiftedAliases.has(resource)) continue;
      yield { resource, path: 'Properties/RoutingConfig', message: `the weights of an alias whose traffic CodeDeploy shifts must be left out, got ${weights.length}` };
    }
  },
};
