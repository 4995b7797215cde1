import { unpackedCompiled } from './unpacked-of';
import { judge } from '../../../src/contents/handlers/judge';
import { ExampleFile, ExampleFiles } from '../../../src/rules/rule';
import { bytesOf, classes } from '../../fixtures/java/classes';

type More = Parameters<typeof unpackedCompiled>[1];

function verdict(handler: string, task: ExampleFiles = classes(), more: More = {}): string {
  const found = judge(unpackedCompiled(task, { runtime: 'java17', handler, ...more }));
  return found.kind === 'fails' ? `${found.fault}: must be ${found.allowed}, got ${found.got}` : found.kind;
}

const jar = (files: ExampleFiles): ExampleFile => ({ files });

describe('the form', () => {
  test.each(['', '::handle', 'com.example.Orders::', 'com.example.Orders:one', 'com/example/Orders::one', 'a::b::c'])('%j fails', (handler) => {
    expect(verdict(handler)).toBe(`form: must be package.Class or package.Class::method, got ${handler || 'an empty text'}`);
  });
});

describe('a method', () => {
  // The same table was run against aws-lambda-java-runtime-interface-client 2.10.1.
  test.each([
    'Orders::handleRequest', 'Orders::none', 'Orders::one', 'Orders::streams', 'Orders::twoStreams', 'Orders::of', 'Orders$Nested::handle', 'Stream::handleRequest',
    'Child::inherited', 'Child::greet', 'Child::handleRequest', 'Plain::handle', 'NeedsClient::of',
  ])('%s starts', (name) => {
    expect(verdict(`com.example.${name}`)).toBe('starts');
  });

  test.each([
    ['Orders::twoEvents', 'a method that takes an event and a context, one of them or none, or streams, got com.example.Orders::twoEvents(String, String)'],
    ['Orders::contextFirst', 'a method that takes an event and a context, one of them or none, or streams, got com.example.Orders::contextFirst(Context, String)'],
    ['Orders::threeEvents', 'a method that takes an event and a context, one of them or none, or streams, got com.example.Orders::threeEvents(String, int, Context)'],
    ['Orders::four', 'a method that takes an event and a context, one of them or none, or streams, got com.example.Orders::four(long[], int[][], String[], Context)'],
    ['Orders::hidden', 'a public method, got com.example.Orders::hidden, which is not public'],
    ['Orders::absent', 'a public method of the class, got com.example.Orders::absent, but the class has only handleRequest, none, one, streams, twoStreams'],
    ['Child::absent', 'a public method of the class, got com.example.Child::absent, but the class has none'],
    ['Orders$Inner::handle', 'a class with a public constructor without parameters, got com.example.Orders$Inner, which has none'],
    ['NeedsClient::inherited', 'a class with a public constructor without parameters, got com.example.NeedsClient, which has none'],
    ['Closed::inherited', 'a class with a public constructor without parameters, got com.example.Closed, which has none'],
    ['Base::inherited', 'a class of which there can be an object, got com.example.Base, which is abstract'],
  ])('%s fails', (name, message) => {
    expect(verdict(`com.example.${name}`)).toBe(`function: must be ${message}`);
  });

  test('of a class that extends what is not in the package is unclear', () => {
    expect(verdict('com.example.Foreign::handle')).toBe('unclear');
    expect(verdict('com.example.Foreign::absent')).toBe('unclear');
    expect(verdict('com.example.Child::absent', classes('Child'))).toBe('unclear');
  });

  test('that every object has is unclear', () => {
    expect(verdict('com.example.Orders::toString')).toBe('unclear');
  });
});

describe('a class without a method', () => {
  test.each(['Orders', 'Stream', 'Child'])('%s implements one of the interfaces and starts', (name) => {
    expect(verdict(`com.example.${name}`)).toBe('starts');
  });

  test.each([
    ['Plain', 'a class that implements RequestHandler or RequestStreamHandler when it names no method, got com.example.Plain, which implements neither'],
    ['Typed', 'a class of which there can be an object, got com.example.Typed, which is abstract'],
    ['NeedsClient', 'a class with a public constructor without parameters, got com.example.NeedsClient, which has none'],
  ])('%s fails', (name, message) => {
    expect(verdict(`com.example.${name}`)).toBe(`function: must be ${message}`);
  });

  test('that extends what is not in the package is unclear', () => {
    expect(verdict('com.example.Foreign')).toBe('unclear');
  });
});

