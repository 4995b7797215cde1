import { Condition, Statement, statementsAt } from './statement';
import { Text, textOf } from './text';
import { oncePerApp } from '../once-per-app';
import type { Resource } from '../resource';
import { Target, targetOf, Wiring } from '../wiring';

/** A statement about who may invoke, with the function and qualifier that it is about. */
export interface InvokeStatement extends Statement {
  readonly fn: Resource;
  readonly qualifier: string;
}

/** Wiring of an app, worked out once. */
export const wiringOf = oncePerApp((app) => new Wiring(app));

/** Statements of the resource policies of an app, by function: one per permission, those of whole documents one by one. */
export const invokeStatements = oncePerApp((app) => {
  const byFunction = new Map<Resource, InvokeStatement[]>();
  const add = (statements: readonly InvokeStatement[]) => {
    for (const statement of statements) {
      const list = byFunction.get(statement.fn);
      if (list) list.push(statement);
      else byFunction.set(statement.fn, [statement]);
    }
  };
  for (const fn of app.ofType('AWS::Lambda::Function')) {
    add(wiringOf(app).permissions(fn).map(({ resource, qualifier }) => ({ ...statementOf(resource), fn, qualifier })));
  }
  for (const policy of app.ofType('AWS::Lambda::ResourcePolicy')) {
    const target = documentTarget(policy);
    if (target) add(statementsAt(policy, 'PolicyDocument').map((statement) => ({ ...statement, ...target })));
  }
  return byFunction;
});

/** Statements of all permissions and policy documents of an app, whatever function they are about. */
export const permissionStatements = oncePerApp((app): readonly Statement[] => [
  ...app.ofType('AWS::Lambda::Permission').map(statementOf),
  ...app.ofType('AWS::Lambda::ResourcePolicy').flatMap((policy) => statementsAt(policy, 'PolicyDocument')),
]);

/** The function and qualifier that a whole policy document is about. */
export function documentTarget(policy: Resource): Target | undefined {
  return targetOf(policy.reference('ResourceArn'));
}

/** What `AWS::Lambda::Permission` says, as the statement that Lambda makes of it. */
export function statementOf(permission: Resource): Statement {
  const known = ofPermissions(permission.stack.app);
  if (!known.has(permission)) known.set(permission, read(permission));
  return known.get(permission)!;
}

const ofPermissions = oncePerApp(() => new Map<Resource, Statement>());

function read(permission: Resource): Statement {
  const text = (path: string): Text[] => {
    const raw = permission.raw(path);
    if (raw.kind === 'unknown') return [[{ id: `${permission.stack.path}/${permission.logicalId}.${path}` }]];
    return raw.kind === 'known' ? [textOf(raw.value, permission.stack)] : [];
  };
  const conditions = CONDITIONS.flatMap(([property, operator, key]): Condition[] => {
    const values = permission.value(property).kind === 'absent' ? [] : text(property);
    return values.length > 0 ? [{ operator, key, values }] : [];
  });
  return {
    resource: permission,
    path: 'Properties',
    effect: 'Allow',
    action: { negated: false, patterns: text('Action').map((pieces) => pieces.map((piece) => typeof piece === 'string' ? piece.toLowerCase() : piece)) },
    target: { negated: false, patterns: [['*']] },
    principal: text('Principal').map((name) => principalOf(name)),
    conditions,
  };
}

/** The properties that become conditions. @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
const CONDITIONS: readonly (readonly [string, string, string])[] = [
  ['SourceArn', 'ArnLike', 'aws:sourcearn'],
  ['SourceAccount', 'StringEquals', 'aws:sourceaccount'],
  ['PrincipalOrgID', 'StringEquals', 'aws:principalorgid'],
  ['EventSourceToken', 'StringEquals', 'lambda:eventsourcetoken'],
  ['FunctionUrlAuthType', 'StringEquals', 'lambda:functionurlauthtype'],
  ['InvokedViaFunctionUrl', 'Bool', 'lambda:invokedviafunctionurl'],
];

function principalOf(name: Text): { kind: string; name: Text } {
  const text = name.every((piece) => typeof piece === 'string') ? name.join('') : undefined;
  if (text === '*') return { kind: '*', name };
  if (text === undefined) return { kind: name.length > 1 && /\.amazonaws\.com|\.amazon\.com/.test(String(name[name.length - 1])) ? 'Service' : 'AWS', name };
  return { kind: /\.[a-z]/.test(text) && !text.startsWith('arn:') ? 'Service' : 'AWS', name };
}
