import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';

/** The least that a function needs. */
export const MINIMAL: lambda.FunctionProps = {
  runtime: lambda.Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline('exports.handler = async () => ({});'),
};

/** Context of an app that sets no feature flag, as apps have that are older than the flags. */
export const NO_FLAGS = {};

/** Context of a new app: what `cdk init` writes. */
export const NEW_APP: Record<string, unknown> = recommendedFlags;

export function stackWith(context: Record<string, unknown> = NO_FLAGS, props?: StackProps): Stack {
  return new Stack(new App({ context }), 'Shop', props);
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: any;
  readonly DependsOn?: string[];
  readonly UpdatePolicy?: any;
  readonly DeletionPolicy?: string;
}

export function resourcesOf(stack: Stack): Record<string, TemplateResource> {
  return Template.fromStack(stack).toJSON().Resources ?? {};
}

/** The only resource of a type. */
export function only(stack: Stack, type: string): TemplateResource & { readonly logicalId: string } {
  const found = Object.entries(resourcesOf(stack)).filter(([, resource]) => resource.Type === type);
  if (found.length !== 1) throw new Error(`expected one ${type}, found ${found.length}`);
  return { logicalId: found[0][0], ...found[0][1] };
}

/** `Ref` of the live alias of a function with id `Orders` in a stack. */
export function aliasRef(stack: Stack): { Ref: string } {
  return { Ref: only(stack, 'AWS::Lambda::Alias').logicalId };
}
