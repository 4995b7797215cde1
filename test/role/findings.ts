import * as fs from 'fs';
import * as path from 'path';
import { App, Stage } from 'aws-cdk-lib';
import { readAssembly } from '../../src/assembly/read-assembly';
import { CATALOG } from '../../src/rules/catalog';

/** Rules about what roles and callers may do. */
export const ABOUT_PERMISSIONS = CATALOG.filter(({ id }) => (
  ['permissions', 'role'].some((topic) => fs.existsSync(path.join(__dirname, '../../src/rules', topic, `${id}.ts`)))
));

/** What rules about permissions say about an app: `role-may-trace: role Shop/Orders/ServiceRole (of Shop/Orders) must ...`. */
export function findingsIn(app: Stage): string[] {
  const model = readAssembly(app.synth().directory);
  return ABOUT_PERMISSIONS.flatMap((rule) => [...rule.check(model)].map(({ message }) => `${rule.id}: ${message}`));
}

/** The app that a stack is in, or the stage. */
export function appOf(stack: { readonly node: { readonly root: unknown } }): App {
  return stack.node.root as App;
}
