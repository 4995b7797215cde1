import * as path from 'path';
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LAMBDA_RECOGNIZE_LAYER_VERSION, LAMBDA_RECOGNIZE_VERSION_PROPS } from 'aws-cdk-lib/cx-api';
import * as fc from 'fast-check';
import { NodejsEventFunction } from '../../../src';
import { changesBetween } from '../../../src/release/versions/version-changes';
import { tempFolder } from '../../fixtures/temp-folder';
import { NEW_APP } from '../../function/functions';
import { actual, Configuration, functionIn, predicted, propertiesOf, Synthesized, synthesized } from '../configured';

/** All ways in which an app may have set the two flags that decide. */
const FLAGS = [[true, true], [true, false], [false, true], [false, false]].map(([properties, layers]) => ({
  [LAMBDA_RECOGNIZE_VERSION_PROPS]: properties, [LAMBDA_RECOGNIZE_LAYER_VERSION]: layers,
}));

const NEW = FLAGS[0];
const OLD = FLAGS[3];

/** Two values of each property of `CfnFunction`. */
const VALUES: Record<string, readonly [unknown, unknown]> = {
  architectures: [['arm64'], ['x86_64']],
  capacityProviderConfig: ['a', 'b'].map((capacityProviderArn) => ({ lambdaManagedInstancesCapacityProviderConfig: { capacityProviderArn } })) as any,
  code: [{ zipFile: 'exports.handler = 1' }, { s3Bucket: 'builds', s3Key: 'orders.zip' }],
  codeSigningConfigArn: ['a', 'b'],
  deadLetterConfig: [{ targetArn: 'a' }, { targetArn: 'b' }],
  description: ['Takes orders', 'Takes all orders'],
  durableConfig: [{ executionTimeout: 60, retentionPeriodInDays: 1 }, { executionTimeout: 61, retentionPeriodInDays: 1 }],
  environment: [{ variables: { STAGE: 'test' } }, { variables: { STAGE: 'prod' } }],
  ephemeralStorage: [{ size: 512 }, { size: 1024 }],
  fileSystemConfigs: [[{ arn: 'a', localMountPath: '/mnt/a' }], [{ arn: 'a', localMountPath: '/mnt/b' }]],
  functionName: ['orders', 'all-orders'],
  functionScalingConfig: [{ minExecutionEnvironments: 3 }, { minExecutionEnvironments: 4 }],
  handler: ['index.one', 'index.other'],
  imageConfig: [{ command: ['a'] }, { command: ['b'] }],
  kmsKeyArn: ['a', 'b'],
  layers: [['a', 'b'], ['b', 'a']],
  loggingConfig: [{ logFormat: 'JSON' }, { logFormat: 'Text' }],
  memorySize: [128, 129],
  packageType: ['Zip', 'Image'],
  publishToLatestPublished: [true, false],
  recursiveLoop: ['Allow', 'Terminate'],
  reservedConcurrentExecutions: [1, 0],
  role: ['arn:aws:iam::111122223333:role/a', 'arn:aws:iam::111122223333:role/b'],
  runtime: ['nodejs20.x', 'nodejs24.x'],
  runtimeManagementConfig: [{ updateRuntimeOn: 'Auto' }, { updateRuntimeOn: 'FunctionUpdate' }],
  snapStart: [{ applyOn: 'None' }, { applyOn: 'PublishedVersions' }],
  tags: [[{ key: 'team', value: 'a' }], [{ key: 'team', value: 'b' }]],
  tenancyConfig: [{ tenantIsolationMode: 'PER_TENANT' }, { tenantIsolationMode: 'NONE' }],
  timeout: [3, 4],
  tracingConfig: [{ mode: 'Active' }, { mode: 'PassThrough' }],
  vpcConfig: [{ securityGroupIds: ['a'], subnetIds: ['a'] }, { securityGroupIds: ['a'], subnetIds: ['b'] }],
};

const withProperty = (name: string, value: unknown): Configuration => ({ properties: { [name]: value } });

test('no property of a function is forgotten', () => {
  expect(Object.keys(VALUES)).toEqual(propertiesOf('CfnFunctionProps'));
});

