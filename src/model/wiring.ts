import type { AppModel } from './app';
import { Reference, referenceIn } from './reference';
import type { Resource } from './resource';
import { intrinsic } from './template';

/** A function and the part of it that is meant: an alias, a version, or `$LATEST`. */
export interface Target {
  readonly fn: Resource;
  readonly qualifier: string;
}

export const LATEST = '$LATEST';
const A_VERSION = 'a version';
const A_QUALIFIER = 'a qualifier';

/** Which resources belong to which function. Built once per app. */
export class Wiring {
  private readonly found = new Map<string, Map<Resource, { resource: Resource; qualifier: string }[]>>();

  constructor(app: AppModel) {
    for (const type of ['Alias', 'Version', 'Permission', 'EventSourceMapping', 'EventInvokeConfig']) {
      for (const resource of app.ofType(`AWS::Lambda::${type}`)) this.add(type, resource);
    }
  }

  public aliases(fn: Resource) { return this.of('Alias', fn).map(({ resource }) => resource); }
  public versions(fn: Resource) { return this.of('Version', fn).map(({ resource }) => resource); }
  public permissions(fn: Resource) { return this.of('Permission', fn); }
  public mappings(fn: Resource) { return this.of('EventSourceMapping', fn); }
  public asyncConfigs(fn: Resource) { return this.of('EventInvokeConfig', fn); }

  private of(type: string, fn: Resource) {
    return this.found.get(type)?.get(fn) ?? [];
  }

  private add(type: string, resource: Resource): void {
    const target = targetOf(resource.reference('FunctionName')) ?? versionByNumber(resource);
    if (!target) return;
    const byFunction = this.found.get(type) ?? new Map();
    this.found.set(type, byFunction);
    const qualifier = type === 'EventInvokeConfig' ? asyncQualifier(resource) : target.qualifier;
    byFunction.set(target.fn, [...byFunction.get(target.fn) ?? [], { resource, qualifier }]);
  }
}

/** The function behind a reference, through its alias or version. */
export function targetOf(reference: Reference | undefined): Target | undefined {
  const resource = reference?.resource;
  switch (resource?.type) {
    // a text that holds the name of the function holds a qualifier, too
    case 'AWS::Lambda::Function': return { fn: resource, qualifier: reference?.exact ? LATEST : A_QUALIFIER };
    case 'AWS::Lambda::Alias': return qualified(resource, aliasName(resource));
    case 'AWS::Lambda::Version': return qualified(resource, A_VERSION);
    case 'AWS::Lambda::Url': return reference?.attribute === 'FunctionArn' ? functionOfUrl(resource) : undefined;
    default: return undefined;
  }
}

function qualified(resource: Resource, qualifier: string): Target | undefined {
  const fn = resource.reference('FunctionName')?.resource;
  return fn?.type === 'AWS::Lambda::Function' ? { fn, qualifier } : undefined;
}

/** The CDK's origins of CloudFront name the function so. Whether a qualifier is in that ARN, AWS does not say. */
function functionOfUrl(url: Resource): Target | undefined {
  const reference = url.reference('TargetFunctionArn');
  // a URL of a URL is none, and might lead back here
  const target = reference?.resource.type === 'AWS::Lambda::Url' ? undefined : targetOf(reference);
  const isQualified = url.value('Qualifier').kind !== 'absent';
  return target && isQualified ? { fn: target.fn, qualifier: A_QUALIFIER } : target;
}

function aliasName(alias: Resource): string {
  const name = alias.text('Name');
  return name.kind === 'known' ? name.value : 'an alias';
}

function asyncQualifier(config: Resource): string {
  const named = config.reference('Qualifier')?.resource;
  if (named?.type === 'AWS::Lambda::Alias') return aliasName(named);
  if (named?.type === 'AWS::Lambda::Version') return A_VERSION;
  const text = config.text('Qualifier');
  return text.kind === 'known' ? text.value : A_QUALIFIER;
}

/** The CDK names a version by two resources: `<function>:<number of the version>`. */
function versionByNumber(resource: Resource): Target | undefined {
  const raw = resource.raw('FunctionName');
  const join = raw.kind === 'known' ? intrinsic(raw.value) : undefined;
  const parts = join?.name === 'Fn::Join' && Array.isArray(join.argument) ? join.argument[1] : undefined;
  if (!Array.isArray(parts)) return undefined;
  const targets = parts.map((part) => targetOf(referenceIn(part, resource.stack))).filter((target) => target !== undefined);
  const [fn, version] = targets;
  return targets.length === 2 && fn.fn === version.fn ? version : undefined;
}

