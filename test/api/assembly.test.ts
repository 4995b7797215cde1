import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';

/**
 * What users of Python, Java, Go and .NET get is the jsii assembly. jsii leaves out without a word what other
 * languages cannot have: exported functions and constants, overloads, generics. Unions and `any` it lets through, but
 * they are no help to anybody. So the assembly is held against the TypeScript that it was made from.
 */

const ROOT = path.join(__dirname, '../..');
const ASSEMBLY = path.join(ROOT, '.jsii');
const { name: PACKAGE } = jest.requireActual('../../package.json');

interface Member {
  readonly name: string;
  readonly optional?: boolean;
  readonly protected?: boolean;
  readonly overrides?: string;
  readonly docs?: { readonly summary?: string; readonly default?: string; readonly see?: string };
  readonly parameters?: readonly { readonly name: string; readonly type: unknown }[];
}
interface Type {
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly datatype?: boolean;
  readonly docs?: { readonly summary?: string; readonly see?: string };
  readonly initializer?: Member;
  readonly properties?: readonly Member[];
  readonly methods?: readonly Member[];
  readonly members?: readonly Member[];
}

function readAssembly(): Record<string, Type> {
  if (!fs.existsSync(ASSEMBLY)) throw new Error('.jsii is not there: run `npx projen compile` first');
  const { types } = JSON.parse(fs.readFileSync(ASSEMBLY, 'utf8'));
  return Object.fromEntries(Object.values<Type>(types).map((type) => [type.name, type]));
}

/** Public names of the sources, as the TypeScript compiler sees them. */
function readSources() {
  const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const program = ts.createProgram([path.join(ROOT, 'src/index.ts')], options);
  const checker = program.getTypeChecker();
  const index = checker.getSymbolAtLocation(program.getSourceFile(path.join(ROOT, 'src/index.ts'))!)!;
  const sources = checker.getExportsOfModule(index).map((symbol) => ({ name: symbol.name, declarations: symbol.declarations ?? [] }));
  return { sources, checker };
}

const assembly = readAssembly();
const { sources, checker } = readSources();

/** A base class that is not exported, whose members jsii gives to the class itself. */
function hiddenBase(declaration: ts.ClassDeclaration): ts.ClassDeclaration | undefined {
  const base = declaration.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0].expression;
  const found = base && checker.getTypeAtLocation(base).symbol?.declarations?.[0];
  if (!found || !ts.isClassDeclaration(found) || found.getSourceFile().fileName.includes('node_modules')) return undefined;
  return sources.some(({ declarations }) => declarations.includes(found)) ? undefined : found;
}

const isPublic = (member: ts.ClassElement | ts.TypeElement) =>
  !(ts.canHaveModifiers(member) && ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword))
  && !ts.getJSDocTags(member).some((tag) => tag.tagName.text === 'internal');

test('every exported name is in the assembly: a class, an interface or an enum, and nothing else is exported', () => {
  expect(sources.map(({ name }) => name).sort()).toEqual(Object.keys(assembly).sort());
  for (const { name, declarations } of sources) {
    const kinds = declarations.map((declaration) => ts.SyntaxKind[declaration.kind]);
    expect({ name, kinds }).toEqual({ name, kinds: [expect.stringMatching(/^(Class|Interface|Enum)Declaration$/)] });
  }
});

test.each(sources.map(({ name, declarations }) => [name, declarations[0]] as const))('every public member of %s is in the assembly, once', (name, declaration) => {
  if (!ts.isClassDeclaration(declaration) && !ts.isInterfaceDeclaration(declaration)) return;
  expect(declaration.typeParameters ?? []).toHaveLength(0);
  const hidden = ts.isClassDeclaration(declaration) ? hiddenBase(declaration) : undefined;
  const own = [...declaration.members as readonly (ts.ClassElement | ts.TypeElement)[]];
  const members = [...own, ...hidden?.members ?? []];
  const named = members.filter((member) => isPublic(member) && member.name).map((member) => member.name!.getText());
  const { properties = [], methods = [] } = assembly[name];
  expect(named.sort()).toEqual([...properties, ...methods].map((member) => member.name).sort());
});

const members = Object.values(assembly).flatMap((type) => [
  ...type.properties ?? [], ...type.methods ?? [], ...type.members ?? [],
].map((member) => [`${type.name}.${member.name}`, member, type] as const));

test.each(members)('%s has a summary', (_, { docs }) => {
  expect(docs?.summary).toMatch(/\S.{9,}/);
});

test.each(Object.entries(assembly))('%s has a summary', (_, { docs }) => {
  expect(docs?.summary).toMatch(/\S.{19,}/);
});

test.each(members.filter(([, { optional }, { datatype }]) => optional && datatype))('%s says what happens without it', (_, { docs }) => {
  expect(docs?.default).toMatch(/^(- )?\S/);
  expect(docs?.default).not.toMatch(/^(- )?(none|undefined|no)\b/i);
});

/** Where `any` is what the CDK has for the same, `iam.PolicyStatementProps.conditions`, and where it is the JSON of an event. */
const ANY = {
  BatchOperationsPushSource: 1,
  BrokerSourceOptions: 1,
  CustomResourcePushSource: 2,
  CustomResourceSourceOptions: 1,
  EventFilter: 7,
  FirehoseTransformation: 2,
  FunctionOrigin: 2,
  InvokeStatement: 1,
  KafkaMappingOptions: 1,
  LambdaTask: 2,
  LogsPushSource: 2,
  PipelineStageSourceOptions: 1,
  QueueSourceOptions: 1,
  SourceBase: 2,
  StreamMappingOptions: 1,
} as Record<string, number>;

test.each(Object.entries(assembly))('%s has no unions and no any', (name, type) => {
  const found: unknown[] = [];
  JSON.stringify(type, (key, value) => {
    if (key === 'union' || value?.primitive === 'any') found.push(value);
    return value;
  });
  expect(found).toEqual(Array(ANY[name] ?? 0).fill({ primitive: 'any' }));
});

test('constructs are made with scope, id and props', () => {
  const { EventFunction, ExecutionRole, ImageEventFunction, SharedLayer } = assembly;
  for (const { initializer } of [EventFunction, ExecutionRole, ImageEventFunction, SharedLayer]) {
    expect(initializer?.parameters?.map(({ name }) => name)).toEqual(['scope', 'id', 'props']);
  }
});

/** Names that checks outside this repository use (the design's public surface), of what there is so far. */
test.each([
  'EventFunction', 'EventFunctionProps', 'EventFunctionBase', 'ExecutionRole', 'ResourcePolicy', 'ResourcePolicyMode', 'LambdaRules', 'PushSource',
  'PullSource', 'ImageEventFunction', 'ImageEventFunctionProps', 'SharedLayer', 'Release',
])('%s keeps its name', (name) => {
  expect(assembly).toHaveProperty(name);
});

test('no class is named as Go names the constructor of another one', () => {
  expect(Object.keys(assembly).filter((name) => name.startsWith('New'))).toEqual([]);
});

test('all languages are configured', () => {
  const { targets } = JSON.parse(fs.readFileSync(ASSEMBLY, 'utf8'));
  expect(Object.keys(targets).sort()).toEqual(['dotnet', 'go', 'java', 'js', 'python']);
  expect(PACKAGE).toBe('cdk-event-functions');
});
