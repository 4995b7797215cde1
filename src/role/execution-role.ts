import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { checkPassRole } from './pass-role';
import { insteadOf } from './replaced-policies';
import { statementsIn } from './statements-in';

/** Properties of an execution role. */
export interface ExecutionRoleProps {
  /**
   * Let Lambda assume this role only on behalf of functions in the stack's own account (`aws:SourceAccount`).
   *
   * Without the condition the trust policy is the one of `lambda.Function`.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
   * @default true
   */
  readonly restrictToAccount?: boolean;

  /**
   * Principals that may assume this role besides `lambda.amazonaws.com`, for instance
   * `edgelambda.amazonaws.com` for a function that CloudFront runs.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html
   * @default - Lambda alone may assume the role
   */
  readonly additionalPrincipals?: iam.IPrincipal[];

  /**
   * What the role is for; shown in the IAM console. At most 1,000 characters.
   *
   * @default - the role has an empty description
   */
  readonly description?: string;

  /**
   * Upper bound of what this role may ever be granted.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   * @default - the boundary of the enclosing scope applies, if one is set there
   */
  readonly permissionsBoundary?: iam.IManagedPolicy;
}

/**
 * An execution role: what a Lambda function may do.
 *
 * It starts with nothing but its trust policy. `EventFunction` adds what the function uses, each permission scoped
 * to the resource; grants (`bucket.grantRead(fn)`) add the rest. No AWS managed policy is attached.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 * @example
 * import * as iam from 'aws-cdk-lib/aws-iam';
 * import { ExecutionRole } from 'cdk-event-functions';
 *
 * declare const deployer: iam.IRole;
 * const role = new ExecutionRole(this, 'OrdersRole');
 * role.grantPassRole(deployer);
 */
export class ExecutionRole extends iam.Role {
  /** What was allowed so far: it tells what a managed policy of AWS is attached for. */
  private readonly allowed: iam.PolicyStatement[] = [];

  constructor(scope: Construct, id: string, props: ExecutionRoleProps = {}) {
    super(scope, id, {
      assumedBy: trustedPrincipal(scope, props),
      description: props.description,
      permissionsBoundary: props.permissionsBoundary,
    });
  }

  /**
   * Allow something to the role. Refuses `iam:PassRole` on all roles, unless a condition says on which or to whom.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html
   */
  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    this.allow(statement);
    return super.addToPrincipalPolicy(statement);
  }

  /**
   * Allow what a policy says. Refuses `iam:PassRole` on all roles, unless a condition says on which or to whom.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
   */
  public attachInlinePolicy(policy: iam.Policy): void {
    statementsIn(policy).forEach((statement) => this.allow(statement));
    super.attachInlinePolicy(policy);
  }

  /**
   * Attach a managed policy.
   *
   * In place of those that the CDK attaches for Lambda Insights and for clusters of Amazon MSK, the role gets what they
   * are for, held to the function's own resources.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
   */
  public addManagedPolicy(policy: iam.IManagedPolicy): void {
    const statements = insteadOf(policy, Stack.of(this), this.allowed);
    if (statements) statements.forEach((statement) => this.addToPrincipalPolicy(statement));
    else super.addManagedPolicy(policy);
  }

  /**
   * Allow a deployer to hand this role to Lambda, and to no other service.
   *
   * Whoever creates or updates the function needs this; CloudFormation's own role usually has it.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
   */
  public grantPassRole(grantee: iam.IPrincipal): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['iam:PassRole'],
      resourceArns: [this.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': LAMBDA } },
    });
  }

  private allow(statement: iam.PolicyStatement): void {
    checkPassRole(this, statement);
    this.allowed.push(statement);
  }
}

const LAMBDA = 'lambda.amazonaws.com';

function trustedPrincipal(scope: Construct, props: ExecutionRoleProps): iam.IPrincipal {
  const lambda = new iam.ServicePrincipal(LAMBDA, {
    conditions: props.restrictToAccount === false ? undefined : sameAccount(scope),
  });
  const others = props.additionalPrincipals ?? [];
  return others.length === 0 ? lambda : new iam.CompositePrincipal(lambda, ...others);
}

function sameAccount(scope: Construct) {
  return { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } };
}
