import { functionUrls } from './function-urls';
import { pushTriggers } from './push-triggers';
import { roleCalls } from './role-calls';
import { identityInvokers } from '../iam/identity-invokers';
import { invokeStatements, wiringOf } from '../iam/resource-policy';
import { oncePerApp } from '../once-per-app';
import type { Resource } from '../resource';
import { Target } from '../wiring';

/** Something in the app that calls a function, or may do so: what is meant by it is a qualifier of the function. */
export interface Use extends Target {
  /** The resource that makes the call, or that permits it. */
  readonly resource: Resource;
  readonly path: string;
  /** The service that calls, where one does by the policy of the function, e.g. `sns.amazonaws.com`. */
  readonly caller?: string;
}

/** Everything that calls a function: services that push, with or without a role, mappings, and function URLs. */
export function callsOf(fn: Resource): readonly Use[] {
  return calls(fn.stack.app).get(fn) ?? [];
}

const calls = oncePerApp((app) => {
  const mappings = app.ofType('AWS::Lambda::Function').flatMap((fn) => wiringOf(app).mappings(fn).map((mapping): Use => ({ ...mapping, path: 'Properties/FunctionName', fn })));
  const urls = functionUrls(app).map((url): Use => ({ ...url, path: 'Properties/TargetFunctionArn' }));
  const byFunction = new Map<Resource, Use[]>();
  const seen = new Map<Resource, Set<string>>();
  for (const use of [...pushTriggers(app), ...roleCalls(app), ...urls, ...mappings] as readonly Use[]) {
    // a URL that anyone may call is a trigger, too
    const paths = seen.get(use.resource) ?? new Set();
    seen.set(use.resource, paths);
    if (paths.has(use.path)) continue;
    paths.add(use.path);
    const list = byFunction.get(use.fn);
    if (list) list.push(use);
    else byFunction.set(use.fn, [use]);
  }
  return byFunction;
});

/** Everyone who is allowed to call a function, by policies of the function or of their own. */
export function grantsOf(fn: Resource): readonly Use[] {
  const statements = invokeStatements(fn.stack.app).get(fn) ?? [];
  return [
    ...statements.map(({ resource, path, qualifier }) => ({ resource, path, fn, qualifier })),
    ...identityInvokers(fn).map(({ who, statement, qualifier }) => ({ resource: who, path: statement.path, fn, qualifier })),
  ];
}

/** Whether there are mappings or permissions of functions that the deployment names: they may be for any function. */
export const hasStrayCallers = oncePerApp((app) => ['EventSourceMapping', 'Permission'].some((type) => (
  app.ofType(`AWS::Lambda::${type}`).some((resource) => resource.text('FunctionName').kind !== 'known' && !resource.reference('FunctionName'))
)));
