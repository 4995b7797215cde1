import { decide, isAbout } from './decide';
import { matches } from './match';
import { wiringOf } from './resource-policy';
import { statementsAbout } from './role';
import { Statement, statementsAt, statementsIn } from './statement';
import { literal, Text, textOfAttribute } from './text';
import type { AppModel } from '../app';
import { oncePerApp } from '../once-per-app';
import { referenceIn } from '../reference';
import type { Resource } from '../resource';
import { isObject } from '../template';
import { valueOf } from '../value';
import { LATEST } from '../wiring';

/** A role, user or group that may invoke a function by a policy of its own. */
export interface IdentityInvoker {
  readonly who: Resource;
  readonly statement: Statement;
  /** What it may invoke: `$LATEST`, an alias, or `a version`, which stands for all versions. */
  readonly qualifier: string;
}

/**
 * The roles, users and groups of the app that may invoke a function of it, as those of Scheduler, Step Functions and
 * AppSync do: they need no resource policy. Conditions are not looked at.
 */
export function identityInvokers(fn: Resource): readonly IdentityInvoker[] {
  return invokers(fn.stack.app).get(fn) ?? [];
}

const ACTION = 'lambda:InvokeFunction';

const invokers = oncePerApp((app) => {
  const byFunction = new Map<Resource, IdentityInvoker[]>();
  const functions = functionsByName(app);
  for (const identity of identities(app)) {
    for (const [fn, found] of invokedBy(identity, functions, app)) byFunction.set(fn, [...byFunction.get(fn) ?? [], ...found]);
  }
  return byFunction;
});

/** What one role, user or group may invoke, and by which statement first. */
function invokedBy({ who, statements }: Identity, functions: Map<string, Resource>, app: AppModel): Map<Resource, IdentityInvoker[]> {
  const found = new Map<Resource, IdentityInvoker[]>();
  const allowing = statements.filter((statement) => statement.effect === 'Allow' && !statement.target.negated && isAbout(statement, ACTION) === 'yes');
  for (const statement of allowing) {
    for (const fn of candidates(statement, functions, app)) {
      const before = found.get(fn) ?? [];
      const more = qualifiersIn(statement, fn, statements).filter((qualifier) => !before.some((other) => other.qualifier === qualifier));
      if (more.length > 0) found.set(fn, [...before, ...more.map((qualifier) => ({ who, statement, qualifier }))]);
    }
  }
  return found;
}

interface Identity { readonly who: Resource; readonly statements: readonly Statement[] }

function identities(app: AppModel): Identity[] {
  const roles = app.ofType('AWS::IAM::Role').map((who) => ({ who, statements: statementsAbout(who, ACTION) }));
  const attached = policiesOfUsers(app);
  const others = ['AWS::IAM::User', 'AWS::IAM::Group'].flatMap((type) => app.ofType(type)).map((who) => ({ who, statements: [...ownStatements(who), ...attached.get(who) ?? []] }));
  return [...roles, ...others];
}

function ownStatements(who: Resource): Statement[] {
  const policies = valueOf(who.list('Policies')) ?? [];
  return policies.flatMap((policy, index) => isObject(policy) ? statementsIn(policy.PolicyDocument, who, `Policies.${index}.PolicyDocument`) : []);
}

/** The policies that name users or groups of the app. */
function policiesOfUsers(app: AppModel): Map<Resource, Statement[]> {
  const found = new Map<Resource, Statement[]>();
  const policies = ['Policy', 'ManagedPolicy', 'UserPolicy', 'GroupPolicy'].flatMap((type) => app.ofType(`AWS::IAM::${type}`));
  for (const policy of policies) {
    const lists = ['Users', 'Groups'].flatMap((path) => valueOf(policy.list(path)) ?? []);
    const names = ['UserName', 'GroupName'].flatMap((path) => valueOf(policy.raw(path)) ?? []);
    for (const name of [...lists, ...names]) {
      const who = referenceIn(name, policy.stack)?.resource;
      if (who) found.set(who, [...found.get(who) ?? [], ...statementsAt(policy, 'PolicyDocument')]);
    }
  }
  return found;
}

/** Functions by what their ARNs and no others have in them. */
function functionsByName(app: AppModel): Map<string, Resource> {
  return new Map(app.ofType('AWS::Lambda::Function').map((fn) => [keyOf(textOfAttribute(fn, 'Ref')), fn]));
}

function keyOf(name: Text): string {
  return JSON.stringify(name);
}

/** The functions that a statement may be about: those that it names, or all where it has wildcards or names in words. */
function candidates({ target }: Statement, functions: Map<string, Resource>, app: AppModel): Iterable<Resource> {
  const named = target.patterns.map((pattern) => pattern.map((piece) => functions.get(keyOf([piece]))).find((fn) => fn !== undefined));
  const isOpen = target.patterns.some((pattern, index) => named[index] === undefined && (literal(pattern) !== undefined || /[*?]/.test(pattern.map((piece) => typeof piece === 'string' ? piece : '').join(''))));
  return isOpen ? app.ofType('AWS::Lambda::Function') : new Set(named.filter((fn) => fn !== undefined));
}

function qualifiersIn(statement: Statement, fn: Resource, statements: readonly Statement[]): string[] {
  const arn = textOfAttribute(fn, 'Arn');
  const aliases = wiringOf(fn.stack.app).aliases(fn).map((alias): [string, Text] => [valueOf(alias.text('Name')) ?? 'an alias', textOfAttribute(alias, 'Ref')]);
  const version: Text = [...arn, ':', { id: `version of ${fn.stack.path}/${fn.logicalId}`, kind: 'version' }];
  const all: [string, Text][] = [[LATEST, arn], ...aliases, ['a version', version]];
  return all.filter(([, text]) => statement.target.patterns.some((pattern) => matches(pattern, text) === 'yes'))
    .filter(([, text]) => decide(statements, { action: ACTION, target: text, context: {} }) !== 'no')
    .map(([qualifier]) => qualifier);
}
