import * as path from 'path';
import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { IConstruct } from 'constructs';
import { appSoFar } from './app-so-far';
import { readAssembly } from '../assembly/read-assembly';
import type { FailurePath } from '../limits/failure-path';
import type { AppModel } from '../model/app';
import { failuresOf } from '../model/failures/failures-of';
import type { Resource } from '../model/resource';
import { canBeRead } from '../support/being-read';
import { mistake } from '../support/errors';

/** Models of assemblies, each read once. */
const models = new WeakMap<CloudAssembly, AppModel>();

/** What is asked about a function. */
export interface AskedAbout {
  readonly qualifier: string;
  /** Where the synthesis will have failed events kept, unless they have a place. */
  readonly failedEvents?: string;
}

/**
 * What becomes of events of a function that something goes wrong with: as the templates say it when there are any, with what aspects add;
 * before that, as they would say it so far.
 */
export function failureMapOf(asked: IConstruct, fn: CfnResource, { qualifier, failedEvents }: AskedAbout): FailurePath[] {
  const written = synthesized(fn);
  if (written) return failuresOf(written, { qualifier });
  const resource = soFar(asked, fn);
  return resource ? failuresOf(resource, { qualifier, failedEvents }) : [];
}

/** The function in the templates, if the app is synthesized, and was when the function was there. */
function synthesized(fn: CfnResource): Resource | undefined {
  const { root } = fn.node;
  // what the CDK keeps, and does not show: to ask for it would make it
  const assembly = Stage.isStage(root) ? (root as unknown as { readonly assembly?: CloudAssembly }).assembly : undefined;
  if (!assembly) return undefined;
  const model = models.get(assembly) ?? readAssembly(assembly.directory);
  models.set(assembly, model);
  return model.ofType(fn.cfnResourceType).find((other) => (
    other.logicalId === Stack.of(fn).resolve(fn.logicalId) && path.resolve(other.stack.templatePath) === templateOf(fn)
  ));
}

function templateOf(resource: CfnResource): string {
  return path.resolve(Stage.of(resource)!.outdir, Stack.of(resource).templateFile);
}

/** The function as it is now. It is read whenever it is asked for, since a source may have been added. */
function soFar(asked: IConstruct, fn: CfnResource): Resource | undefined {
  const { root } = fn.node;
  if (canBeRead(root)) return appSoFar(root).resource(fn);
  throw mistake(asked, {
    code: 'FailureMapBeforeSynthesis',
    property: 'failureMap()',
    allowed: 'called when the app is synthesized',
    got: 'no templates',
    fix: "call 'app.synth()' before, or 'Template.fromStack()' in a test: this version of the CDK would keep values that may still change",
  });
}
