import * as path from 'path';
import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { IConstruct } from 'constructs';
import { readAssembly } from '../assembly/read-assembly';
import type { FailurePath } from '../limits/failure-path';
import type { AppModel } from '../model/app';
import { failuresOf } from '../model/failures/failures-of';
import { mistake } from '../support/errors';

/** Models of assemblies, each read once. */
const models = new WeakMap<CloudAssembly, AppModel>();

/**
 * What becomes of events of a function that something goes wrong with, as the templates say it: what aspects add is in it, and what other
 * stacks have.
 *
 * It is not made before: to resolve the whole app would fix values that the CDK works out once and that may still change.
 */
export function failureMapOf(asked: IConstruct, fn: CfnResource, qualifier: string): FailurePath[] {
  const resource = modelOf(asked).ofType(fn.cfnResourceType).find((other) => (
    other.logicalId === Stack.of(fn).resolve(fn.logicalId) && path.resolve(other.stack.templatePath) === templateOf(fn)
  ));
  return resource ? failuresOf(resource, qualifier) : [];
}

function templateOf(resource: CfnResource): string {
  return path.resolve(Stage.of(resource)!.outdir, Stack.of(resource).templateFile);
}

function modelOf(asked: IConstruct): AppModel {
  const root = asked.node.root;
  // what the CDK keeps, and does not show: to ask for it would make it
  const assembly = Stage.isStage(root) ? (root as unknown as { readonly assembly?: CloudAssembly }).assembly : undefined;
  if (!assembly) {
    throw mistake(asked, {
      code: 'FailureMapBeforeSynthesis',
      property: 'failureMap()',
      allowed: 'called when the app is synthesized',
      got: 'no templates',
      fix: "call 'app.synth()' before, or 'Template.fromStack()' in a test: until then a destination may still be added",
    });
  }
  const model = models.get(assembly) ?? readAssembly(assembly.directory);
  models.set(assembly, model);
  return model;
}
