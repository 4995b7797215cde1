import { BudgetSummary, summarizeBudgets } from './budget';
import { named, roleOf, RoleSummary, scalar, text } from './describe';
import { InvokerSummary, invokersOf } from './invokers';
import type { FailurePath } from '../limits/failure-path';
import { MAX_UNZIPPED_BYTES, MAX_UPLOADED_BYTES } from '../limits/packaging';
import { AppModel } from '../model/app';
import { takesConcurrency } from '../model/concurrency';
import { failuresOf } from '../model/failures/failures-of';
import { wiringOf } from '../model/iam/resource-policy';
import { imageOf } from '../model/image';
import { knownBytes, PackagePart, packageParts } from '../model/package-parts';
import type { Resource } from '../model/resource';
import { Fate, fatesOf, isSwitchedOff } from '../model/switched-off';
import { Wiring } from '../model/wiring';

/** What was wired, as data: the JSON output. Members that are not there are left out. */
export interface Summary {
  readonly stacks: readonly StackSummary[];
  /** What the functions take of the concurrency of each account and Region. */
  readonly budgets: readonly BudgetSummary[];
}

export interface StackSummary {
  readonly stack: string;
  readonly account?: string;
  readonly region?: string;
  readonly functions: readonly FunctionSummary[];
  /** Functions that the CDK itself adds, for instance to configure bucket notifications. */
  readonly helpers: readonly string[];
}

export interface FunctionSummary {
  readonly name: string;
  readonly logicalId: string;
  readonly runtime: string;
  readonly memory: string;
  readonly timeout: string;
  /** The aliases and how each fails when invoked asynchronously. */
  readonly aliases: readonly AliasSummary[];
  readonly role?: RoleSummary;
  readonly invokedBy: readonly InvokerSummary[];
  readonly polls: readonly MappingSummary[];
  readonly package: PackageSummary;
  readonly reservedConcurrency?: string;
  /** Whether it runs on instances of a capacity provider, which are its own, and takes nothing of the account's concurrency. */
  readonly ownInstances?: true;
  /** What becomes of the events of each source, for a function that a reserved concurrency of 0 switches off. */
  readonly switchedOff?: readonly Fate[];
  readonly deadLetter?: string;
  /** What becomes of the events of each source that something goes wrong with. */
  readonly failures: readonly FailurePath[];
  readonly logGroup?: string;
}

export interface AliasSummary {
  readonly name: string;
  readonly onFailure?: string;
  readonly retries?: string;
  readonly provisionedConcurrency?: string;
}

export interface MappingSummary {
  /** Construct path of the mapping. */
  readonly statement: string;
  readonly source: string;
  readonly qualifier: string;
  readonly batchSize?: string;
  readonly maxConcurrency?: string;
  readonly partialBatchResponses: boolean;
  /** Where messages go that were received too often, for a queue of this app. */
  readonly deadLetter?: string;
}

export interface PartSummary {
  readonly kind: string;
  readonly name: string;
  readonly bytes?: number;
  /** Whether somebody said how many bytes it has. */
  readonly declared?: boolean;
  readonly unknown?: string;
}

export interface PackageSummary {
  readonly parts: readonly PartSummary[];
  /** Bytes of all parts that are known. */
  readonly bytes: number;
  /** Whether the bytes of all parts are known. */
  readonly complete: boolean;
  /** What to know about the archives. */
  readonly notes?: readonly string[];
  readonly limit: number;
  /** Of a container image, which has no parts. */
  readonly image?: ImageSummary;
}

export interface ImageSummary {
  /** The display name of what is built with the app, else the URI. */
  readonly name: string;
  /** Who builds it with the app: Docker, or a command. */
  readonly builder?: string;
  /** What it is built for, if that is said. */
  readonly platform?: string;
}

/** Functions that CDK constructs add for their own purposes, by the ids that the CDK gives them. */
const HELPER = new RegExp(`^(${[
  'BucketNotificationsHandler050a0587b7544547bf325f094a3db834',
  'LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a',
  'AWS679f53fac002430cb0da5b7982bd2287',
  '\\w*CustomResourceProviderHandler',
].join('|')})[0-9A-F]{8}$`);

/** What the stacks of an app wire around their Lambda functions. */
export function summarize(app: AppModel): Summary {
  const wiring = wiringOf(app);
  const stacks = app.stacks.map((stack) => {
    const functions = stack.resources.filter(({ type }) => type === 'AWS::Lambda::Function');
    return {
      stack: stack.path,
      account: stack.account,
      region: stack.region,
      functions: functions.filter((fn) => !isHelper(fn)).map((fn) => summarizeFunction(fn, wiring)),
      helpers: functions.filter(isHelper).map((fn) => fn.label),
    };
  });
  return { stacks: stacks.filter(({ functions, helpers }) => functions.length + helpers.length > 0), budgets: summarizeBudgets(app) };
}

