import { alias, ORDERS, provisioned, weighted } from './examples';
import { amountInWords } from './words';
import { PROVISIONED, provisionedIn, routings } from '../../model/releases';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const BOTH: JsonObject = { ...provisioned(), RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: '1', FunctionWeight: 0.1 }] } };

/**
 * The CDK warns of it (F3020) and goes on. `error`, not `fatal`: on an alias that is there, Lambda takes weights once the
 * provisioned concurrency is in place.
 */
export const weightedAliasIsNotProvisioned: Rule = {
  id: 'weighted-alias-is-not-provisioned',
  title: 'An alias has weights or provisioned concurrency, not both',
  severity: 'error',
  why: 'Lambda refuses it: "Alias with weights can not be used with Provisioned Concurrency"',
  fix: 'shift the traffic with CodeDeploy, which takes its weights back when it is done, or leave the provisioned concurrency out',
  source: 'https://github.com/aws/serverless-application-model/issues/1296',
  since: '0.1.0',

  valid: [
    { title: 'one alias each', resources: { Orders: ORDERS, Live: alias('1', provisioned()), Beta: weighted('2', ['1', 0.1]) } },
    { title: 'no weight in the list', resources: { Orders: ORDERS, Live: alias('1', { ...provisioned(), RoutingConfig: { AdditionalVersionWeights: [] } }) } },
    { title: 'weights that the deployment decides', resources: { Orders: ORDERS, Live: alias('1', { ...provisioned(), RoutingConfig: { Ref: 'Weights' } }) } },
  ],
  invalid: [
    { title: 'an alias has both', at: 'Live/Properties/ProvisionedConcurrencyConfig', resources: { Orders: ORDERS, Live: alias('2', BOTH) } },
  ],

  * check(app) {
    const shared = routings(app).filter(({ weights }) => weights.length > 0).map((routing) => routing.alias);
    for (const { resource, amount } of provisionedIn(app)) {
      if (!shared.includes(resource)) continue;
      yield { resource, path: PROVISIONED, message: `the provisioned concurrency of an alias with weights must be left out, got ${amountInWords(amount)}` };
    }
  },
};
