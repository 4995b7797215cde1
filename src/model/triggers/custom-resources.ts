import { calledFunction } from './called';
import type { AppModel } from '../app';
import { oncePerApp } from '../once-per-app';
import type { Resource } from '../resource';
import { valueOf } from '../value';
import { Target } from '../wiring';

/** A custom resource that a function of the app stands for. */
export interface CustomResourceCall extends Target {
  readonly resource: Resource;
}

/**
 * The custom resources of an app with a function of the app. CloudFormation invokes it as whoever deploys the stack.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-cloudformation.html
 */
export const customResourceCalls = oncePerApp((app: AppModel): readonly CustomResourceCall[] => (
  app.stacks.flatMap(({ resources }) => resources).filter(({ type }) => /^(Custom::|AWS::CloudFormation::CustomResource$)/.test(type)).flatMap((resource) => {
    const target = calledFunction(valueOf(resource.raw('ServiceToken')), resource.stack);
    return target ? [{ ...target, resource }] : [];
  })
));
