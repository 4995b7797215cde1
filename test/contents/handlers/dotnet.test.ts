import { unpackedCompiled } from './unpacked-of';
import { judge } from '../../../src/contents/handlers/judge';
import { assembly } from '../../../src/rules/code/example-binaries';
import { ExampleFile, ExampleFiles } from '../../../src/rules/rule';

const dll = (names: string[], entryPoint?: number): ExampleFile => ({ content: assembly(names, entryPoint) });

/** A class library as dotnet publish leaves it. */
const PUBLISHED: Record<string, ExampleFile | string> = { 'Shop.dll': dll(['Shop.Events', 'Orders', 'Handle', 'Nested']), 'Shop.deps.json': '{}', 'Shop.runtimeconfig.json': '{}' };

function verdict(handler: string, task: ExampleFiles = PUBLISHED, more: Parameters<typeof unpackedCompiled>[1] = {}): string {
  const found = judge(unpackedCompiled(task, { runtime: 'dotnet8', handler, ...more }));
  return found.kind === 'fails' ? `${found.fault}: must be ${found.allowed}, got ${found.got}` : found.kind;
}

describe('a class library', () => {
  test.each(['Shop::Shop.Events.Orders::Handle', 'Shop::Shop.Events.Orders+Nested::Handle', 'Shop::Orders::Handle', 'Shop::Shop.Events.Orders::System.String Handle(System.String)', 'shop::Shop.Events.Orders::Handle'])('%s starts', (handler) => {
    expect(verdict(handler)).toBe('starts');
  });

  test.each(['Shop::Shop.Events.Orders', 'Shop.Events.Orders::Handle', 'Shop:Shop.Events.Orders:Handle', '::Orders::Handle', 'Shop::::Handle', 'Shop::Orders::', 'Shop:: ::Handle'])('%s has not the form', (handler) => {
    expect(verdict(handler)).toBe(`form: must be Assembly::Namespace.Class::Method, or the name of an executable assembly, got ${handler}`);
  });

  test.each([
    ['Shop::Shop.Events.Order::Handle', 'a class of Shop.dll, got Shop.Events.Order, which is not in it'],
    ['Shop::Shop.Orders::Handle', 'a class of Shop.dll, got Shop.Orders, which is not in it'],
    ['Shop::Shop.Events.Orders+Inner::Handle', 'a class of Shop.dll, got Shop.Events.Orders+Inner, which is not in it'],
    ['Shop::Shop.Events.Orders::HandleAsync', 'a method of Shop.Events.Orders, got HandleAsync, which is in no assembly of the package'],
    ['Shop::Shop.Events.Orders::Void HandleAsync(System.String)', 'a method of Shop.Events.Orders, got HandleAsync, which is in no assembly of the package'],
  ])('%s names what is not there', (handler, message) => {
    expect(verdict(handler)).toBe(`function: must be ${message}`);
  });

  test.each<[string, string, Record<string, ExampleFile>]>([
    ['a method that a base class in another assembly may have', 'Shop::Shop.Events.Orders::FunctionHandlerAsync', { 'Amazon.Lambda.AspNetCoreServer.dll': dll(['FunctionHandlerAsync']) }],
    ['a method while another assembly cannot be read', 'Shop::Shop.Events.Orders::HandleAsync', { 'Other.dll': { bytes: 10 } }],
    ['a method of every object', 'Shop::Shop.Events.Orders::ToString', {}],
    ['a generic type', 'Shop::Shop.Events.Box`1::Handle', {}],
    ['a full name of an assembly', 'Shop, Version=1.0.0.0::Orders::Handle', {}],
  ])('%s is unclear', (_, handler, more) => {
    expect(verdict(handler, { ...PUBLISHED, ...more })).toBe('unclear');
  });

  test('is not judged by what is no assembly, and native libraries name no methods', () => {
    expect(verdict('Shop::Orders::Handle', { ...PUBLISHED, 'Shop.dll': 'garbled' })).toBe('unclear');
    expect(verdict('Shop::Orders::HandleAsync', { ...PUBLISHED, 'sqlite.dll': 'MZ native HandleAsync' })).toMatch(/^function: /);
  });
});

