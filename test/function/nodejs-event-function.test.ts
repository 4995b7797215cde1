import * as fs from 'fs';
import * as path from 'path';
import { App, Aws, CfnParameter, CliCredentialsStackSynthesizer, DefaultStackSynthesizer, LegacyStackSynthesizer, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as nodejs from 'aws-cdk-lib/aws-lambda-nodejs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { aliasRef, NEW_APP, NO_FLAGS, only } from './functions';
import { Orders } from './nodejs-event-function.subclass';
import { NodejsEventFunction, NodejsEventFunctionProps, PullSource } from '../../src';
import { isLeftToCdk } from '../../src/code/bundling/bundle-options';
import { watchBuilds } from '../code/bundling/builds';
import { made, Project } from '../code/bundling/project';
import { tempFolder } from '../fixtures/temp-folder';

const builds = watchBuilds();
beforeEach(() => builds.mockClear());
afterAll(() => jest.restoreAllMocks());

const SOURCE = 'export const handler = async () => ({});\nexport const other = async () => 1;';
const shop = () => new Project({ src: { 'orders.ts': SOURCE } });

function orders(props: NodejsEventFunctionProps = {}, context: Record<string, unknown> = NO_FLAGS, project = shop()) {
  const app = project.app(context);
  const stack = new Stack(app, 'Shop');
  return { app, stack, project, fn: project.fn(stack, 'Orders', 'src/orders.ts', props) };
}

const code = (stack: Stack) => only(stack, 'AWS::Lambda::Function').Properties;

describe('defaults', () => {
  test.each([['without feature flags', NO_FLAGS], ['in a new app', NEW_APP]])('the template %s', (_, context) => {
    expect(Template.fromStack(orders({}, context).stack).toJSON()).toMatchSnapshot();
  });

  test('the runtime is that of NodejsFunction', () => {
    const runtime = (context: Record<string, unknown>) => code(orders({ runtime: undefined }, context).stack).Runtime;
    expect(runtime(NO_FLAGS)).toBe('nodejs16.x');
    expect(runtime(NEW_APP)).toBe('nodejs24.x');
  });

  test.each([[undefined, 'index.handler'], ['other', 'index.other'], ['lib/app.main', 'lib/app.main']])('the handler %s is %s', (handler, expected) => {
    expect(code(orders({ handler }).stack).Handler).toBe(expected);
  });

  test('version 2 of the AWS SDK keeps its connections', () => {
    const variables = (props: NodejsEventFunctionProps) => code(orders(props).stack).Environment?.Variables;
    expect(variables({ runtime: lambda.Runtime.NODEJS_16_X })).toEqual({ AWS_NODEJS_CONNECTION_REUSE_ENABLED: '1' });
    expect(variables({ runtime: lambda.Runtime.NODEJS_16_X, awsSdkConnectionReuse: false })).toBeUndefined();
    expect(variables({})).toBeUndefined();
    expect(variables({ awsSdkConnectionReuse: true })).toEqual({ AWS_NODEJS_CONNECTION_REUSE_ENABLED: '1' });
  });
});

describe('the source', () => {
  const noCache = { 'cdk-event-functions:bundle-cache': false };

  test('without entry is beside the file that makes the function, by its id', () => {
    const stack = new Stack(new App({ context: noCache }), 'Shop');
    const fn = new NodejsEventFunction(stack, 'inferred', { projectRoot: path.join(__dirname, '..'), runtime: lambda.Runtime.NODEJS_22_X });
    expect(made((stack.node.root as App).synth() && fn.function).files['index.js']).toContain('beside the test');
  });

  test('without entry is beside the file of a subclass', () => {
    const stack = new Stack(new App({ context: noCache }), 'Shop');
    const fn = new Orders(stack, 'inferred');
    expect(made((stack.node.root as App).synth() && fn.function).files['index.js']).toContain('beside the subclass');
  });

  test('with code nothing is bundled', () => {
    const { stack } = orders({ code: lambda.Code.fromInline('exports.main = 1'), handler: 'index.main' });
    expect(code(stack)).toMatchObject({ Code: { ZipFile: 'exports.main = 1' }, Handler: 'index.main' });
    expect(builds).not.toHaveBeenCalled();
  });

  test('the project is the folder of the lock file', () => {
    const project = shop();
    const stack = new Stack(project.app(), 'Shop');
    const fn = new NodejsEventFunction(stack, 'Orders', {
      runtime: lambda.Runtime.NODEJS_22_X, entry: project.file('src/orders.ts'), depsLockFilePath: project.lockFile,
    });
    (stack.node.root as App).synth();
    expect(made(fn.function).files['index.js']).toContain('// src/orders.ts');
  });
});

describe('mapping', () => {
  test('it is the live alias, and takes event sources', () => {
    const { stack, fn } = orders();
    fn.addEventSource(PullSource.queue(new sqs.Queue(stack, 'Queue')));
    expect(stack.resolve(fn.functionArn)).toEqual(aliasRef(stack));
    expect(JSON.stringify(only(stack, 'AWS::Lambda::EventSourceMapping').Properties.FunctionName)).toContain(aliasRef(stack).Ref);
  });

  test('layers keep their order, whoever bundles', () => {
    for (const bundling of [undefined, { esbuildArgs: { '--log-limit': '3' } }]) {
      const { stack, fn } = orders({ bundling }, { ...NEW_APP, 'aws:cdk:bundling-stacks': [] });
      for (const name of ['B', 'A']) fn.addLayers(lambda.LayerVersion.fromLayerVersionArn(stack, name, `arn:aws:lambda:eu-west-1:123456789012:layer:${name}:1`));
      expect(code(stack).Layers).toEqual(['B', 'A'].map((name) => `arn:aws:lambda:eu-west-1:123456789012:layer:${name}:1`));
    }
  });

  test('sam local finds the bundle', () => {
    const { app, fn } = orders({}, { 'aws:cdk:enable-asset-metadata': true });
    const { Resources } = app.synth().getStackByName('Shop').template;
    const { Metadata } = Object.values<any>(Resources).find(({ Type }) => Type === 'AWS::Lambda::Function');
    expect(Metadata).toMatchObject({ 'aws:asset:path': `asset.${made(fn.function).hash}`, 'aws:asset:is-bundled': true, 'aws:asset:property': 'Code' });
  });
});

describe('permissions', () => {
  test('a deployer reads the code, and the role may do no more than any event function', () => {
    const { stack, fn } = orders();
    const read = fn.deployPermissions().map((statement) => statement.toStatementJson()).find(({ Action }) => Action === 's3:GetObject');
    expect(stack.resolve(read)).toBeDefined();
    expect(only(stack, 'AWS::IAM::Role').Properties.ManagedPolicyArns).toBeUndefined();
    expect((fn.role as iam.Role).roleName).toBeDefined();
  });
});

describe('validation', () => {
  const made_ = (props: NodejsEventFunctionProps) => () => new NodejsEventFunction(new Stack(new App(), 'Shop'), 'Orders', props);
  const project = shop();
  const source = { entry: project.file('src/orders.ts'), projectRoot: project.root, runtime: lambda.Runtime.NODEJS_22_X };

  test.each<[string, NodejsEventFunctionProps, string | RegExp]>([
    ['the runtime is not Node.js', { ...source, runtime: lambda.Runtime.PYTHON_3_13 }, '\'runtime\' must be a runtime of Node.js, got "python3.13"; choose one, or use EventFunction [RuntimeNotNodejs at Shop/Orders]'],
    ['the entry is not there', { entry: 'none.ts' }, /'entry' must be a file that exists, got "none\.ts"; a relative path starts at the working directory .* \[EntryMissing at Shop\/Orders\]/],
    ['the entry is no script', { entry: 'orders.py' }, /'entry' must be a file of JavaScript or TypeScript .* \[EntryNotScript/],
    ['no entry is given and none is there', {}, /'entry' must be given when there is no file of the function's name, .*nodejs-event-function\.test\.Orders\.ts \(or js, mjs, mts, cts, cjs\), got undefined; name the source file with 'entry' \[EntryMissing/],
    ['the entry is not in the project', { ...source, projectRoot: tempFolder() }, /'entry' must be a file in the project .* \[EntryOutsideProject/],
    ['the lock file is not there', { entry: source.entry, depsLockFilePath: 'none.lock' }, /'depsLockFilePath' must be a file that exists, got "none.lock".* \[LockFileMissing/],
    ['code comes without handler', { code: lambda.Code.fromInline('x') }, /'handler' must be given together with 'code', got undefined.* \[HandlerMissing/],
    ['a source map is wanted and not', { ...source, bundling: { sourceMap: false, sourceMapMode: nodejs.SourceMapMode.INLINE } }, /'bundling\.sourceMapMode' must be absent when sourceMap is false, got "inline".* \[SourceMapModeWithoutSourceMap/],
    ['the runtime is too old for modules', { ...source, runtime: lambda.Runtime.NODEJS_12_X, bundling: { format: nodejs.OutputFormat.ESM } }, /\[RuntimeWithoutModules/],
  ])('fails if %s', (_, props, message) => {
    expect(made_(props)).toThrow(message);
  });

  test('fails if there are several lock files, or none', () => {
    const before = process.cwd();
    process.chdir(tempFolder({ 'yarn.lock': '', 'package-lock.json': '' }));
    expect(made_({ entry: source.entry })).toThrow(/'depsLockFilePath' must be given when there are several lock files .*yarn\.lock, .*package-lock\.json\), got undefined.* \[LockFileAmbiguous/);
    process.chdir(tempFolder());
    expect(made_({ entry: source.entry })).toThrow(/'depsLockFilePath' must be given when there is no pnpm-lock\.yaml, .* \[LockFileMissing/);
    expect(made_(source)).not.toThrow();
    process.chdir(before);
  });

  test.each(['its own', 'the CDK'])('fails if there is a sixth layer, bundled by %s', (who) => {
    const { stack, fn } = orders({ bundling: who === 'the CDK' ? { esbuildArgs: { '--log-limit': '3' } } : {} }, { 'aws:cdk:bundling-stacks': [] });
    const layers = [1, 2, 3, 4, 5, 6].map((n) => lambda.LayerVersion.fromLayerVersionArn(stack, `L${n}`, `arn:aws:lambda:eu-west-1:123456789012:layer:a:${n}`));
    expect(() => fn.addLayers(...layers)).toThrow(/'layers' must be at most 5, .*got "6: L1, L2, L3, L4, L5, L6".*\[TooManyLayers at Shop\/Orders\]/);
  });

  test.each<[NodejsEventFunctionProps, string]>([
    [{ runtime: lambda.Runtime.NODEJS_16_X }, '*will be deprecated by Lambda*'],
    [{ runtime: lambda.Runtime.NODEJS_16_X, bundling: { externalModules: ['@aws-sdk/client-s3'] } }, '*Node 18 or higher*'],
    [{ bundling: { externalModules: ['aws-sdk'] } }, '*Node 16 or lower*'],
    [{ runtime: lambda.Runtime.NODEJS_LATEST, bundling: { externalModules: ['x'] } }, '*runtime version may change*'],
    [{ awsSdkConnectionReuse: true }, '*does not exist in SDK v3*'],
  ])('warns as NodejsFunction does: %#', (props, text) => {
    const { stack } = orders(props);
    const pattern = new RegExp(text.replaceAll('*', '.*'));
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp(pattern.source));
    const theirs = new Stack(new App({ context: { 'aws:cdk:bundling-stacks': [] } }), 'Shop');
    new nodejs.NodejsFunction(theirs, 'Orders', { ...source, depsLockFilePath: project.lockFile, ...props });
    Annotations.fromStack(theirs).hasWarning('*', Match.stringLikeRegexp(pattern.source));
  });
});

describe('tokens and imports', () => {
  test('names and numbers may be decided at deployment', () => {
    const { stack } = orders({ functionName: Aws.STACK_NAME });
    const size = new CfnParameter(stack, 'Size', { type: 'Number' });
    const project = shop();
    project.fn(stack, 'More', 'src/orders.ts', { memorySize: size.valueAsNumber, environment: { NAME: Aws.REGION } });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { MemorySize: { Ref: 'Size' } });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { FunctionName: { Ref: 'AWS::StackName' } });
  });

  test('a role and a layer from elsewhere', () => {
    const project = shop();
    const stack = new Stack(project.app(), 'Shop');
    project.fn(stack, 'Orders', 'src/orders.ts', {
      role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/lambda'),
      layers: [lambda.LayerVersion.fromLayerVersionArn(stack, 'Layer', 'arn:aws:lambda:eu-west-1:123456789012:layer:a:1')],
    });
    expect(code(stack)).toMatchObject({ Role: 'arn:aws:iam::123456789012:role/lambda', Layers: [expect.stringContaining(':layer:a:1')] });
  });
});

describe('stacks', () => {
  test.each([
    ['the default', () => new DefaultStackSynthesizer()],
    ['the credentials of the CLI', () => new CliCredentialsStackSynthesizer()],
    ['the former one', () => new LegacyStackSynthesizer()],
  ])('synthesized by %s: as with NodejsFunction', (_, synthesizer) => {
    const code_ = (make: (stack: Stack, project: Project) => lambda.Function) => {
      const project = shop();
      const app = project.app();
      const stack = new Stack(app, 'Shop', { synthesizer: synthesizer() });
      const nested = new NestedStack(stack, 'Nested');
      make(nested, project);
      const fn = make(stack, project);
      const { template } = app.synth().getStackByName('Shop');
      const file = fs.readdirSync(app.outdir).find((name) => name.endsWith('.nested.template.json'))!;
      const inner = JSON.parse(fs.readFileSync(path.join(app.outdir, file), 'utf8'));
      const codes = [template, inner].map(({ Resources }) => Object.values<any>(Resources).find(({ Type }) => Type === 'AWS::Lambda::Function').Properties.Code);
      const parameters = Object.keys(template.Parameters ?? {}).filter((name) => name.startsWith('AssetParameters')).length;
      const hash = String(stack.resolve((fn.node.defaultChild as lambda.CfnFunction).code).s3Key).match(/[0-9a-f]{64}/)?.[0];
      return { text: JSON.stringify(codes).replace(/[0-9a-f]{64}/g, 'HASH').replace(/[0-9A-F]{8}(?=\W|Ref)/g, 'HASH'), parameters, hash };
    };
    const props = (project: Project) => ({ entry: project.file('src/orders.ts'), runtime: lambda.Runtime.NODEJS_22_X, projectRoot: project.root });
    const ours = code_((stack, project) => project.fn(stack, 'Orders', 'src/orders.ts').function);
    const theirs = code_((stack, project) => new nodejs.NodejsFunction(stack, 'Orders', {
      ...props(project),
      depsLockFilePath: project.lockFile,
      // what bundles for NodejsFunction here is a shell, since that is not what is tested
      code: lambda.Code.fromAsset(project.file('src')),
      handler: 'index.handler',
    }));
    expect({ text: ours.text, parameters: ours.parameters }).toEqual({ text: theirs.text, parameters: theirs.parameters });
  });

  test('of other accounts and stages have the code in their own manifest', () => {
    const project = shop();
    const app = project.app();
    for (const name of ['Beta', 'Prod']) {
      const stage = new Stage(app, name, { env: { account: name === 'Prod' ? '111122223333' : '444455556666', region: 'eu-west-1' } });
      project.fn(new Stack(stage, 'Shop'), 'Orders', 'src/orders.ts');
    }
    app.synth();
    for (const name of ['Beta', 'Prod']) {
      const folder = project.file(`cdk.out/assembly-${name}`);
      const manifest = JSON.parse(fs.readFileSync(path.join(folder, fs.readdirSync(folder).find((file) => file.endsWith('.assets.json'))!), 'utf8'));
      const asset = Object.values<any>(manifest.files).find(({ source }) => source.packaging === 'zip');
      expect(fs.existsSync(path.join(folder, asset.source.path, 'index.js'))).toBe(true);
    }
    expect(builds).toHaveBeenCalledTimes(1);
  });

  test('whose code is not needed are not bundled', () => {
    const project = new Project({ src: { 'orders.ts': 'this does not compile' } });
    const app = project.app({ 'aws:cdk:bundling-stacks': ['Other'] });
    const stack = new Stack(app, 'Shop');
    project.fn(stack, 'Orders', 'src/orders.ts');
    app.synth();
    expect(builds).not.toHaveBeenCalled();
    expect(code(stack).Code.S3Key).toMatch(/^[0-9a-f]{64}\.zip$/);
  });

  test('without staging the path of the bundle is absolute', () => {
    const { app, project, fn } = orders({}, { 'aws:cdk:disable-asset-staging': true });
    app.synth();
    const { hash } = made(fn.function);
    const manifest = JSON.parse(fs.readFileSync(project.file('cdk.out/Shop.assets.json'), 'utf8'));
    expect(manifest.files[hash].source.path).toBe(project.file(`cdk.out/asset.${hash}`));
  });
});

describe('who bundles', () => {
  const VALUES: Required<{ [name in keyof nodejs.BundlingOptions]: [nodejs.BundlingOptions[name], 'ours' | 'cdk'] }> = {
    assetHash: ['x', 'ours'],
    banner: ['x', 'ours'],
    bundleAwsSDK: [true, 'ours'],
    charset: [nodejs.Charset.UTF8, 'ours'],
    define: [{ A: '1' }, 'ours'],
    externalModules: [['x'], 'ours'],
    footer: ['x', 'ours'],
    format: [nodejs.OutputFormat.ESM, 'ours'],
    inject: [['x'], 'ours'],
    keepNames: [true, 'ours'],
    loader: [{ '.x': 'text' }, 'ours'],
    logLevel: [nodejs.LogLevel.ERROR, 'ours'],
    mainFields: [['main'], 'ours'],
    metafile: [true, 'ours'],
    minify: [true, 'ours'],
    sourceMap: [true, 'ours'],
    sourceMapMode: [nodejs.SourceMapMode.BOTH, 'ours'],
    sourcesContent: [false, 'ours'],
    target: ['es2022', 'ours'],
    tsconfig: ['x.json', 'ours'],
    buildArgs: [{ A: 'b' }, 'cdk'],
    bundlingFileAccess: ['VOLUME_COPY' as any, 'cdk'],
    command: [['x'], 'cdk'],
    commandHooks: [{ beforeBundling: () => [], beforeInstall: () => [], afterBundling: () => [] }, 'cdk'],
    dockerImage: [{} as any, 'cdk'],
    entrypoint: [['x'], 'cdk'],
    environment: [{ A: 'b' }, 'cdk'],
    esbuildArgs: [{ '--log-limit': '1' }, 'cdk'],
    esbuildVersion: ['0.20', 'cdk'],
    forceDockerBundling: [true, 'cdk'],
    network: ['host', 'cdk'],
    nodeModules: [['x'], 'cdk'],
    platform: ['linux/arm64', 'cdk'],
    preCompilation: [true, 'cdk'],
    securityOpt: ['x', 'cdk'],
    user: ['x', 'cdk'],
    volumes: [[{ hostPath: 'a', containerPath: 'b' }], 'cdk'],
    volumesFrom: [['x'], 'cdk'],
    workingDirectory: ['/x', 'cdk'],
  };

  test.each(Object.entries(VALUES))('%s', (name, [value, who]) => {
    expect(isLeftToCdk({ [name]: value })).toBe(who === 'cdk');
    expect(isLeftToCdk({ [name]: undefined })).toBe(false);
  });

  test('what asks for nothing asks for no CDK; what is not known here does', () => {
    expect(isLeftToCdk()).toBe(false);
    expect(isLeftToCdk({ forceDockerBundling: false, preCompilation: false })).toBe(false);
    expect(isLeftToCdk({ ofTheFuture: true } as any)).toBe(true);
  });

  test('what the CDK bundles has the same ids', () => {
    const ids = (bundling?: nodejs.BundlingOptions) => Object.keys(Template.fromStack(orders({ bundling }, { 'aws:cdk:bundling-stacks': [] }).stack).toJSON().Resources)
      .map((id) => id.replace(/[0-9a-f]{32}$/, ''));
    expect(ids({ esbuildArgs: { '--log-limit': '3' } })).toEqual(ids());
  });

  test('commands of the user run, with the output of esbuild', () => {
    const project = shop();
    const esbuild = path.join(path.dirname(require.resolve('esbuild/package.json')), 'bin', 'esbuild');
    project.write({ node_modules: { '.bin': {} } });
    fs.symlinkSync(esbuild, project.file('node_modules/.bin/esbuild'));
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const commandHooks = { beforeBundling: () => [], beforeInstall: () => [], afterBundling: (_: string, out: string) => [`echo hello > ${out}/hello.txt`] };
    const { app, fn } = orders({ bundling: { commandHooks, logLevel: nodejs.LogLevel.ERROR } }, NO_FLAGS, project);
    app.synth();
    write.mockRestore();
    expect(Object.keys(made(fn.function).files)).toEqual(['hello.txt', 'index.js']);
    expect(builds).not.toHaveBeenCalled();
  }, 60_000);
});
