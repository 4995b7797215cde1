import { Resource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { checkPassRole } from './pass-role';
import { insteadOf } from './replaced-policies';

/**
 * Whether this app cannot change the permissions of a role: it was imported with `mutable: false` or from another
 * account, or frozen with `withoutPolicyUpdates()`.
 *
 * The class of such roles is private to the CDK and claims that each statement was added; this property is what tells
 * it apart. Without it, a role counts as one that can be changed.
 */
export function isReadOnly(role: iam.IRole): boolean {
  return !(role instanceof iam.Role) && 'addGrantsToResources' in role;
}

/**
 * A role that this app cannot change: remembers what it was to be allowed, which the CDK drops without a word.
 *
 * Not exported: users see an `iam.IRole`.
 */
export class ReadOnlyRole extends Resource implements iam.IRole {
  public readonly grantPrincipal: iam.IPrincipal = this;
  public readonly assumeRoleAction: string;
  public readonly policyFragment: iam.PrincipalPolicyFragment;
  public readonly principalAccount?: string;
  public readonly roleArn: string;
  public readonly roleName: string;

  /** What the function needs and nobody gave the role, as far as this app knows. */
  public readonly lacking: iam.PolicyStatement[] = [];

  /** ARNs of managed policies that were to be attached. */
  public readonly lackingPolicies: string[] = [];

  constructor(scope: Construct, id: string, private readonly role: iam.IRole) {
    super(scope, id, { account: role.env.account, region: role.env.region });
    this.assumeRoleAction = role.assumeRoleAction;
    this.policyFragment = role.policyFragment;
    this.principalAccount = role.principalAccount;
    this.roleArn = role.roleArn;
    this.roleName = role.roleName;
  }

  public get roleRef(): iam.RoleReference {
    return this.role.roleRef;
  }

  public addToPolicy(statement: iam.PolicyStatement): boolean {
    return this.addToPrincipalPolicy(statement).statementAdded;
  }

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    checkPassRole(this, statement);
    this.lacking.push(statement);
    return this.role.addToPrincipalPolicy(statement);
  }

  public attachInlinePolicy(policy: iam.Policy): void {
    const statements: object[] = policy.document.toJSON()?.Statement ?? [];
    this.lacking.push(...statements.map((statement) => iam.PolicyStatement.fromJson(statement)));
    this.role.attachInlinePolicy(policy);
  }

  public addManagedPolicy(policy: iam.IManagedPolicy): void {
    const statement = insteadOf(policy, Stack.of(this));
    if (statement) this.lacking.push(statement);
    else this.lackingPolicies.push(policy.managedPolicyArn);
  }

  public grant(grantee: iam.IPrincipal, ...actions: string[]): iam.Grant {
    return this.role.grant(grantee, ...actions);
  }

  public grantPassRole(grantee: iam.IPrincipal): iam.Grant {
    return this.role.grantPassRole(grantee);
  }

  public grantAssumeRole(grantee: iam.IPrincipal): iam.Grant {
    return this.role.grantAssumeRole(grantee);
  }
}
