import { asList, named, render, renderAll, scalar } from './describe';
import { identityInvokers } from '../model/iam/identity-invokers';
import { documentTarget } from '../model/iam/resource-policy';
import { trustedServices } from '../model/iam/trust';
import type { Resource } from '../model/resource';
import { intrinsic, isNoValue, isObject, Json, JsonObject } from '../model/template';
import { customResourceCalls } from '../model/triggers/custom-resources';
import type { Wiring } from '../model/wiring';

/** Who may invoke, or may not: by a statement of the resource policy, or by a policy of its own. */
export interface InvokerSummary {
  readonly by: 'resource policy' | 'policy of its own';
  readonly effect: string;
  readonly principal: string;
  readonly action: string;
  readonly qualifier: string;
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
  readonly organization?: string;
  /** Further conditions, as `<operator> <key> = <values>`. */
  readonly conditions?: readonly string[];
  /** Construct path of what says so: the permission, the document, or the policy. */
  readonly statement: string;
}

/** Who may invoke a function, its aliases and versions, by what the app says. */
export function invokersOf(fn: Resource, wiring: Wiring): InvokerSummary[] {
  const documents = fn.stack.app.ofType('AWS::Lambda::ResourcePolicy').filter((policy) => documentTarget(policy)?.fn === fn);
  return [
    ...wiring.permissions(fn).map(({ resource, qualifier }) => ofPermission(resource, qualifier)),
    ...documents.flatMap((policy) => ofDocument(policy)),
    ...ofIdentities(fn),
    ...ofDeployments(fn),
  ];
}

function ofPermission(permission: Resource, qualifier: string): InvokerSummary {
  return {
    by: 'resource policy',
    effect: 'Allow',
    principal: scalar(permission, 'Principal') ?? '?',
    action: scalar(permission, 'Action') ?? '?',
    qualifier,
    sourceArn: named(permission, 'SourceArn'),
    sourceAccount: named(permission, 'SourceAccount'),
    organization: named(permission, 'PrincipalOrgID'),
    ...furtherConditions(MANNERS.flatMap(([property, test]) => {
      const value = scalar(permission, property);
      return value === undefined ? [] : [`${test} = ${value}`];
    })),
    statement: permission.label,
  };
}

/** The properties that say how a function is called, not by whom. */
const MANNERS = [
  ['EventSourceToken', 'StringEquals lambda:EventSourceToken'],
  ['FunctionUrlAuthType', 'StringEquals lambda:FunctionUrlAuthType'],
  ['InvokedViaFunctionUrl', 'Bool lambda:InvokedViaFunctionUrl'],
] as const;

function ofDocument(policy: Resource): InvokerSummary[] {
  const raw = policy.raw('PolicyDocument.Statement');
  const qualifier = documentTarget(policy)?.qualifier ?? '?';
  const statements = raw.kind === 'known' ? asList(raw.value).filter((item) => !isNoValue(item)) : [null];
  return statements.map((statement) => ofStatement(isObject(statement) && !intrinsic(statement) ? statement : undefined, policy, qualifier));
}

/** The tests that have a member of their own. */
const OWN: Readonly<Record<string, 'sourceArn' | 'sourceAccount' | 'organization' | undefined>> = {
  'arnlike aws:sourcearn': 'sourceArn',
  'stringequals aws:sourceaccount': 'sourceAccount',
  'stringequals aws:principalorgid': 'organization',
};

function ofStatement(statement: JsonObject | undefined, policy: Resource, qualifier: string): InvokerSummary {
  const { stack, label } = policy;
  const decided = 'decided at deployment';
  if (!statement) return { by: 'resource policy', effect: 'Allow', principal: decided, action: decided, qualifier, statement: label };
  const tests = testsOf(statement.Condition, policy);
  const own = Object.fromEntries(tests.flatMap(({ test, values }) => OWN[test.toLowerCase()] ? [[OWN[test.toLowerCase()], values]] : []));
  return {
    by: 'resource policy',
    effect: render(statement.Effect, stack),
    principal: principals(statement).map((name) => render(name, stack)).join(', '),
    action: renderAll(statement.Action, stack).join(', '),
    qualifier,
    ...own,
    ...furtherConditions(tests.filter(({ test }) => !OWN[test.toLowerCase()]).map(({ test, values }) => `${test} = ${values}`)),
    statement: label,
  };
}

function principals({ Principal: principal }: JsonObject): Json[] {
  return isObject(principal) && !intrinsic(principal) ? Object.values(principal).flatMap(asList) : asList(principal);
}

const SHOWN = 3;

function testsOf(condition: Json | undefined, { stack }: Resource): { readonly test: string; readonly values: string }[] {
  if (!isObject(condition) || intrinsic(condition)) return condition === undefined ? [] : [{ test: 'a condition', values: render(condition, stack) }];
  return Object.entries(condition).flatMap(([operator, keys]) => !isObject(keys) ? [] : Object.entries(keys).map(([key, value]) => {
    const values = renderAll(value, stack);
    const more = values.length > SHOWN ? [`and ${values.length - SHOWN} more`] : [];
    return { test: `${operator} ${key}`, values: [...values.slice(0, SHOWN), ...more].join(', ') };
  }));
}

function furtherConditions(conditions: readonly string[]): { conditions?: readonly string[] } {
  return conditions.length > 0 ? { conditions } : {};
}

/** Roles and users of the app; a role with the services that assume it, which are the callers. */
function ofIdentities(fn: Resource): InvokerSummary[] {
  return identityInvokers(fn).map(({ who, statement, qualifier }) => {
    const services = who.type === 'AWS::IAM::Role' ? trustedServices(who) : [];
    return {
      by: 'policy of its own',
      effect: 'Allow',
      principal: services.length > 0 ? `${who.label} (for ${services.join(', ')})` : who.label,
      action: 'lambda:InvokeFunction',
      qualifier,
      statement: statement.resource.label,
    };
  });
}

/** Whoever deploys a stack with a custom resource that the function stands for. */
function ofDeployments(fn: Resource): InvokerSummary[] {
  return customResourceCalls(fn.stack.app).filter((call) => call.fn === fn).map(({ resource, qualifier }) => ({
    by: 'policy of its own',
    effect: 'Allow',
    principal: `whoever deploys ${resource.stack.path}`,
    action: 'lambda:InvokeFunction',
    qualifier,
    statement: resource.label,
  }));
}
