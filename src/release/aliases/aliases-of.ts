import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/** What an alias, or a version, says about its provisioned concurrency and traffic. What the deployment decides is left out. */
export interface Qualifier {
  /** The name of the alias, or what a version is called here. */
  readonly name: string;
  readonly isAlias: boolean;
  /** The version, as it will be in the template. Who asks has the function hashed for the id of its version: most have no need to. */
  readonly version: string;
  readonly isLatest: boolean;
  /** Whether there is provisioned concurrency, of whatever amount. */
  readonly isProvisioned: boolean;
  /** What is provisioned whatever the load is, if that is known. */
  readonly least?: number;
  /** What is ever provisioned, if that is known. */
  readonly most?: number;
  /** How many further versions get traffic. */
  readonly additionalVersions: number;
}

interface Provisioned { readonly provisionedConcurrentExecutions?: unknown }

/** Id of the construct with which the CDK scales an alias. */
const SCALING = 'AliasScaling';

/**
 * The aliases and versions below a function, with what the escape hatches made of them. Those that are made elsewhere are for
 * the rules, which read the finished template.
 */
export function qualifiersOf(fn: lambda.Function): Qualifier[] {
  const children = fn.node.children.map(({ node }) => node.defaultChild);
  return [
    ...children.filter(lambda.CfnVersion.isCfnVersion).map(ofVersion),
    ...children.filter(lambda.CfnAlias.isCfnAlias).map(ofAlias),
  ];
}

function ofVersion(version: lambda.CfnVersion): Qualifier {
  const number = resolved<Provisioned>(version, version.provisionedConcurrencyConfig);
  return {
    name: version.node.scope!.node.id,
    isAlias: false,
    get version() { return JSON.stringify(Stack.of(version).resolve(version.attrVersion)); },
    isLatest: false,
    isProvisioned: number !== undefined,
    ...bounds([numberOf(number)]),
    additionalVersions: 0,
  };
}

function ofAlias(alias: lambda.CfnAlias): Qualifier {
  const name: unknown = Token.isUnresolved(alias.name) ? Stack.of(alias).resolve(alias.name) : alias.name;
  const provisioned = resolved<Provisioned>(alias, alias.provisionedConcurrencyConfig);
  const routing = resolved<{ readonly additionalVersionWeights?: readonly unknown[] }>(alias, alias.routingConfig);
  const target = scalableTarget(alias);
  const functionVersion = () => Stack.of(alias).resolve(alias.functionVersion);
  return {
    name: typeof name === 'string' ? name : JSON.stringify(name),
    isAlias: true,
    get version() { return JSON.stringify(functionVersion()); },
    get isLatest() { return functionVersion() === '$LATEST'; },
    isProvisioned: provisioned !== undefined || target !== undefined,
    ...bounds([...provisioned ? [numberOf(provisioned)] : [], ...target ? [target.least] : []], target?.mosts),
    additionalVersions: routing?.additionalVersionWeights?.length ?? 0,
  };
}

function resolved<T>(resource: CfnResource, value: unknown): T | undefined {
  return value === undefined ? undefined : Stack.of(resource).resolve(value);
}

function numberOf(config: Provisioned | undefined): number | undefined {
  return known(config?.provisionedConcurrentExecutions);
}

function bounds(leasts: readonly (number | undefined)[], mosts: readonly (number | undefined)[] = []): Pick<Qualifier, 'least' | 'most'> {
  return { least: highest(leasts), most: highest([...leasts, ...mosts]) };
}

/** The highest of the numbers that are known. */
function highest(numbers: readonly (number | undefined)[]): number | undefined {
  const there = numbers.filter((number) => number !== undefined);
  return there.length === 0 ? undefined : Math.max(...there);
}

/** What scaling begins with, and all that it may come to: each schedule has its own bounds. */
function scalableTarget(alias: lambda.CfnAlias): { readonly least?: number; readonly mosts: (number | undefined)[] } | undefined {
  const target = alias.node.scope!.node.tryFindChild(SCALING)?.node.findAll()
    .find((construct) => CfnResource.isCfnResource(construct) && construct.cfnResourceType === 'AWS::ApplicationAutoScaling::ScalableTarget');
  if (!target) return undefined;
  const { minCapacity, maxCapacity, scheduledActions } = target as unknown as Record<string, unknown>;
  const first = Stack.of(alias).resolve({ minCapacity, maxCapacity, scheduledActions });
  const actions: { readonly scalableTargetAction?: Record<string, unknown> }[] = first.scheduledActions ?? [];
  const values = [first.minCapacity, first.maxCapacity, ...actions.flatMap(({ scalableTargetAction = {} }) => Object.values(scalableTargetAction))];
  return { least: known(first.minCapacity), mosts: values.map(known) };
}

function known(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