describe('the place', () => {
  test.each<[string, ExampleFiles, More]>([
    ['the code', classes(), {}],
    ['a jar in lib', { 'lib/a.jar': jar({}), 'lib/b.jar': jar(classes()) }, {}],
    ['a jar in java/lib of a layer', {}, { opt: { 'java/lib/a.jar': jar(classes()) } }],
    ['the code, and a superclass in a layer', classes('Child', 'Typed'), { opt: { 'java/lib/a.jar': jar(classes('Base')) } }],
  ])('may be %s', (_, task, more) => {
    expect(verdict('com.example.Child', task, more)).toBe('starts');
  });

  test.each<[string, ExampleFiles, string]>([
    ['com.example.Orders', { 'orders.jar': jar(classes()) }, 'which is in orders.jar'],
    ['com.example.Orders', { 'boot.jar': jar({ 'BOOT-INF/classes/com/example/Orders.class': { content: bytesOf('com/example/Orders') } }) }, 'which is in boot.jar'],
    ['com.example.Orders', { 'lib/deps/orders.jar': jar(classes()) }, 'which is in lib/deps/orders.jar'],
    ['com.example.Orders', { 'target/classes/com/example/Orders.class': { content: bytesOf('com/example/Orders') } }, 'which is in the folder target/classes'],
    ['com.example.Orders.Nested', classes(), 'but there is com.example.Orders$Nested'],
    ['com.example.orders', classes(), 'but there is com.example.Orders'],
    ['Orders', classes(), 'but there is com.example.Orders'],
    ['org.example.Orders', { 'lib/a.jar': jar(classes()) }, 'but there is com.example.Orders'],
    ['com.example.Orders', { 'src/main/java/com/example/Orders.java': '', 'pom.xml': '' }, 'whose source src/main/java/com/example/Orders.java was not compiled'],
    ['com.example.Orders', { 'src/main/kotlin/com/example/Orders.kt': '' }, 'whose source src/main/kotlin/com/example/Orders.kt was not compiled'],
    ['com.example.Orders', {}, 'which is not there'],
  ])('%s is not there, and %#: what is there is named', (handler, task, got) => {
    expect(verdict(handler, task)).toBe(`file: must be a class of the code, of a jar in its lib, or of a jar in java/lib of a layer, got ${handler}, ${got}`);
  });

  test.each<[string, ExampleFiles, More]>([
    ['a layer that is not known', {}, { optIsWhole: false }],
    ['a jar that cannot be read', { 'lib/a.jar': { content: 'x' } }, {}],
    ['a jar that the manifest of another names', { 'lib/a.jar': jar({ 'META-INF/MANIFEST.MF': 'Manifest-Version: 1.0\r\nClass-Path: ../deps/b.jar\r\n' }) }, {}],
    ['a folder of classes for some versions of Java', { 'lib/a.jar': jar({ 'META-INF/versions/17/com/example/Orders.class': '' }) }, {}],
    ['what an option of the virtual machine brings', {}, { environment: new Map([['JAVA_TOOL_OPTIONS', undefined]]) }],
  ])('may be %s: unclear', (_, task, more) => {
    expect(verdict('com.example.Orders', task, more)).toBe('unclear');
  });

  test('of a class of the runtime is unclear, and a class file that is garbled too', () => {
    expect(verdict('com.amazonaws.services.lambda.runtime.Own')).toBe('unclear');
    expect(verdict('com.example.Orders', { 'com/example/Orders.class': 'garbled' })).toBe('unclear');
    expect(verdict('com.example.Orders', { 'com/example/Orders.class': { content: bytesOf('com/example/Plain') } })).toBe('unclear');
  });

  test('in a layer says nothing while another layer is not known', () => {
    expect(verdict('com.example.Plain', {}, { opt: { 'java/lib/a.jar': jar(classes()) }, optIsWhole: false })).toBe('unclear');
  });
});

describe('the version', () => {
  const compiledFor = (java: number): ExampleFiles => {
    const bytes = Buffer.from(bytesOf('com/example/Plain'));
    bytes.writeUInt16BE(44 + java, 6);
    return { 'com/example/Plain.class': { content: bytes } };
  };

  test.each([['java8.al2', 8], ['java11', 11], ['java17.al2023', 17], ['java21', 17], ['java25', 25]])('%s runs classes for Java %d', (runtime, java) => {
    expect(verdict('com.example.Plain::handle', compiledFor(java), { runtime })).toBe('starts');
  });

  test.each([['java8.al2', 11, 8], ['java17', 21, 17], ['java21', 25, 21]])('%s refuses classes for Java %d', (runtime, java, most) => {
    expect(verdict('com.example.Plain::handle', compiledFor(java), { runtime }))
      .toBe(`file: must be a class that was compiled for Java ${most} or older when the runtime is ${runtime}, got com.example.Plain for Java ${java}`);
  });
});

test('the jars of a package are opened once', () => {
  const unpacked = unpackedCompiled({ 'lib/a.jar': jar(classes()) }, { runtime: 'java17', handler: 'com.example.Orders' });
  const unpack = jest.spyOn(unpacked.task.files[0], 'unpack');
  judge(unpacked);
  judge({ ...unpacked, handler: 'com.example.Missing' });
  expect(unpack).toHaveBeenCalledTimes(1);
});
