import { App, Environment, Stack } from 'aws-cdk-lib';
import { EventFunction, ResourcePolicyMode } from '../../src';
import { inPascalCase, WireSource } from '../fixtures/sources/one-of-each';
import { MINIMAL, NEW_APP, NO_FLAGS } from '../function/functions';

const CONTEXTS = { 'without feature flags': NO_FLAGS, 'in a new app': NEW_APP };

/** Apps with and without feature flags, and with both kinds of resource policies. */
export const CASES = Object.entries(CONTEXTS).flatMap(([flags, context]) => (
  [ResourcePolicyMode.PERMISSIONS, ResourcePolicyMode.DOCUMENT].map((mode) => [flags, mode, context] as const)
));

/** A function for each source, in a stack of its own. */
export function oneAppOf(
  all: Readonly<Record<string, WireSource>>, context: Record<string, unknown>, resourcePolicyMode: ResourcePolicyMode, env?: Environment,
) {
  const app = new App({ context: { ...context, 'cdk-event-functions:rules': false } });
  const wired = Object.entries(all).map(([name, wire]) => {
    const stack = new Stack(app, inPascalCase(name), { env });
    const fn = new EventFunction(stack, 'Function', { ...MINIMAL, resourcePolicyMode });
    return { name, stack, fn, semantics: wire(stack, fn).semantics };
  });
  return { app, wired };
}

/** Names of the factories of `PushSource` or `PullSource`. */
export function factoriesOf(sources: object): string[] {
  const members = Object.entries(Object.getOwnPropertyDescriptors(sources));
  return members.filter(([name, { value }]) => !name.startsWith('_') && typeof value === 'function').map(([name]) => name).sort();
}
