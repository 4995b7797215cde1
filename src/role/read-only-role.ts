import { Resource, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, Dependable, DependencyGroup, IConstruct } from 'constructs';
import { knownOf } from './known-statements';
import { checkPassRole } from './pass-role';
import { insteadOf } from './replaced-policies';
import { statementsIn } from './statements-in';

/**
 * Whether this app cannot change the permissions of a role for a function: it was imported with `mutable: false` or from
 * another account, or frozen with `withoutPolicyUpdates()`.
 *
 * The class of such roles is private to the CDK and claims that each statement was added; this property is what tells
 * it apart. Without it, a role counts as one that can be changed.
 */
export function isReadOnly(role: iam.IRole, fn: IConstruct): boolean {
  return !(role instanceof iam.Role) && ('addGrantsToResources' in role || isOfOtherAccount(role, fn));
}

/** Whether a role and a function are surely not of one account. */
export function isOfOtherAccount(role: iam.IRole, fn: IConstruct): boolean {
  return Token.compareStrings(role.env.account, Stack.of(fn).account) === TokenComparison.DIFFERENT;
}

/** What a role was to be allowed. */
export interface Lacking {
  readonly statements: readonly iam.PolicyStatement[];
  readonly managedPolicyArns: readonly string[];
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

  /** Whether resources are to let the role in, which they do if it says that it took nothing. */
  private readonly grantsToResources: boolean;

  private readonly asked: iam.PolicyStatement[] = [];
  private readonly askedPolicies: iam.Policy[] = [];
  private readonly askedManagedPolicies: string[] = [];

  constructor(scope: Construct, id: string, private readonly role: iam.IRole) {
    super(scope, id, { account: role.env.account, region: role.env.region });
    this.assumeRoleAction = role.assumeRoleAction;
    this.policyFragment = role.policyFragment;
    this.principalAccount = role.principalAccount;
    this.roleArn = role.roleArn;
    this.roleName = role.roleName;
    this.grantsToResources = (role as { readonly addGrantsToResources?: boolean }).addGrantsToResources === true;
    // What waits for a role of this app waits for its policies.
    Dependable.implement(this, Dependable.of(role));
  }

  public get roleRef(): iam.RoleReference {
    return this.role.roleRef;
  }

  public addToPolicy(statement: iam.PolicyStatement): boolean {
    return this.addToPrincipalPolicy(statement).statementAdded;
  }

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    checkPassRole(this, statement);
    this.asked.push(statement);
    return { statementAdded: !this.grantsToResources, policyDependable: new DependencyGroup() };
  }

  public attachInlinePolicy(policy: iam.Policy): void {
    statementsIn(policy).forEach((statement) => checkPassRole(this, statement));
    this.askedPolicies.push(policy);
  }

  public addManagedPolicy(policy: iam.IManagedPolicy): void {
    const statements = insteadOf(policy, Stack.of(this), this.asked);
    if (statements) this.asked.push(...statements);
    else this.askedManagedPolicies.push(policy.managedPolicyArn);
  }

  /** What the function needs and the role has not, as far as this app knows. */
  public lacking(): Lacking {
    const known = knownOf(this.role, this);
    return {
      // A policy may have got more statements since.
      statements: [...this.asked, ...this.askedPolicies.flatMap(statementsIn)].filter((statement) => !known.has(statement)),
      managedPolicyArns: this.askedManagedPolicies.filter((arn) => !known.hasPolicy(arn)),
    };
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
