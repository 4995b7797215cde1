import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { checkConditions, checkNotPublic, checkRenderable, checkStatement } from './checks';
import { confined, serviceName } from './confine';
import { InvocationKind, InvocationPath } from './invocation-path';
import { InvokeStatement } from './invoke-statement';
import { bare, Parts, partsOf, policyStatement } from './parts';
import { checkNoCycle, PolicyDocument } from './policy-document';
import { Bytes, policyBytes, Surroundings } from '../measure/policy-bytes';
import { permissionBytes, statementsBytes } from '../measure/resource-policy-bytes';
import { mistake } from '../support/errors';
import { isKnown } from '../support/tokens';

/** How the statements about who may invoke are rendered. */
export enum ResourcePolicyMode {
  /**
   * One `AWS::Lambda::Permission` per statement, in the scope of its source.
   *
   * Sources may be in any stack. Only the conditions of `lambda.Permission`, no denials; some 50 statements fit.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html
   */
  PERMISSIONS = 'PERMISSIONS',

  /**
   * One `AWS::Lambda::ResourcePolicy` for all statements, which replaces whatever else was said about the alias.
   *
   * Any condition, and denials; statements that differ only in their source ARN share one, so that 200 rules and more
   * fit. Sources in other stacks of the same environment are refused.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-resourcepolicy.html
   */
  DOCUMENT = 'DOCUMENT',
}

/** Writes a permission with the means of the CDK. */
type Write = (id: string, permission: lambda.Permission) => void;

/** A statement and where its permission, or its place, is. */
interface Entry {
  readonly id: string;
  readonly scope: Construct;
  readonly statement: iam.PolicyStatement;
  readonly parts: Parts;
}

