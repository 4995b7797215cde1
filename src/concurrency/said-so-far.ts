import { CfnResource, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, StringConcat, Tokenization } from 'aws-cdk-lib';

/** A number that a resource is to have: known, left out, or decided at deployment. */
export type SaidNumber = number | undefined | 'unknown';

/** What constructs of the CDK keep to themselves, and say to nobody before the synthesis. */
interface Internals {
  /** Of resources without a class of their own: the properties as they stand in the template. */
  readonly _cfnProperties?: Readonly<Record<string, unknown>>;
  /** What `addPropertyOverride()` was given. */
  readonly rawOverrides?: Readonly<Record<string, unknown>>;
}

/** A number among the properties of a resource, by the names of the template; overrides count. */
export function numberSaid(resource: CfnResource, ...path: readonly string[]): SaidNumber {
  const said = propertySaid(resource, path);
  if (said === undefined || said === null) return undefined;
  if (typeof said === 'number') return said;
  // CloudFormation takes numbers as text, too
  return typeof said === 'string' && /^\s*\d+\s*$/.test(said) ? Number(said) : 'unknown';
}

/** A property as it would stand in the template, if the synthesis were now. */
export function propertySaid(resource: CfnResource, path: readonly string[]): unknown {
  const overridden = overrideOf(resource, path);
  const [name, ...rest] = path;
  const said = overridden ? resolved(overridden.value, resource) : rest.reduce(member, resolved(given(resource, name), resource));
  return isObject(said) && said.Ref === 'AWS::NoValue' ? undefined : said;
}

/** The resources that a property names, in the order of their names in it. */
export function namedBy(resource: CfnResource, name: string): CfnResource[] {
  const recorder = new ReferenceRecorder();
  resolved(given(resource, name), resource, recorder);
  return recorder.found.map(({ target }) => target).filter(CfnResource.isCfnResource);
}

const JOINED = new StringConcat();

function given(resource: CfnResource, name: string): unknown {
  const own = (resource as unknown as Record<string, unknown>)[lowered(name)];
  return own ?? (resource as unknown as Internals)._cfnProperties?.[name];
}

function resolved(value: unknown, scope: CfnResource, resolver = new DefaultTokenResolver(JOINED)): unknown {
  try {
    return Tokenization.resolve(value, { scope, resolver });
  } catch {
    // what cannot be told yet, such as a lazy value that waits for something
    return {};
  }
}

/** What `addPropertyOverride()` put in the place of a property: a value, or nothing at all. */
function overrideOf(resource: CfnResource, path: readonly string[]): { readonly value: unknown } | undefined {
  let value: unknown = (resource as unknown as Internals).rawOverrides ?? {};
  for (const name of ['Properties', ...path]) {
    if (!isObject(value)) return { value };
    if (!(name in value)) return undefined;
    value = value[name];
  }
  return { value };
}

/** A member by its name in the template, or in the structs of the CDK. What the deployment decides has none: it stays what it is. */
function member(value: unknown, name: string): unknown {
  if (!isObject(value) || isCall(value)) return value;
  return value[name] ?? value[lowered(name)];
}

/** Whether a resolved value is decided at deployment: `Ref`, `Fn::If` and the like, or what cannot be told yet. */
export function isCall(value: unknown): boolean {
  const keys = isObject(value) ? Object.keys(value) : ['a member'];
  return keys.length === 0 || (keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::')));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function lowered(name: string): string {
  return name[0].toLowerCase() + name.slice(1);
}

class ReferenceRecorder extends DefaultTokenResolver {
  public readonly found: Reference[] = [];

  constructor() {
    super(JOINED);
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token)) this.found.push(token);
    return super.resolveToken(token, context, postProcessor);
  }
}
