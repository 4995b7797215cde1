import { calledFunction } from './called';
import { placesAt } from './places';
import type { AppModel } from '../app';
import { oncePerApp } from '../once-per-app';
import type { Resource } from '../resource';
import { Target } from '../wiring';

/** A function that CloudFront runs at its edge locations (Lambda@Edge). */
export interface EdgeCall extends Target {
  /** The distribution. */
  readonly resource: Resource;
  /** Where the function stands in it. */
  readonly path: string;
  /** E.g. `viewer-request`; `undefined` where the deployment decides. */
  readonly event?: string;
}

const BEHAVIORS = ['DefaultCacheBehavior', 'CacheBehaviors[]'];

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-the-edge.html */
export const edgeCalls = oncePerApp((app: AppModel): readonly EdgeCall[] => app.ofType('AWS::CloudFront::Distribution').flatMap((resource) => (
  BEHAVIORS.flatMap((behavior) => placesAt(resource, `DistributionConfig.${behavior}.LambdaFunctionAssociations[].LambdaFunctionARN`)).flatMap(({ path, json, beside }): EdgeCall[] => {
    const target = calledFunction(json, resource.stack);
    const event = beside('EventType');
    return target ? [{ ...target, resource, path, event: typeof event === 'string' ? event : undefined }] : [];
  })
)));

/** The functions that CloudFront runs, each with the first place that says so. */
export const edgeFunctions = oncePerApp((app: AppModel): ReadonlyMap<Resource, EdgeCall> => {
  const found = new Map<Resource, EdgeCall>();
  for (const call of edgeCalls(app)) if (!found.has(call.fn)) found.set(call.fn, call);
  return found;
});
