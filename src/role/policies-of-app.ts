import { CfnResource, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { asTextOfApp } from '../support/as-text';

/** A statement as IAM reads it, with names as text. */
export interface Statement {
  readonly Effect?: string;
  readonly Principal?: { readonly AWS?: unknown };
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: unknown;
}

/** A policy of the app, or what one says of one role. */
export interface Policy {
  readonly account: string;
  readonly statements: readonly Statement[];
}

/** The policies of a stage by names of roles, by ARNs of roles that they let in, and by their own ARNs. */
export type PolicyIndex = Map<string, Policy[]>;

/** Functions with read-only roles ask for the same policies, one after the other. */
const indexes = new WeakMap<IConstruct, PolicyIndex>();

/** The policies of the stage that a scope is in. */
export function policiesAround(scope: IConstruct): PolicyIndex {
  const stage = stageOf(scope);
  const index = indexes.get(stage) ?? read(stage);
  indexes.set(stage, index);
  return index;
}

/** To be called when the policies of an app may have changed. */
export function forgetPolicies(scope: IConstruct): void {
  indexes.delete(stageOf(scope));
}

function stageOf(scope: IConstruct): IConstruct {
  return Stage.of(scope) ?? scope.node.root;
}

function read(stage: IConstruct): PolicyIndex {
  const index: PolicyIndex = new Map();
  for (const resource of stage.node.findAll().filter(CfnResource.isCfnResource)) {
    const { policyDocument } = resource as { readonly policyDocument?: unknown };
    if (policyDocument === undefined) continue;
    for (const [key, statements] of entriesOf(resource, statementsOf(policyDocument, resource))) {
      index.set(key, [...index.get(key) ?? [], { account: resource.stack.account, statements }]);
    }
  }
  return index;
}

type Entry = [key: string, statements: readonly Statement[]];

function entriesOf(resource: CfnResource, statements: readonly Statement[]): Entry[] {
  const names = namesIn(resource);
  if (!names) return statements.flatMap(lettingIn);
  return names.flatMap((name) => listOf(asTextOfApp(name, resource))).map((name) => [String(name), statements]);
}

/** What a policy of roles is found by: the roles that it names, or the ARN by which roles name it. */
function namesIn(resource: CfnResource): unknown[] | undefined {
  if (iam.CfnPolicy.isCfnPolicy(resource)) return [resource.roles];
  if (iam.CfnRolePolicy.isCfnRolePolicy(resource)) return [resource.roleName];
  return iam.CfnManagedPolicy.isCfnManagedPolicy(resource) ? [resource.roles, resource.ref] : undefined;
}

/** A statement of a bucket policy, say, by whom it lets in. One on `*` means the resource, of which it does not say which. */
function lettingIn(statement: Statement): Entry[] {
  if (listOf(statement.Resource).includes('*')) return [];
  return listOf(statement.Principal?.AWS).map((principal) => [String(principal), [statement]]);
}

/** The statements of a policy document in a resource. */
export function statementsOf(document: unknown, scope: CfnResource): Statement[] {
  return listOf((asTextOfApp(document, scope) as { readonly Statement?: unknown } | undefined)?.Statement);
}

/** What IAM and CloudFormation take as one or as a list. */
export function listOf<T>(json: unknown): T[] {
  if (json === undefined || json === null) return [];
  return Array.isArray(json) ? json : [json as T];
}
