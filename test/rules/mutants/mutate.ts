import { attachmentChanges } from './attachment-changes';
import { Around, Mutant } from './mutant';
import { permissionChanges } from './permission-changes';
import { statementChanges } from './statement-changes';
import { modelOf, WiredApp } from './wired-app';
import { roleOf } from '../../../src/model/iam/role';
import { roleCalls } from '../../../src/model/triggers/role-calls';

/** All ways to get one statement of an app wrong. */
export function mutantsOf(app: WiredApp): Mutant[] {
  const around = aroundOf(app);
  return [...permissionChanges(around), ...statementChanges(around), ...attachmentChanges(around)].map(([origin, { apply, ...change }]) => ({
    app,
    ...origin,
    ...change,
    resources: () => {
      // changes touch what carries the statement, and add resources
      const copy = { ...app.resources, [origin.carrier]: structuredClone(app.resources[origin.carrier]) };
      apply(copy);
      return copy;
    },
  }));
}

function aroundOf({ resources }: WiredApp): Around {
  const model = modelOf(resources);
  const roles = new Map<string, string[]>();
  const add = (role: string, owner: string) => roles.set(role, [...roles.get(role) ?? [], owner]);
  for (const fn of model.ofType('AWS::Lambda::Function')) {
    const role = roleOf(fn);
    if (role) add(role.logicalId, fn.logicalId);
  }
  for (const { role, resource } of roleCalls(model)) add(role.logicalId, resource.logicalId);
  return { resources, stack: model.stacks[0], roles };
}