test('the properties in the hash are those that the CDK has', () => {
  // not exported, so that it can only be had by its path
  const { VERSION_LOCKED } = jest.requireActual(path.join(path.dirname(require.resolve('aws-cdk-lib/package.json')), 'aws-lambda/lib/function-hash.js'));
  for (const [property, isInHash] of Object.entries<boolean>(VERSION_LOCKED)) {
    const name = property[0].toLowerCase() + property.slice(1);
    const { inputs } = synthesized(withProperty(name, VALUES[name][0]), NEW);
    const found = inputs.filter((input) => input.name.split(/[.[]/)[0] === property);
    expect({ property, makesVersion: found.map(({ makesVersion }) => makesVersion) }).toEqual({ property, makesVersion: found.map(() => isInHash) });
    expect(found.length).toBeGreaterThan(0);
  }
});

describe.each(FLAGS.map((flags) => [Object.values(flags).join(' and '), flags] as const))('with recognizeVersionProps and recognizeLayerVersion %s', (_name, flags) => {
  test.each(Object.entries(VALUES))('%s: the prediction comes true', (name, [one, other]) => {
    const [without, first, second] = [{}, withProperty(name, one), withProperty(name, other)].map((each) => synthesized(each, flags));
    expect(first.template).not.toEqual(without.template);
    expect(second.template).not.toEqual(first.template);
    for (const [before, after] of [[without, first], [first, second], [second, without]] as const) {
      expect(predicted(before, after)).toBe(actual(before, after));
    }
    expect(actual(first, synthesized(withProperty(name, one), flags))).toBe(false);
  });

  test('two configurations differ in what makes a version exactly if the version differs', () => {
    fc.assert(fc.property(configuration, configuration, (one, other) => {
      expectTrue(one, other, flags);
    }), { numRuns: 20 });
  });

  test('one change of a configuration makes a version exactly if that is predicted', () => {
    fc.assert(fc.property(configuration, configuration, part, (one, other, changed) => {
      expectTrue(one, { ...one, [changed]: other[changed] }, flags);
    }), { numRuns: 30 });
  });
});

describe('the list', () => {
  const inputOf = ({ inputs }: Synthesized, name: string) => inputs.find((input) => input.name === name);

  test('says what each input is', () => {
    const { inputs } = synthesized({
      environment: { TABLE: 'orders' },
      tags: { team: 'shop' },
      properties: { reservedConcurrentExecutions: 3 },
      layers: [{ scope: 'One', id: 'Common', content: 'common.zip' }],
      versionInputs: { release: '1.4.2' },
      texts: ['a', 'b'],
      version: { description: 'mine', minExecutionEnvironments: 3 },
    }, NEW);
    expect(inputs.map(({ name, value, makesVersion }) => `${makesVersion ? '+' : '-'} ${name} = ${value}`)).toEqual([
      '+ Code.ZipFile = exports.handler = async () => ({});',
      expect.stringMatching(/^\+ Description = \[inputs [0-9a-f]{12}\]$/),
      '+ Environment.TABLE = orders',
      '+ Handler = index.handler',
      expect.stringMatching(/^\+ Layers\[0\] = \{"Ref":"OneCommon/),
      '+ LoggingConfig = {"LogGroup":{"Ref":"OrdersLogGroupE26395F1"}}',
      '- ReservedConcurrentExecutions = 3',
      '+ Role = {"Fn::GetAtt":["OrdersServiceRoleF2087E22","Arn"]}',
      '+ Runtime = nodejs22.x',
      '- Tags.team = shop',
      '+ LayerContents[0] = ["Common",{"Content":{"S3Bucket":{"Ref":"BuildsE4FA881E"},"S3Key":"common.zip"}}]',
      '+ InvalidateVersionBasedOn = ab',
      '+ VersionInputs.release = 1.4.2',
      '+ CurrentVersion.Description = mine',
      '- CurrentVersion.FunctionScalingConfig = {"MinExecutionEnvironments":3}',
      `+ FeatureFlag.${LAMBDA_RECOGNIZE_VERSION_PROPS} = true`,
      `+ FeatureFlag.${LAMBDA_RECOGNIZE_LAYER_VERSION} = true`,
    ]);
  });

  test('shows no secret and nothing long', () => {
    const long = 'x'.repeat(121);
    const one = synthesized({ environment: { DB_PASSWORD: 'hunter2', LONG: long, NUMBER: '1' }, versionInputs: { token: 'abc' } }, NEW);
    expect(JSON.stringify(one.inputs)).not.toMatch(/hunter2|xxx|"abc"/);
    expect(inputOf(one, 'Environment.DB_PASSWORD')?.value).toMatch(/^sha256:[0-9a-f]{16}$/);
    expect(inputOf(one, 'Environment.LONG')?.value).toMatch(/^sha256:[0-9a-f]{16}$/);
    // text that could be taken for a number is written as text
    expect(inputOf(one, 'Environment.NUMBER')?.value).toBe('"1"');
  });

  test.each([
    ['recursiveLoop', 'RecursiveLoop', 'PutFunctionRecursionConfig'],
    ['runtimeManagementConfig', 'RuntimeManagementConfig', 'PutRuntimeManagementConfig'],
    ['functionScalingConfig', 'FunctionScalingConfig', 'PutFunctionScalingConfig'],
  ])('says that %s publishes what Lambda refuses to publish', (property, name, call) => {
    const [one, other] = VALUES[property].map((value) => synthesized(withProperty(property, value), NEW));
    expect(actual(one, other)).toBe(true);
    expect(inputOf(other, name)?.why).toContain(call);
    expect(inputOf(other, name)?.why).toContain('A version for this Lambda function exists ( N ). Modify the function to create a new version.');
    expect(inputOf(other, name)?.why).toContain(`Function.classifyVersionProperty('${name}', false)`);
  });

  test.each([['reservedConcurrentExecutions', 'ReservedConcurrentExecutions'], ['tags', 'Tags.team'], ['codeSigningConfigArn', 'CodeSigningConfigArn']])('says that %s does so without the feature flag, and not with it', (property, name) => {
    const [old, recent] = [OLD, NEW].map((flags) => VALUES[property].map((value) => synthesized(withProperty(property, value), flags)));
    expect([actual(old[0], old[1]), actual(recent[0], recent[1])]).toEqual([true, false]);
    expect(inputOf(old[1], name)).toMatchObject({ makesVersion: true, why: expect.stringContaining('A version for this Lambda function exists ( N )') });
    expect(inputOf(old[1], name)?.why).toContain(`set the feature flag '${LAMBDA_RECOGNIZE_VERSION_PROPS}'`);
    expect(inputOf(recent[1], name)).toMatchObject({ makesVersion: false, why: expect.stringMatching(/^no part of a version: Lambda keeps it for the function as a whole/) });
  });

  test('says that what a layer holds is not seen without the feature flag', () => {
    const content = (flags: Record<string, unknown>) => inputOf(synthesized({ layers: [{ scope: 'One', id: 'Common', content: 'a.zip' }] }, flags), 'LayerContents[0]');
    expect(content(NEW)).toMatchObject({ makesVersion: true });
    expect(content(OLD)).toMatchObject({ makesVersion: false, why: expect.stringContaining('the live alias keeps the old layer') });
  });

  test('says that the CDK sees one of two layers with the same id', () => {
    const layers = [{ scope: 'One', id: 'Common', content: 'a.zip' }, { scope: 'Other', id: 'Common', content: 'b.zip' }];
    const hidden = inputOf(synthesized({ layers }, NEW), 'LayerContents.Shop/One/Common');
    expect(hidden).toMatchObject({ makesVersion: false, why: expect.stringContaining("another one that is called 'Common'") });
  });

  test('goes by what the app says of properties', () => {
    const said = lambda.Function as unknown as { _VER_PROPS: Record<string, boolean> };
    try {
      lambda.Function.classifyVersionProperty('RecursiveLoop', false);
      const [one, other] = VALUES.recursiveLoop.map((value) => synthesized(withProperty('recursiveLoop', value), NEW));
      expect([actual(one, other), predicted(one, other)]).toEqual([false, false]);
    } finally {
      said._VER_PROPS = {};
    }
  });

  test('has the hash of a bundle, also before it is made', () => {
    const app = new App({ context: { ...NEW_APP, 'cdk-event-functions:bundle-cache': false } });
    const stack = new Stack(app, 'Shop');
    const fn = new NodejsEventFunction(stack, 'Orders', { runtime: lambda.Runtime.NODEJS_22_X, entry: path.join(__dirname, '../../fixtures/handler/index.js') });
    const before = fn.versionInputs();
    app.synth();
    expect(fn.versionChanges(before).filter(({ name }) => name.startsWith('Code.') || name.startsWith('CurrentVersion.'))).toEqual([]);
    expect(fn.versionInputs().find(({ name }) => name === 'Code.S3Key')?.value).toMatch(/^[0-9a-f]{64}\.zip$/);
  });

  test('names references as the template does', () => {
    const stack = new Stack(new App({ context: NEW }), 'Shop');
    const fn = functionIn(stack, { environment: { TABLE: new CfnParameter(stack, 'Table').valueAsString } });
    expect(fn.versionInputs()).toContainEqual(expect.objectContaining({ name: 'Environment.TABLE', value: '{"Ref":"Table"}' }));
  });
});

describe('between two syntheses of the same app', () => {
  const CONFIGURATION: Configuration = {
    environment: { B: '1', A: '2' }, layers: [{ scope: 'One', id: 'Common', content: 'a.zip' }], versionInputs: { release: '1' }, permissions: ['GetObject'],
  };

  test.each(FLAGS.map((flags) => [flags]))('the list is the same, in whatever folder (%j)', (flags) => {
    const [one, other] = [tempFolder({}), tempFolder({ deep: {} })].map((outdir) => synthesized({ ...CONFIGURATION, outdir }, flags));
    expect(other.inputs).toEqual(one.inputs);
    expect(other.version).toEqual(one.version);
  });

  test('tags of the app change what makes no version', () => {
    const [one, other] = [CONFIGURATION, { ...CONFIGURATION, tags: { stage: 'prod' } }].map((configuration) => synthesized(configuration, NEW));
    expect(changesBetween(one.inputs, other.inputs)).toEqual([expect.objectContaining({ name: 'Tags.stage', before: undefined, after: 'prod', makesVersion: false })]);
    expect(other.version).toEqual(one.version);
  });

  test('the order in which an environment is written is none of its inputs', () => {
    expect(synthesized({ ...CONFIGURATION, environment: { A: '2', B: '1' } }, NEW).inputs).toEqual(synthesized(CONFIGURATION, NEW).inputs);
  });
});

test('what changed is told, also from a file', () => {
  const stack = new Stack(new App({ context: NEW }), 'Shop');
  const fn = functionIn(stack, { environment: { A: '1', B: '1' }, tags: {} });
  const before = JSON.parse(JSON.stringify(fn.versionInputs()));
  expect(fn.versionChanges(before)).toEqual([]);
  fn.addEnvironment('B', '2');
  fn.addEnvironment('C', 'x');
  expect(fn.versionChanges([...before, { name: 'Environment.OLD', value: 'x', makesVersion: true, why: 'then' }])).toEqual([
    { name: 'Environment.B', before: '"1"', after: '"2"', makesVersion: true, why: 'part of what a version keeps' },
    { name: 'Environment.C', before: undefined, after: 'x', makesVersion: true, why: 'part of what a version keeps' },
    { name: 'Environment.OLD', before: 'x', makesVersion: true, why: 'then' },
  ]);
});

function expectTrue(one: Configuration, other: Configuration, flags: Record<string, unknown>): void {
  const [before, after] = [synthesized(one, flags), synthesized(other, flags)];
  expect({ one, other, isNew: predicted(before, after) }).toEqual({ one, other, isNew: actual(before, after) });
}

const text = fc.constantFrom('', '1', 'a', '{"Ref":"Table"}', 'x'.repeat(200));
const few = fc.dictionary(fc.constantFrom('STAGE', 'TOKEN', 'a'), text, { maxKeys: 2 });
const configuration: fc.Arbitrary<Configuration> = fc.record({
  properties: fc.subarray(Object.keys(VALUES).filter((name) => !['layers', 'environment', 'tags'].includes(name)), { maxLength: 3 })
    .chain((names) => fc.tuple(...names.map((name) => fc.constantFrom(...VALUES[name]).map((value) => [name, value] as const))))
    .map((entries) => Object.fromEntries(entries)),
  environment: few,
  tags: few,
  layers: fc.array(fc.record({
    scope: fc.constantFrom('One', 'Other'),
    id: fc.constantFrom('Common', 'Metrics'),
    content: fc.constantFrom('a.zip', 'b.zip', 'arn:aws:lambda:eu-west-1:111122223333:layer:common:1', 'arn:aws:lambda:eu-west-1:111122223333:layer:common:2'),
  }), { maxLength: 3 }),
  versionInputs: fc.dictionary(fc.constantFrom('release', 'build.number'), fc.constantFrom('', '1', 'a'), { maxKeys: 2 }),
  texts: fc.array(fc.constantFrom('a', 'b', 'ab'), { maxLength: 2 }),
  permissions: fc.subarray(['GetObject', 'PutObject']),
  overrides: fc.constantFrom<Record<string, unknown>>({}, { 'Properties.Environment.Variables.B': '1', 'Properties.Environment.Variables.A': '1' },
    { 'Properties.Environment.Variables.A': '1', 'Properties.Environment.Variables.B': '1' }, { 'Properties.Tags': [{ Key: 'b', Value: '1' }, { Key: 'a', Value: '1' }] },
    { DependsOn: ['Table'] }, { 'Metadata.note': 'a' }, { 'Properties.Environment': { Ref: 'Table' } }),
}, { requiredKeys: [] });

const part = fc.constantFrom<keyof Configuration>('properties', 'environment', 'tags', 'layers', 'versionInputs', 'texts', 'permissions', 'overrides');
