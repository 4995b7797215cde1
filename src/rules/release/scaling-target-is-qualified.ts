import { alias, ORDERS, provisioned, scaled } from './examples';
import { scalingTargets } from '../../model/scaling';
import { LATEST } from '../../model/wiring';
import { Rule } from '../rule';

export const scalingTargetIsQualified: Rule = {
  id: 'scaling-target-is-qualified',
  title: 'What scales provisioned concurrency names an alias or a version',
  severity: 'error',
  why: 'this is the only way in which Application Auto Scaling knows functions, and $LATEST can have no provisioned concurrency',
  fix: 'name the alias; `alias.addAutoScaling()` does',
  source: 'https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html',
  since: '0.1.0',

  valid: [
    { title: 'an alias', resources: { Orders: ORDERS, Live: alias('1', provisioned()), Target: scaled() } },
    { title: 'an alias, as the CDK names it', resources: { Orders: ORDERS, Live: alias('1', provisioned()), Target: scaled({ 'Fn::Join': ['', ['function:', { 'Fn::Select': [6, { 'Fn::Split': [':', { Ref: 'Live' }] }] }, ':live']] }) } },
    { title: 'a version of a function that is not in this app', resources: { Target: scaled('function:orders:7') } },
    { title: 'an alias that a parameter names', resources: { Orders: ORDERS, Target: scaled({ 'Fn::Join': [':', ['function', { Ref: 'Orders' }, { Ref: 'Stage' }]] }) } },
    { title: 'an id that a parameter decides', resources: { Target: scaled({ Ref: 'ResourceId' }) } },
    { title: 'something else that scales', resources: { Target: { Type: 'AWS::ApplicationAutoScaling::ScalableTarget', Properties: { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount', ResourceId: 'service/default/orders' } } } },
  ],
  invalid: [
    { title: 'it is $LATEST', at: 'Target/Properties/ResourceId', resources: { Orders: ORDERS, Target: scaled({ 'Fn::Sub': 'function:${Orders}:$LATEST' }) } },
    { title: 'there is no qualifier', at: 'Target/Properties/ResourceId', resources: { Target: scaled('function:orders') } },
    { title: 'it is an ARN', at: 'Target/Properties/ResourceId', resources: { Target: scaled('arn:aws:lambda:eu-west-1:111122223333:function:orders:live') } },
  ],

  * check(app) {
    for (const { resource, named, id } of scalingTargets(app)) {
      const got = named?.qualifier === LATEST ? LATEST : named === undefined ? id : undefined;
      if (got === undefined) continue;
      yield { resource, path: 'Properties/ResourceId', message: `the id of what is scaled must be of the form function:<name>:<alias or version>, got ${got}` };
    }
  },
};
