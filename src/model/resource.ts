import { evaluate } from './evaluate';
import { referenceIn, type Reference } from './reference';
import type { Stack } from './stack';
import { intrinsic, isNoValue, isObject, isTransformed, Json, JsonObject } from './template';
import { ABSENT, convert, known, UNKNOWN, Value } from './value';

/** One resource of a template. Properties are named by their path: `Code.S3Key`. */
export class Resource {
  constructor(
    public readonly stack: Stack,
    public readonly logicalId: string,
    public readonly type: string,
    private readonly body: JsonObject,
  ) {}

  /** Construct path where it is recorded, else the logical id: what people know the resource by. */
  public get label(): string {
    const path = this.stack.constructPath(this.logicalId) ?? this.logicalId;
    // the last parts are the CDK's own: the L1 behind the L2, and the L2 behind a wrapper
    return path.replace(/\/(Default\/)?Resource$/, '').replace(/\/Default$/, '');
  }

  /** The condition of the template under which the resource is deployed, if it is not always. */
  public get condition(): string | undefined {
    return typeof this.body.Condition === 'string' ? this.body.Condition : undefined;
  }

  /** What becomes of the old resource when a change makes a new one; by default it is deleted. */
  public get updateReplacePolicy(): string | undefined {
    return typeof this.body.UpdateReplacePolicy === 'string' ? this.body.UpdateReplacePolicy : undefined;
  }

  /** What becomes of the resource when it leaves the template, as a version does whose logical id changes; by default it is deleted. */
  public get deletionPolicy(): Value<string> {
    const policy = this.body.DeletionPolicy;
    if (policy === undefined || policy === null) return ABSENT;
    return typeof policy === 'string' ? known(policy) : UNKNOWN;
  }

  /** The resources of the template that are made before this one: those that it names, anywhere, and those that it says it waits for. */
  public get madeAfter(): readonly Resource[] {
    const waitsFor = [this.body.DependsOn].flat().filter((id) => typeof id === 'string');
    const ids = new Set([...waitsFor, ...namesIn(this.body.Properties)]);
    return [...ids].flatMap((id) => this.stack.resource(id) ?? []);
  }

  /** A part of the policy by which CloudFormation updates the resource, e.g. `CodeDeployLambdaAliasUpdate`. */
  public updatePolicy(name: string): JsonObject | undefined {
    const policies = this.body.UpdatePolicy;
    const policy = isObject(policies) && Object.hasOwn(policies, name) ? policies[name] : undefined;
    return isObject(policy) && !intrinsic(policy) ? policy : undefined;
  }

  /** All properties as they stand in the template. */
  public get properties(): Json | undefined {
    return this.body.Properties;
  }

  /** A property as it stands in the template; `unknown` below something that is decided at deployment. */
  public raw(path: string): Value<Json> {
    let json: Json | undefined = this.body.Properties;
    for (const name of path.split('.')) {
      if (json === undefined) return ABSENT;
      if (intrinsic(json)) return UNKNOWN;
      if (!isObject(json)) return ABSENT;
      if (!Object.hasOwn(json, name)) return isTransformed(json) ? UNKNOWN : ABSENT;
      json = json[name];
    }
    return json === undefined || json === null ? ABSENT : { kind: 'known', value: json };
  }

  /** A property with what can be known of it put in. */
  public value(path: string): Value<Json> {
    const raw = this.raw(path);
    return raw.kind === 'known' ? evaluate(raw.value, this.stack) : raw;
  }

  public number(path: string): Value<number> {
    return convert(this.value(path), asNumber);
  }

  public text(path: string): Value<string> {
    return convert(this.value(path), (json) => typeof json === 'string' || typeof json === 'number' ? String(json) : undefined);
  }

  /** Entries of a list as they stand in the template. */
  public list(path: string): Value<readonly Json[]> {
    const raw = this.raw(path);
    if (raw.kind === 'known' && isNoValue(raw.value)) return ABSENT;
    return convert(raw, (json) => Array.isArray(json) ? json.filter((entry) => !isNoValue(entry)) : undefined);
  }

  /** A list of texts, all of them known. */
  public texts(path: string): Value<readonly string[]> {
    return convert(this.value(path), (json) => Array.isArray(json) && json.every((entry) => typeof entry === 'string') ? json : undefined);
  }

  /** The resource of this app that a property names, directly or as part of a text, if there is exactly one. */
  public reference(path: string): Reference | undefined {
    const raw = this.raw(path);
    return raw.kind === 'known' ? referenceIn(raw.value, this.stack) : undefined;
  }
}

/** What `Ref`, `Fn::GetAtt` and `Fn::Sub` name within a value. */
function namesIn(json: Json | undefined): string[] {
  if (typeof json !== 'object' || json === null) return [];
  const call = intrinsic(json);
  const argument = call?.argument;
  const [first] = Array.isArray(argument) ? argument : [argument];
  const own = typeof first !== 'string' ? [] : call?.name === 'Fn::Sub' ? [...first.matchAll(/\$\{([^!}.]+)/g)].map((match) => match[1])
    : call?.name === 'Ref' || call?.name === 'Fn::GetAtt' ? [first.split('.')[0]] : [];
  return [...own, ...Object.values(json).flatMap((part) => namesIn(part))];
}

/** CloudFormation takes numbers as text, too. */
export function asNumber(json: Json): number | undefined {
  const number = typeof json === 'string' && json.trim() !== '' ? Number(json) : json;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