function isHelper(fn: Resource): boolean {
  return HELPER.test(fn.logicalId);
}

function summarizeFunction(fn: Resource, wiring: Wiring): FunctionSummary {
  return {
    name: fn.label,
    logicalId: fn.logicalId,
    runtime: scalar(fn, 'Runtime') ?? scalar(fn, 'PackageType') ?? 'no runtime',
    memory: quantity(fn, 'MemorySize', 128, 'MB'),
    timeout: quantity(fn, 'Timeout', 3, 's'),
    aliases: wiring.aliases(fn).map((alias) => summarizeAlias(alias, fn, wiring)),
    role: roleOf(fn),
    invokedBy: invokersOf(fn, wiring),
    polls: wiring.mappings(fn).map(({ resource, qualifier }) => summarizeMapping(resource, qualifier)),
    package: summarizePackage(fn),
    reservedConcurrency: scalar(fn, 'ReservedConcurrentExecutions'),
    ...!takesConcurrency(fn) && { ownInstances: true },
    ...isSwitchedOff(fn) && { switchedOff: fatesOf(fn) },
    deadLetter: named(fn, 'DeadLetterConfig.TargetArn'),
    failures: failuresOf(fn),
    logGroup: named(fn, 'LoggingConfig.LogGroup'),
  };
}

function quantity(fn: Resource, path: string, otherwise: number, unit: string): string {
  const value = fn.number(path);
  return value.kind === 'unknown' ? 'decided at deployment' : `${value.kind === 'known' ? value.value : otherwise} ${unit}`;
}

function summarizeAlias(alias: Resource, fn: Resource, wiring: Wiring): AliasSummary {
  const name = text(alias, 'Name') ?? '?';
  const config = wiring.asyncConfigs(fn).map(({ resource }) => resource).find((entry) => isOf(entry, alias, name));
  return {
    name,
    onFailure: config && named(config, 'DestinationConfig.OnFailure.Destination'),
    retries: config && scalar(config, 'MaximumRetryAttempts'),
    provisionedConcurrency: scalar(alias, 'ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions'),
  };
}

/** Whether an asynchronous configuration is the alias's own: by reference, or by name. */
function isOf(config: Resource, alias: Resource, name: string): boolean {
  const target = config.reference('Qualifier')?.resource;
  return target ? target === alias : text(config, 'Qualifier') === name;
}

function summarizeMapping(mapping: Resource, qualifier: string): MappingSummary {
  const types = mapping.list('FunctionResponseTypes');
  const queue = mapping.reference('EventSourceArn')?.resource;
  return {
    statement: mapping.label,
    source: named(mapping, 'EventSourceArn') ?? 'self-managed source',
    qualifier,
    batchSize: scalar(mapping, 'BatchSize'),
    maxConcurrency: scalar(mapping, 'ScalingConfig.MaximumConcurrency'),
    partialBatchResponses: types.kind === 'known' && types.value.includes('ReportBatchItemFailures'),
    deadLetter: queue && named(queue, 'RedrivePolicy.deadLetterTargetArn'),
  };
}

function summarizePackage(fn: Resource): PackageSummary {
  const all = packageParts(fn);
  const parts = all.map(({ kind, name, bytes, declared, unknown }) => (
    { kind, name, ...bytes === undefined ? { unknown } : { bytes }, ...declared && { declared } }
  ));
  const complete = all.every(({ bytes }) => bytes !== undefined);
  return { parts, bytes: knownBytes(all), complete, limit: MAX_UNZIPPED_BYTES, image: summarizeImage(fn), ...notesOn(all) };
}

/** Archives that only S3 takes: who uploads one by hand, as the console offers, is refused. */
function notesOn(parts: readonly PackagePart[]): Pick<PackageSummary, 'notes'> {
  const zipped = parts.map(({ name, contents }) => ({ name, bytes: contents?.kind === 'opened' ? contents.zippedBytes ?? 0 : 0 }));
  const notes = zipped.filter(({ bytes }) => bytes > MAX_UPLOADED_BYTES).map(({ name, bytes }) => `${name} is ${bytes.toLocaleString('en-US')} bytes zipped: `
    + `fine from S3, as it is deployed; too large to upload to the console or the API (${MAX_UPLOADED_BYTES.toLocaleString('en-US')})`);
  return notes.length > 0 ? { notes } : {};
}

function summarizeImage(fn: Resource): ImageSummary | undefined {
  const uri = named(fn, 'Code.ImageUri');
  const asset = imageOf(fn)?.asset;
  if (asset) return { name: asset.name, builder: asset.builder, platform: asset.platform };
  return uri === undefined ? undefined : { name: uri };
}

