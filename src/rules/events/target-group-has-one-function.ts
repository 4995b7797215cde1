import { fn, LIVE, ORDERS_ARN } from './examples';
import { intrinsic, Json, JsonObject } from '../../model/template';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const BASE = { Orders: fn(), Live: LIVE };

function group(targets: Json, type: Json = 'lambda'): JsonObject {
  return { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { TargetType: type, Targets: targets } };
}

export const targetGroupHasOneFunction: Rule = {
  id: 'target-group-has-one-function',
  title: 'A target group of functions has one function',
  severity: 'error',
  why: 'a load balancer takes one function for each target group',
  fix: 'make a target group for each function, and share the requests between them with weights in the action of the listener, or call an alias that does so',
  source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html',
  since: '0.1.0',

  valid: [
    { title: 'one function', resources: { ...BASE, Group: group([{ Id: ORDERS_ARN }]) } },
    { title: 'two of which one is left out', resources: { ...BASE, Group: group([{ Id: ORDERS_ARN }, { Ref: 'AWS::NoValue' }]) } },
    { title: 'two of which a condition takes one', resources: { ...BASE, Group: group([{ Id: ORDERS_ARN }, { 'Fn::If': ['IsLive', { Id: { Ref: 'Live' } }, { Ref: 'AWS::NoValue' }] }]) } },
    { title: 'targets that a parameter names', resources: { ...BASE, Group: group({ Ref: 'Targets' }) } },
    { title: 'servers', resources: { ...BASE, Group: group([{ Id: 'i-1' }, { Id: 'i-2' }], 'instance') } },
  ],
  invalid: [
    { title: 'there are two', at: 'Group/Properties/Targets', resources: { ...BASE, Group: group([{ Id: ORDERS_ARN }, { Id: { Ref: 'Live' } }]) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::ElasticLoadBalancingV2::TargetGroup')) {
      if (valueOf(resource.text('TargetType')) !== 'lambda') continue;
      const targets = (valueOf(resource.list('Targets')) ?? []).filter((target) => !intrinsic(target));
      if (targets.length > 1) yield { resource, path: 'Properties/Targets', message: `targets of ${resource.label} must be one function, got ${targets.length}` };
    }
  },
};
