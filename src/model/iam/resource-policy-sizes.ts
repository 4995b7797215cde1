import { documentBytesAt } from './policy-sizes';
import { documentTarget, statementOf, wiringOf } from './resource-policy';
import { Statement, statementsIn } from './statement';
import { surroundingsOf } from './surroundings';
import { Bytes, policyBytes } from '../../measure/policy-bytes';
import { permissionBytes, statementsBytes } from '../../measure/resource-policy-bytes';
import type { AppModel } from '../app';
import { oncePerApp } from '../once-per-app';
import { referenceIn } from '../reference';
import type { Resource } from '../resource';
import { Json } from '../template';
import { valueOf } from '../value';
import { LATEST, Target } from '../wiring';

/** How much of its resource policy a function, version or alias uses. */
export interface PolicySize extends Target {
  /** The alias, function or policy document. */
  readonly resource: Resource;
  readonly bytes: Bytes;
  readonly statements: readonly { readonly statement: Statement; readonly bytes: Bytes }[];
  readonly isDocument: boolean;
}

/**
 * The sizes of all resource policies of an app. Each qualifier has a policy of its own; those that deployment decides
 * are left out, and so are permissions under a condition, of which there may be one at a time.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
export const resourcePolicySizes = oncePerApp((app: AppModel): readonly PolicySize[] => [
  ...app.ofType('AWS::Lambda::Function').flatMap((fn) => sizesOfPermissions(fn)),
  ...app.ofType('AWS::Lambda::ResourcePolicy').flatMap((policy) => sizeOfDocument(policy)),
]);

function sizesOfPermissions(fn: Resource): PolicySize[] {
  const wiring = wiringOf(fn.stack.app);
  const byQualifier = new Map<string, Resource[]>();
  for (const { resource, qualifier } of wiring.permissions(fn)) {
    if (qualifier.includes(' ') || resource.condition !== undefined) continue;
    byQualifier.set(qualifier, [...byQualifier.get(qualifier) ?? [], resource]);
  }
  return [...byQualifier].map(([qualifier, permissions]) => {
    const statements = permissions.map((permission) => ({ statement: statementOf(permission), bytes: bytesOf(permission) }));
    const alias = wiring.aliases(fn).find((resource) => valueOf(resource.text('Name')) === qualifier);
    const bytes = statementsBytes(statements.map((statement) => statement.bytes));
    return { fn, qualifier, resource: qualifier === LATEST ? fn : alias ?? fn, bytes, statements, isDocument: false };
  });
}

const PROPERTIES = ['Action', 'Principal', 'SourceArn', 'SourceAccount', 'PrincipalOrgID', 'EventSourceToken', 'FunctionUrlAuthType', 'InvokedViaFunctionUrl'];

/** The statement names the function by its ARN, also where the permission does by its name. */
function bytesOf(permission: Resource): Bytes {
  const properties = PROPERTIES.map((name) => [name, valueOf(permission.raw(name))]);
  const named = valueOf(permission.raw('FunctionName'));
  const reference = referenceIn(named, permission.stack);
  const isHere = reference?.exact && reference.resource.type === 'AWS::Lambda::Function' && reference.resource.stack === permission.stack;
  const arn = isHere ? { 'Fn::GetAtt': [reference.resource.logicalId, 'Arn'] } : named;
  return permissionBytes({ ...Object.fromEntries(properties) as object, FunctionName: arn }, permission.logicalId, surroundingsOf(permission.stack));
}

function sizeOfDocument(policy: Resource): PolicySize[] {
  const target = documentTarget(policy);
  if (!target) return [];
  const list = valueOf(policy.raw('PolicyDocument.Statement'));
  const items: Json[] = Array.isArray(list) ? list : list === undefined ? [] : [list];
  const statements = items.flatMap((item) => statementsIn({ Statement: [item] }, policy, 'PolicyDocument')
    .map((statement) => ({ statement, bytes: policyBytes(item, surroundingsOf(policy.stack)) })));
  const bytes = documentBytesAt(policy, 'PolicyDocument');
  return [{ ...target, resource: policy, bytes: statements.length === 0 ? { ...bytes, least: 0 } : bytes, statements, isDocument: true }];
}
