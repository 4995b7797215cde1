import {
  CfnElement, CfnResource, DefaultTokenResolver, IResolveContext, Stack, StringConcat, Token, Tokenization, TokenizedStringFragments,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { CrossReferences, Element, nameOf, Producer } from './cross-references';
import { AppModel } from '../model/app';
import type { Resource } from '../model/resource';
import { isObject, Json, JsonObject, TemplateSource } from '../model/template';
import { read } from '../support/being-read';

/** An app before its synthesis, as rules and reports see one after it. */
export interface AppSoFar {
  readonly app: AppModel;
  /** What the model has of a resource. */
  resource(of: CfnResource): Resource | undefined;
}

/** A stack whose template is being made. */
interface Written extends Producer {
  readonly stack: Stack;
  readonly template: Record<string, Json>;
  readonly paths: Map<string, string>;
}

/**
 * The app that a construct is in, as the templates would be if all was said by now: without what aspects and the synthesis add. Nothing in it
 * is changed by that. Packages are not in it.
 *
 * Logical ids that follow from a whole resource, as those of versions, are made up: to compute them would bundle code.
 */
export function appSoFar(root: IConstruct): AppSoFar {
  const constructs = root.node.findAll();
  const written = new Map(constructs.filter(Stack.isStack).map((stack) => [stack, begin(stack)]));
  const found = constructs.filter(CfnElement.isCfnElement).flatMap((element) => {
    const stack = written.get(element.stack);
    return stack ? [{ element, stack }] : [];
  });
  const elements = found.map(({ element, stack }, index): Element => ({ stack, id: idOf(element) ?? nameOf(index) }));
  const names = new Map(found.flatMap(({ element }, index) => {
    const token = Tokenization.reverse(element.logicalId);
    return token ? [[token, nameOf(index)] as const] : [];
  }));
  const fragments = read(root, names, () => found.map(({ element }) => fragmentOf(element)));

  const references = new CrossReferences(elements);
  found.forEach(({ element, stack }, index) => {
    stack.paths.set(elements[index].id, element.node.path);
    merge(stack.template, references.settle(fragments[index], stack) as JsonObject);
  });
  for (const stack of written.values()) merge(stack.template, { Outputs: references.outputsOf(stack) });

  const ids = new Map(found.map(({ element }, index): [IConstruct, string] => [element, elements[index].id]));
  const outermost = [...written.values()].filter(({ stack }) => !stack.nestedStackParent);
  const app = new AppModel(outermost.map((stack) => sourceOf(stack, written, ids)));
  return { app, resource: (of) => app.stacks.find(({ path }) => path === of.stack.node.path)?.resource(ids.get(of) ?? '') };
}

function begin(stack: Stack): Written {
  const { node: { path }, stackName, account, region } = stack;
  return {
    stack,
    path,
    // the name of a nested stack is decided at deployment
    stackName: Token.isUnresolved(stackName) ? path : stackName,
    account: Token.isUnresolved(account) ? undefined : account,
    region: Token.isUnresolved(region) ? undefined : region,
    template: {},
    paths: new Map(),
  };
}

function sourceOf(written: Written, all: ReadonlyMap<Stack, Written>, ids: ReadonlyMap<IConstruct, string>): TemplateSource {
  const { stack, template, paths, path, stackName, account, region } = written;
  const nested = [...all.values()].filter((other) => other.stack.nestedStackParent === stack).flatMap((inner) => {
    const logicalId = inner.stack.nestedStackResource && ids.get(inner.stack.nestedStackResource);
    return logicalId === undefined ? [] : [{ logicalId, source: sourceOf(inner, all, ids) }];
  });
  return { path, stackName, account, region, templatePath: path, template, assets: [], images: [], nested, constructPath: (id) => paths.get(id) };
}

/** Gives what a token stands for, also if there are tokens in it. */
class OneStep extends DefaultTokenResolver {
  constructor() {
    super(new StringConcat());
  }

  public resolveString(fragments: TokenizedStringFragments, context: IResolveContext): unknown {
    return fragments.firstToken?.resolve(context);
  }
}

/** The logical id, unless it is decided in the synthesis. */
function idOf(element: CfnElement): string | undefined {
  try {
    const id: unknown = Tokenization.resolve(element.logicalId, { scope: element, resolver: new OneStep() });
    return typeof id === 'string' && !Token.isUnresolved(id) ? id : undefined;
  } catch {
    // such as two of one name, which the synthesis will refuse
    return undefined;
  }
}

/** Nothing is known of properties beside those that a macro adds. */
const NOT_KNOWN: JsonObject = { 'Fn::Transform': {} };

/** What an element adds to its template. The CDK itself asks it so; the compiler is not told. */
function fragmentOf(element: CfnElement): JsonObject {
  try {
    const fragment = (element as unknown as { _toCloudFormation(): object })._toCloudFormation();
    return JSON.parse(JSON.stringify(element.stack.resolve(fragment)));
  } catch {
    // what is not finished, as an authorizer without its API
    if (!CfnResource.isCfnResource(element)) return {};
    return { Resources: { [element.stack.resolve(element.logicalId)]: { Type: element.cfnResourceType, Properties: NOT_KNOWN } } };
  }
}

function merge(template: Record<string, Json>, fragment: JsonObject): void {
  for (const [section, members] of Object.entries(fragment)) {
    const before = template[section];
    if (isObject(members)) template[section] = { ...isObject(before) ? before : {}, ...members };
  }
}
