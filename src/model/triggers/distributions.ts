import { FunctionUrl, functionUrls, URL_ACTIONS, urlRequest } from './function-urls';
import { placesAt } from './places';
import { principalsLike, Trigger } from './trigger';
import type { AppModel } from '../app';
import type { Request } from '../iam/decide';
import { Text, textOf } from '../iam/text';
import { oncePerApp } from '../once-per-app';
import { referenceIn } from '../reference';
import type { Resource } from '../resource';
import { Json } from '../template';
import { valueOf } from '../value';

/** A distribution of CloudFront that signs its calls of a function URL, which asks who calls. */
export interface DistributionCall {
  readonly resource: Resource;
  /** Where the URL stands in the distribution. */
  readonly path: string;
  readonly url: FunctionUrl;
  readonly source: Text;
}

export const CLOUDFRONT = 'cloudfront.amazonaws.com';

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html */
export const distributionCalls = oncePerApp((app: AppModel) => app.ofType('AWS::CloudFront::Distribution').flatMap((resource): DistributionCall[] => {
  return placesAt(resource, 'DistributionConfig.Origins[].DomainName').flatMap(({ path, json, beside }) => {
    const named = referenceIn(json, resource.stack)?.resource;
    const url = functionUrls(app).find((one) => one.resource === named && one.authType === 'AWS_IAM');
    if (!url || !signs(beside('OriginAccessControlId'), resource)) return [];
    const source = textOf({ 'Fn::Sub': `arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/\${${resource.logicalId}}` }, resource.stack);
    return [{ resource, path, url, source }];
  });
}));

/** What a distribution asks of the policy of the function to do one of the two actions. */
export function distributionRequests({ resource, url, source }: DistributionCall, action: string): Request[] {
  const context = { 'aws:sourcearn': source, 'aws:sourceaccount': textOf({ Ref: 'AWS::AccountId' }, resource.stack) };
  return [...principalsLike(CLOUDFRONT, resource)].map((name) => {
    const request = urlRequest(url, action, { authType: url.authType, principal: { kind: 'Service', name } });
    return { ...request, context: { ...request.context, ...context } };
  });
}

/** One of the two actions is enough here. */
export function distributionTriggers(app: AppModel): Trigger[] {
  return distributionCalls(app).map((call) => ({
    ...call.url,
    resource: call.resource,
    path: call.path,
    caller: CLOUDFRONT,
    source: call.source,
    requests: URL_ACTIONS.flatMap((action) => distributionRequests(call, action)),
  }));
}

/** Whether an origin has an access control of this app that signs calls of functions. */
function signs(control: Json | undefined, distribution: Resource): boolean {
  const reference = referenceIn(control, distribution.stack);
  if (!reference?.exact || reference.resource.type !== 'AWS::CloudFront::OriginAccessControl') return false;
  const config = (name: string) => valueOf(reference.resource.text(`OriginAccessControlConfig.${name}`));
  return config('OriginAccessControlOriginType') === 'lambda' && config('SigningBehavior') === 'always';
}