/**
 * Who may invoke a function: every statement about its live alias, or about a further one, whoever added it.
 *
 * Integrations of the CDK (`addEventSource`, `grantInvoke`, targets of rules, APIs, load balancers) write here when they
 * are given an event function or one of its aliases. Each statement for a service is held to its source: the ARN that was given, or else the
 * resources of that service in the function's own account and Region.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
export class ResourcePolicy {
  /** How the statements are rendered. */
  public readonly mode: ResourcePolicyMode;

  private readonly entries: Entry[] = [];
  private readonly document: PolicyDocument;

  /**
   * Writes a permission; set by the function or alias, which knows how.
   *
   * @internal
   */
  public _write!: Write;

  /** @internal */
  constructor(private readonly owner: lambda.IFunction, mode?: ResourcePolicyMode) {
    this.mode = mode ?? ResourcePolicyMode.PERMISSIONS;
    this.document = new PolicyDocument(owner);
  }

  /**
   * Allow a service, an account, a role or an organization to invoke the function through the alias.
   *
   * @param id Construct id of the permission, unique within its scope
   * @param statement Who, for which action, and on which conditions
   * @example
   * import * as iam from 'aws-cdk-lib/aws-iam';
   * import { EventFunction } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * orders.resourcePolicy.allow('Partner', { principal: new iam.AccountPrincipal('111122223333') });
   */
  public allow(id: string, statement: InvokeStatement): void {
    checkConditions(this.owner, id, statement);
    const given = partsOf(statement);
    checkStatement(this.owner, id, given);
    checkNotPublic(this.owner, id, given);
    const parts = statement.anySource ? given : confined(given, Stack.of(this.owner));
    const entry = this.entry(id, statement, parts, iam.Effect.ALLOW);
    if (this.mode === ResourcePolicyMode.PERMISSIONS) this.writePermission(entry, statement.scope);
    else this.writeStatement(entry, statement);
  }

  /**
   * Deny an action, by default to invoke, whatever else allows it. Only in `ResourcePolicyMode.DOCUMENT`.
   *
   * @param id Construct id of the statement, unique within its scope
   * @param statement Whom, which action, and on which conditions
   */
  public deny(id: string, statement: InvokeStatement): void {
    checkConditions(this.owner, id, statement);
    const parts = partsOf(statement);
    checkStatement(this.owner, id, parts);
    if (this.mode === ResourcePolicyMode.PERMISSIONS) {
      throw mistake(this.owner, {
        code: 'DenyNeedsDocument',
        property: 'resourcePolicyMode',
        allowed: `ResourcePolicyMode.DOCUMENT for the denial '${id}'`,
        got: this.mode,
        fix: 'set it where the function or alias is made: an AWS::Lambda::Permission can only allow',
      });
    }
    this.writeStatement(this.entry(id, statement, parts, iam.Effect.DENY), statement);
  }

  /** The statements so far, in the order in which they were added. Copies: changing them changes nothing. */
  public get statements(): iam.PolicyStatement[] {
    return this.entries.map(({ statement }) => statement.copy());
  }

  /**
   * About how many bytes the policy will have, of the 20,480 that Lambda takes for one alias.
   *
   * Names that CloudFormation generates are taken to be as long as they usually are.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
   */
  public get estimatedBytes(): number {
    const { region, account, stackName } = Stack.of(this.owner);
    const around = { region: known(region), account: known(account), stackName: known(stackName) };
    if (this.entries.length === 0) return 0;
    const bytes = this.mode === ResourcePolicyMode.DOCUMENT ? policyBytes(this.document.toJson(), around) : this.permissionsBytes(around);
    return bytes.likely;
  }

  /**
   * Who may invoke by these statements.
   *
   * @internal
   */
  public _invocationPaths(qualifier: string): InvocationPath[] {
    const allowing = this.entries.filter(({ statement }) => statement.effect === iam.Effect.ALLOW);
    return allowing.map(({ id, scope, parts: { principal, slots } }) => ({
      kind: InvocationKind.PUSH,
      caller: callerOf(principal),
      source: slots.sourceArn,
      sourceAccount: slots.sourceAccount,
      qualifier,
      // ids may have signs that paths have not
      statement: scope.node.findChild(id).node.path,
    }));
  }

  private entry(id: string, { scope }: InvokeStatement, parts: Parts, effect: iam.Effect): Entry {
    const statement = policyStatement(effect, parts, this.owner.functionArn);
    return { id, scope: scope ?? this.owner as unknown as Construct, parts, statement };
  }

  private writePermission(entry: Entry, scope?: Construct): void {
    const { id, parts } = entry;
    checkRenderable(this.owner, id, parts);
    this._write(id, { scope, principal: parts.principal, action: parts.action, ...parts.slots });
    this.entries.push(entry);
  }

  private writeStatement(entry: Entry, given: InvokeStatement): void {
    checkNoCycle(this.owner, entry.id, given);
    if (this.entries.some((other) => this.isSame(other, entry))) return;
    this.document.add(entry.scope, entry.id, entry.statement, entry.parts.slots.sourceArn);
    this.entries.push(entry);
  }

  /** Integrations that look for a `CfnPermission` do not find it in a place, and ask for it again. */
  private isSame(one: Entry, other: Entry): boolean {
    if (one.id !== other.id || one.scope !== other.scope) return false;
    const [a, b] = [one, other].map(({ statement }) => JSON.stringify(Stack.of(this.owner).resolve(statement.toStatementJson())));
    return a === b;
  }

  private permissionsBytes(around: Surroundings): Bytes {
    const stack = Stack.of(this.owner);
    return statementsBytes(this.entries.map(({ id, scope }) => {
      const permission = scope.node.findChild(id) as lambda.CfnPermission;
      return permissionBytes({
        Action: permission.action,
        Principal: stack.resolve(permission.principal),
        FunctionName: stack.resolve(permission.functionName),
        SourceArn: stack.resolve(permission.sourceArn),
        SourceAccount: stack.resolve(permission.sourceAccount),
        PrincipalOrgID: permission.principalOrgId,
        EventSourceToken: permission.eventSourceToken,
        FunctionUrlAuthType: permission.functionUrlAuthType,
        InvokedViaFunctionUrl: permission.invokedViaFunctionUrl,
      }, stack.resolve(permission.logicalId), around);
    }));
  }
}

/** A service or an account by name; others by their ARN. */
function callerOf(principal: iam.IPrincipal): string {
  const who = bare(principal);
  return serviceName(principal) ?? ('accountId' in who ? String(who.accountId) : Object.values(who.policyFragment.principalJson).flat().join(', '));
}

function known(text: string): string | undefined {
  return isKnown(text) ? text : undefined;
}
