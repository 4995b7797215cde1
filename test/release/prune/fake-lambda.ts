/** The part of Lambda that the handler talks to, in memory, with pages of a few items. */

export const FUNCTION_ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:orders';

export interface State {
  /** Published versions; `$LATEST` is always there. */
  versions: number[];
  aliases?: { name: string; version: string; weights?: Record<string, number> }[];
  /** Qualifiers with provisioned concurrency. */
  provisioned?: string[];
  /** Versions that event source mappings name. */
  mapped?: number[];
  /** Versions with a resource policy. */
  withPolicy?: number[];
  /** Versions that are durable; those that have executions running. */
  durable?: number[];
  executing?: number[];
  /** Versions that CloudFront has replicas of. */
  replicated?: number[];
}

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: { FunctionName: string; Qualifier?: string; Marker?: string };
}

export class FakeLambda {
  /** Names of all calls, in order. */
  public readonly calls: string[] = [];
  /** Versions that were deleted, in order. */
  public readonly deleted: number[] = [];
  /** Versions whose deletion was refused because an alias names them: Lambda's own guard, on which nobody should rely. */
  public readonly refused: number[] = [];
  /** Fails a call instead of answering it: by its number, from 0 on, and its name. */
  public failing?: (index: number, name: string) => string | undefined;

  constructor(public readonly state: State, private readonly pageSize = 50) {}

  public async send(command: Command, options?: { abortSignal?: AbortSignal }): Promise<unknown> {
    options?.abortSignal?.throwIfAborted();
    const name = command.constructor.name.replace(/Command$/, '');
    this.calls.push(name);
    const failure = this.failing?.(this.calls.length - 1, name);
    if (failure) throw named(failure, 'as the test wants');
    return this.answer(name, command.input);
  }

  /** What must never be deleted, whatever is kept. */
  public get used(): Set<number> {
    const { aliases = [], provisioned = [], mapped = [], withPolicy = [], executing = [], replicated = [], durable = [] } = this.state;
    const byAlias = aliases.flatMap(({ version, weights }) => [version, ...Object.keys(weights ?? {})]);
    return new Set([
      ...byAlias, ...provisioned, ...mapped, ...withPolicy, ...replicated, ...executing.filter((version) => durable.includes(version)),
    ].map(Number).filter((version) => !isNaN(version)));
  }

  private answer(name: string, input: Command['input']): unknown {
    const { versions, aliases = [], provisioned = [], mapped = [], withPolicy = [], durable = [], executing = [] } = this.state;
    const version = Number(input.Qualifier ?? input.FunctionName.slice(FUNCTION_ARN.length + 1));
    switch (name) {
      case 'ListVersionsByFunction': return this.page(input, 'Versions', [
        { Version: '$LATEST' },
        ...versions.map((number) => ({ Version: String(number), ...durable.includes(number) && { DurableConfig: {} } })),
      ]);
      case 'ListAliases': return this.page(input, 'Aliases', aliases.map((alias) => ({
        Name: alias.name, FunctionVersion: alias.version, ...alias.weights && { RoutingConfig: { AdditionalVersionWeights: alias.weights } },
      })));
      case 'ListProvisionedConcurrencyConfigs':
        return this.page(input, 'ProvisionedConcurrencyConfigs', provisioned.map((qualifier) => ({ FunctionArn: `${FUNCTION_ARN}:${qualifier}` })));
      case 'ListEventSourceMappings': return this.page(input, 'EventSourceMappings', mapped.filter((number) => number === version));
      case 'GetPolicy':
        if (!withPolicy.includes(version)) throw named('ResourceNotFoundException', 'The resource you requested does not exist.');
        return { Policy: '{}' };
      case 'ListDurableExecutionsByFunction': return this.page(input, 'DurableExecutions', executing.filter((number) => number === version));
      case 'DeleteFunction': return this.delete(input);
      default: throw new Error(`nobody asks Lambda for ${name}`);
    }
  }

  /** As AWS does it: without a qualifier the function is gone; a version that an alias names is refused, an absent one is fine. */
  private delete({ FunctionName, Qualifier }: Command['input']): unknown {
    if (FunctionName !== FUNCTION_ARN || typeof Qualifier !== 'string' || !/^[1-9][0-9]*$/.test(Qualifier)) {
      throw new Error(`the function itself is deleted: ${FunctionName} ${Qualifier}`);
    }
    const number = Number(Qualifier);
    const aliases = (this.state.aliases ?? []).filter(({ version, weights = {} }) => [version, ...Object.keys(weights)].includes(Qualifier));
    const names = aliases.map(({ name }) => name);
    if (names.length > 0) {
      this.refused.push(number);
      throw named('ResourceConflictException', `Unable to delete version because the following aliases reference it: [${names}]`);
    }
    if (this.state.replicated?.includes(number)) {
      throw named('InvalidParameterValueException', `Lambda was unable to delete ${FunctionName}:${number} because it is a replicated function.`);
    }
    this.deleted.push(number);
    this.state.versions = this.state.versions.filter((version) => version !== number);
    return {};
  }

  private page({ Marker = '0' }: Command['input'], member: string, items: readonly unknown[]): unknown {
    const end = Number(Marker) + this.pageSize;
    return { [member]: items.slice(Number(Marker), end), ...end < items.length && { NextMarker: String(end) } };
  }
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
