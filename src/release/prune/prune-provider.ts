import * as path from 'path';
import { CfnResource, CustomResource, Duration, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AliasesOf } from './aliases-in-stack';

/** As the CDK calls the functions behind its own custom resources: the summary lists them apart. */
const ID = 'Custom::PrunedVersionsCustomResourceProvider';

/** In the package, beside `lib/`. */
const CODE = path.join(__dirname, '../../../providers/prune-versions');

/**
 * What is asked of a function. Without a qualifier Lambda asks for a permission on the function, with one on the version.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 */
const ON_FUNCTION = ['lambda:ListAliases', 'lambda:ListProvisionedConcurrencyConfigs', 'lambda:ListVersionsByFunction'];
const ON_VERSIONS = ['lambda:DeleteFunction', 'lambda:GetPolicy', 'lambda:ListDurableExecutionsByFunction'];

/** Takes no resource. */
const ON_ALL = ['lambda:ListEventSourceMappings'];

/** How long the handler may take, and how long CloudFormation waits for it, which would be an hour. */
const TIMEOUT = Duration.minutes(3);
const PATIENCE = Duration.minutes(10);

/**
 * Functions that are pruned at the same time. All calls of an account that manage functions share 15 a second, those of
 * CloudFormation included, which is deploying at that time.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const LANES = 4;

/** A function to prune, and where the versions go that its aliases name. */
interface Pruned {
  readonly fn: lambda.Function;
  readonly resource: CfnResource;
  readonly named: unknown[];
}

/** The function that prunes versions, with its role and log group: one in each stack that has functions to prune. */
export class PruneProvider extends Construct {
  /** That of a stack, made with the first function. */
  public static of(stack: Stack): PruneProvider {
    return stack.node.tryFindChild(ID) as PruneProvider | undefined ?? new PruneProvider(stack, ID);
  }

  private readonly onFunctions = new iam.PolicyStatement({ actions: ON_FUNCTION });
  private readonly onVersions = new iam.PolicyStatement({ actions: ON_VERSIONS });
  private readonly handler: lambda.Function;
  private readonly pruned: Pruned[] = [];

  private constructor(private readonly stack: Stack, id: string) {
    super(stack, id);
    const logGroup = new logs.LogGroup(this, 'Logs', { retention: logs.RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    this.handler = new lambda.Function(this, 'Handler', {
      description: 'Deletes old versions of functions of this stack that nothing uses (cdk-event-functions, keepVersions)',
      runtime: lambda.determineLatestNodeRuntime(this),
      handler: 'index.handler',
      code: lambda.Code.fromAsset(CODE),
      memorySize: 256,
      timeout: TIMEOUT,
      role: this.makeRole(logGroup),
      logGroup,
    });
    this.node.addValidation({ validate: () => this.lookForAliases() });
  }

  /**
   * Prunes the versions of a function whenever there is a new one.
   *
   * The resource is in this scope, not in that of the function: what waits for the function would wait for this provider, and so
   * for all functions that it prunes.
   */
  public prune(fn: lambda.Function, keepVersions: number): void {
    this.onFunctions.addResources(fn.functionArn);
    // To delete the function itself takes a permission on its ARN without a qualifier.
    this.onVersions.addResources(`${fn.functionArn}:*`);
    const named: unknown[] = [];
    const resource = new CustomResource(this, idOf(this.stack, fn), {
      resourceType: 'Custom::PrunedVersions',
      serviceToken: this.handler.functionArn,
      serviceTimeout: PATIENCE,
      properties: {
        FunctionArn: fn.functionArn,
        Version: fn.currentVersion.version,
        Aliases: Lazy.uncachedAny({ produce: () => named }, { omitEmptyArray: true }),
        Keep: keepVersions,
      },
    });
    const cfnResource = resource.node.defaultChild as CfnResource;
    const before = this.pruned.at(-LANES);
    if (before) cfnResource.addResourceDependency(before.resource);
    this.pruned.push({ fn, named, resource: cfnResource });
  }

  private makeRole(logGroup: logs.ILogGroup): iam.Role {
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': this.stack.account } } }),
    });
    role.addToPolicy(new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }));
    role.addToPolicy(new iam.PolicyStatement({ actions: ON_ALL, resources: ['*'] }));
    role.addToPolicy(this.onFunctions);
    role.addToPolicy(this.onVersions);
    return role;
  }

  /**
   * Lets each resource wait until all aliases of its function in this stack have moved, which is when CodeDeploy is done, and
   * tells it what they name: what they named before is what a failed deployment goes back to, and is not deleted either.
   */
  private lookForAliases(): string[] {
    const all = new AliasesOf(this.stack);
    for (const { fn, resource, named } of this.pruned) {
      const aliases = all.of(fn);
      aliases.forEach((alias) => resource.addResourceDependency(alias));
      named.splice(0, named.length, ...all.versionsOf(aliases, fn.currentVersion.version));
    }
    return [];
  }
}

/** The path of a function from its stack on, as an id that none of ours has. */
function idOf(stack: Stack, fn: lambda.Function): string {
  const ids = fn.node.scopes.slice(stack.node.scopes.length).map(({ node }) => node.id);
  return ['Of', ...ids.length > 1 && ids.at(-1) === 'Default' ? ids.slice(0, -1) : ids].join('/');
}
