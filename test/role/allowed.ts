import { Stack } from 'aws-cdk-lib';
import { resourcesOf, TemplateResource } from '../function/functions';
import { text } from '../permissions/said';

/**
 * What a role may do, and what it is denied: sorted actions by effect, resource and conditions. The same however the
 * statements are put together, and whichever policies they are in.
 *
 * `{ 'Allow ${Queue.Arn}': 'sqs:SendMessage' }`
 */
export type Allowed = Readonly<Record<string, string>>;

/** What the execution role of the only function called `Orders` may do by the policies of a template. */
export function allowedIn(stack: Stack): Allowed {
  const resources = resourcesOf(stack);
  return allowedBy(Object.entries(resources).flatMap(([id, resource]) => statementsIn(resource, id, roleOf(resources))));
}

/** The same of statements in a list. */
export function allowedBy(statements: readonly any[]): Allowed {
  const found = new Map<string, Set<string>>();
  for (const { Effect, Action, Resource, Condition = {} } of statements) {
    const tests = Object.entries<Record<string, unknown>>(Condition)
      .flatMap(([operator, keys]) => Object.entries(keys).map(([key, value]) => `${operator} ${key} ${named(value)}`));
    for (const resource of [Resource].flat().map(named)) {
      const key = [Effect, resource, ...tests.length > 0 ? [`if ${tests.sort().join(' and ')}`] : []].join(' ');
      found.set(key, new Set([...found.get(key) ?? [], ...[Action].flat()]));
    }
  }
  return Object.fromEntries([...found].map(([key, actions]) => [key, [...actions].sort().join(' ')]));
}

/** ARNs of the managed policies that the execution role of the function has. */
export function managedPoliciesIn(stack: Stack): string[] {
  const resources = resourcesOf(stack);
  return (resources[roleOf(resources)]?.Properties.ManagedPolicyArns ?? []).map(named);
}

/** Logical id of the role, or the name of one that is imported. */
function roleOf(resources: Readonly<Record<string, TemplateResource>>): string {
  const { Role } = resources.OrdersA9B65338.Properties;
  return Role['Fn::GetAtt']?.[0] ?? text(Role).split('/').pop()!;
}

function statementsIn({ Type, Properties }: TemplateResource, id: string, role: string): any[] {
  if (id === role) return (Properties.Policies ?? []).flatMap((policy: any) => policy.PolicyDocument.Statement);
  const isOfRole = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].includes(Type) && JSON.stringify(Properties.Roles).includes(`"${role}"`);
  return isOfRole ? Properties.PolicyDocument.Statement : [];
}

/** Text without the hash at the end of logical ids. */
function named(json: unknown): string {
  return text(json).replace(/(?<=\$\{\w+)[0-9A-F]{8}(?=[.}])/g, '');
}
