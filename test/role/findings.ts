import { App, Stage } from 'aws-cdk-lib';
import { readAssembly } from '../../src/assembly/read-assembly';
import { CATALOG } from '../../src/rules/catalog';

/** What all rules say about an app: `role-may-trace: role Shop/Orders/ServiceRole (of Shop/Orders) must ...`. */
export function findingsIn(app: Stage): string[] {
  const model = readAssembly(app.synth().directory);
  return CATALOG.flatMap((rule) => [...rule.check(model)].map(({ message }) => `${rule.id}: ${message}`));
}

/** The app that a stack is in, or the stage. */
export function appOf(stack: { readonly node: { readonly root: unknown } }): App {
  return stack.node.root as App;
}
