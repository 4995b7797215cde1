import { allow, document, LIVE, ORDERS, permission } from './examples';
import { targetInWords } from './words';
import type { AppModel } from '../../model/app';
import { documentTarget, wiringOf } from '../../model/iam/resource-policy';
import type { Resource } from '../../model/resource';
import { sameQualifier } from '../../model/triggers/permitted';
import type { Target } from '../../model/wiring';
import { Rule } from '../rule';

const STATEMENT = allow({ Service: 'sns.amazonaws.com' });

export const oneKindOfResourcePolicy: Rule = {
  id: 'one-kind-of-resource-policy',
  title: 'A function, alias or version has either permissions or one whole policy document',
  severity: 'error',
  why: 'the document replaces every permission that is there when it is written, at the first or at any later deployment, and what they allowed stops',
  fix: 'put all statements into one `AWS::Lambda::ResourcePolicy`, or all into `AWS::Lambda::Permission`; the functions of this library write one kind: `resourcePolicyMode`',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html',
  since: '0.1.0',

  valid: [
    { title: 'a document', resources: { Orders: ORDERS, Policy: document([STATEMENT]) } },
    { title: 'permissions', resources: { Orders: ORDERS, One: permission('sns.amazonaws.com'), Two: permission('s3.amazonaws.com') } },
    { title: 'a document for the alias, a permission for the function', resources: { Orders: ORDERS, Live: LIVE, Policy: document([STATEMENT], { Ref: 'Live' }), One: permission('sns.amazonaws.com') } },
    { title: 'a document for the alias, a permission for another alias', resources: { Orders: ORDERS, Live: LIVE, Next: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Orders' }, FunctionVersion: '1', Name: 'next' } }, Policy: document([STATEMENT], { Ref: 'Live' }), One: permission('sns.amazonaws.com', { FunctionName: { Ref: 'Next' } }) } },
    { title: 'a permission for what a parameter names', resources: { Orders: ORDERS, Policy: document([STATEMENT]), One: permission('sns.amazonaws.com', { FunctionName: { Ref: 'Name' } }) } },
  ],
  invalid: [
    { title: 'a function has both', at: 'Policy/Properties/ResourceArn', resources: { Orders: ORDERS, Policy: document([STATEMENT]), One: permission('s3.amazonaws.com') } },
    { title: 'an alias has both', at: 'Policy/Properties/ResourceArn', resources: { Orders: ORDERS, Live: LIVE, Policy: document([STATEMENT], { Ref: 'Live' }), One: permission('s3.amazonaws.com', { FunctionName: { Ref: 'Live' } }) } },
    { title: 'a function has two documents', at: 'Two/Properties/ResourceArn', resources: { Orders: ORDERS, One: document([STATEMENT]), Two: document([STATEMENT]) } },
  ],

  * check(app) {
    const documents = documentsOf(app);
    for (const [index, { resource, fn, qualifier }] of documents.entries()) {
      const isSame = (other: { readonly qualifier: string }) => sameQualifier(other.qualifier, qualifier) === 'yes';
      const permissions = wiringOf(app).permissions(fn).filter((other) => isSame(other) && !other.resource.condition);
      const former = documents.slice(0, index).filter((other) => other.fn === fn && isSame(other));
      const others = [...permissions, ...former].map((other) => other.resource);
      if (others.length === 0) continue;
      yield { resource, path: 'Properties/ResourceArn', message: `the policy of ${targetInWords({ fn, qualifier })} must be written by one resource, got ${others.length + 1}: this one and ${listed(others)}` };
    }
  },
};

/** Documents that are surely deployed: of two under conditions, there may be one at a time. */
function documentsOf(app: AppModel): (Target & { readonly resource: Resource })[] {
  return app.ofType('AWS::Lambda::ResourcePolicy').flatMap((resource) => {
    const target = resource.condition === undefined ? documentTarget(resource) : undefined;
    return target ? [{ resource, ...target }] : [];
  });
}

function listed(resources: readonly Resource[]): string {
  const labels = resources.slice(0, 3).map(({ label }) => label).join(', ');
  return resources.length > 3 ? `${labels} and ${resources.length - 3} more` : labels;
}
