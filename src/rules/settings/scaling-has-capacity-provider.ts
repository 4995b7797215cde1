import { fn, onInstances } from './examples';
import { isThere } from '../../model/presence';
import type { Resource } from '../../model/resource';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const SCALING = { FunctionScalingConfig: { MinExecutionEnvironments: 1, MaxExecutionEnvironments: 10 } };

export const scalingHasCapacityProvider: Rule = {
  id: 'scaling-has-capacity-provider',
  title: 'Only a function with a capacity provider says how many environments it has',
  severity: 'fatal',
  why: 'Lambda refuses the function: other functions are scaled by Lambda, and held by their concurrency',
  fix: 'give it a capacity provider, or leave it out and use reserved or provisioned concurrency',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-scaling.html',
  answers: ['PublishToLatestPublished or FunctionScalingConfig cannot be specified unless creating a Lambda Managed Instance function'],
  since: '0.1.0',

  valid: [
    { title: 'a capacity provider', resources: { Orders: onInstances({ ...SCALING, PublishToLatestPublished: true }) } },
    { title: 'neither', resources: { Orders: fn({ PublishToLatestPublished: false }) } },
    { title: 'a capacity provider that a parameter names', resources: { Orders: onInstances(SCALING, { Ref: 'Provider' }) } },
    { title: 'a capacity provider, by a condition', resources: { Orders: fn({ ...SCALING, CapacityProviderConfig: { 'Fn::If': ['IsLarge', { Ref: 'Config' }, { Ref: 'AWS::NoValue' }] } }) } },
  ],
  invalid: [
    { title: 'environments are counted without one', at: 'Orders/Properties/FunctionScalingConfig', resources: { Orders: fn(SCALING) } },
    { title: 'a version is published for one that is not there', at: 'Orders/Properties/PublishToLatestPublished', resources: { Orders: fn({ PublishToLatestPublished: true }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      const property = propertyOf(resource);
      if (property === undefined || isThere(resource, 'CapacityProviderConfig') !== false) continue;
      yield { resource, path: `Properties/${property}`, message: `'${property}' must be left out without a capacity provider, got one` };
    }
  },
};

function propertyOf(resource: Resource): string | undefined {
  if (isThere(resource, 'FunctionScalingConfig') === true) return 'FunctionScalingConfig';
  return [true, 'true'].includes(valueOf(resource.value('PublishToLatestPublished')) as boolean | string) ? 'PublishToLatestPublished' : undefined;
}
