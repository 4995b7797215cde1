import { IResolveContext, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct, Dependable, IConstruct } from 'constructs';
import { mergeStatements, StatementJson } from './merge';
import { mistake } from '../support/errors';
import { refersToNothing } from '../support/references';

/** All statements about one qualifier, as one `AWS::Lambda::ResourcePolicy`. */
export class PolicyDocument {
  private readonly statements: iam.PolicyStatement[] = [];
  private resource?: lambda.CfnResourcePolicy;

  constructor(private readonly owner: lambda.IFunction) {}

  /** Takes a statement in and marks its place, so that whoever waits for a permission waits for the document. */
  public add(scope: Construct, id: string, statement: iam.PolicyStatement, sourceArn?: string): void {
    this.resource ??= new lambda.CfnResourcePolicy(this.owner as unknown as Construct, 'ResourcePolicy', {
      resourceArn: this.owner.functionArn,
      policyDocument: Lazy.uncachedAny({ produce: (context) => this.render((value) => context.resolve(value)) }),
    });
    new StatementPlace(scope, id, this.resource, sourceArn);
    this.statements.push(statement);
  }

  /** The document as it will be deployed; `undefined` without statements. */
  public toJson(): unknown {
    if (this.statements.length === 0) return undefined;
    const stack = Stack.of(this.owner);
    return this.render((value) => stack.resolve(value));
  }

  private render(resolve: IResolveContext['resolve']): object {
    const statements = this.statements.map((statement): StatementJson => resolve(statement.toStatementJson()));
    return { Version: '2012-10-17', Statement: mergeStatements(statements) };
  }
}

/** Where a permission would have been: integrations look for it by its id, compare its source, and depend on it. */
class StatementPlace extends Construct {
  constructor(scope: Construct, id: string, document: lambda.CfnResourcePolicy, public readonly sourceArn?: string) {
    super(scope, id);
    Dependable.implement(this, { dependencyRoots: [document] });
  }
}

/**
 * Refuses a source of another stack of the same environment: it names the function, and the document would name it.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/resources.html#resource-stack
 */
export function checkNoCycle(owner: IConstruct, id: string, permission: lambda.Permission): void {
  const { scope, sourceArn } = permission;
  if (!scope || sourceArn === undefined || refersToNothing(Stack.of(scope).resolve(sourceArn))) return;
  const [here, there] = [Stack.of(owner), Stack.of(scope)];
  if (here === there || here.environment !== there.environment) return;
  throw mistake(owner, {
    code: 'DocumentWouldCloseCycle',
    property: `resourcePolicyMode' for statement '${id}`,
    allowed: `ResourcePolicyMode.PERMISSIONS when a source is in another stack ('${there.node.path}'; the function is in '${here.node.path}')`,
    got: 'DOCUMENT',
    fix: `'${there.node.path}' names the function, and the policy document in '${here.node.path}' would name the source: use PERMISSIONS for this function or alias, put both into one stack, or give the source a fixed name and its ARN as text (Stack.formatArn)`,
  });
}