describe('the files', () => {
  const without = (...names: string[]): Record<string, ExampleFile | string> =>
    Object.fromEntries(Object.entries(PUBLISHED).filter(([name]) => !names.includes(name)));

  test.each(['deps.json', 'runtimeconfig.json'])('%s is needed beside a class library', (ending) => {
    expect(verdict('Shop::Orders::Handle', without(`Shop.${ending}`))).toBe(`file: must be an assembly with Shop.${ending} beside it, got Shop.dll without`);
  });

  test('that are the only ones of their kind serve an assembly of another name, two do not', () => {
    const files = { 'Shop.dll': dll(['Orders', 'Handle']), 'Main.deps.json': '', 'Main.runtimeconfig.json': '' };
    expect(verdict('Shop::Orders::Handle', files)).toBe('starts');
    expect(verdict('Shop::Orders::Handle', { ...files, 'Other.deps.json': '' })).toMatch(/^file: must be an assembly with Shop\.deps\.json/);
  });

  test.each<[ExampleFiles, string]>([
    [{ 'Orders.dll': '', 'Orders.deps.json': '', 'Orders.runtimeconfig.json': '' }, 'but there is Orders.dll'],
    [{ 'bin/Release/net8.0/publish/Shop.dll': '' }, 'which is at bin/Release/net8.0/publish/Shop.dll'],
    [{ 'Function.cs': '', 'Shop.csproj': '' }, 'but Function.cs, which was not compiled'],
    [{}, 'which is not there'],
  ])('%#: what is there instead is named', (task, got) => {
    expect(verdict('Shop::Orders::Handle', task)).toBe(`file: must be an assembly at the root of the code, got Shop.dll, ${got}`);
  });

  test('in a folder may be what the description of dependencies names', () => {
    expect(verdict('Shop::Orders::Handle', { ...without('Shop.dll'), 'lib/Shop.dll': '' })).toBe('unclear');
  });
});

describe('an executable assembly', () => {
  const EXECUTABLE: ExampleFiles = { 'Shop.dll': dll([], 0x06000001), 'Shop.runtimeconfig.json': '' };

  test.each(['Shop', 'Shop.dll'])('%s starts', (handler) => {
    expect(verdict(handler, EXECUTABLE)).toBe('starts');
  });

  test('without a Main method has to name a method', () => {
    expect(verdict('Shop')).toBe('form: must be Assembly::Namespace.Class::Method, or the name of an executable assembly, got Shop, which has no Main method');
  });

  test('needs its configuration, unless it brings .NET along', () => {
    expect(verdict('Shop', { 'Shop.dll': dll([], 1) })).toBe('file: must be an assembly with Shop.runtimeconfig.json beside it, got Shop.dll without');
    expect(verdict('Shop', { 'Shop.dll': dll([], 1), 'libhostpolicy.so': '' })).toBe('starts');
  });

  test('may be a program of native code, which is not judged', () => {
    expect(verdict('Shop', { Shop: { content: '', mode: 0o755 } })).toBe('unclear');
  });

  test('that is not there fails', () => {
    expect(verdict('bootstrap', PUBLISHED)).toBe('file: must be an assembly at the root of the code, got bootstrap.dll, but there is Shop.dll');
  });

  test('that is no assembly is unclear', () => {
    expect(verdict('Shop', { 'Shop.dll': 'garbled', 'Shop.runtimeconfig.json': '' })).toBe('unclear');
  });
});

test.each(['LAMBDA_DOTNET_MAIN_ASSEMBLY', 'DOTNET_SHARED_STORE'])('%s may bring assemblies from elsewhere', (name) => {
  expect(verdict('Absent::A::B', {}, { environment: new Map([[name, '/opt/x']]) })).toBe('unclear');
});

test('runtimes before .NET 6, which start otherwise, are not judged', () => {
  expect(verdict('Absent::A::B', {}, { runtime: 'dotnetcore3.1' })).toBe('unclear');
});

test('the assemblies of a package are read once', () => {
  const unpacked = unpackedCompiled(PUBLISHED, { runtime: 'dotnet8', handler: 'Shop::Orders::Handle' });
  const read = jest.spyOn(unpacked.task.files[0], 'read');
  judge(unpacked);
  judge({ ...unpacked, handler: 'Shop::Orders::Other' });
  expect(read.mock.calls.filter(([length]) => length === undefined)).toHaveLength(1);
});
