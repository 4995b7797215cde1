import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, AppProps, CfnResource, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { EventFunction, LambdaRules } from '../../src';
import { CATALOG } from '../../src/rules/catalog';
import { MINIMAL, NEW_APP, NO_FLAGS, stackWith } from '../function/functions';

const ID = 'lambda-rules::code-and-layers-fit';

/** A folder with one file of so many bytes; sparse, so that it takes no space and no time. */
function folderOf(bytes: number): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bytes-'));
  fs.closeSync(fs.openSync(path.join(folder, 'big.bin'), 'w'));
  fs.truncateSync(path.join(folder, 'big.bin'), bytes);
  return folder;
}

/** The same for code: the handler is among the bytes. */
function codeOf(bytes: number): string {
  const handler = 'exports.handler = async () => {};';
  const folder = folderOf(bytes - handler.length);
  fs.writeFileSync(path.join(folder, 'index.js'), handler);
  return folder;
}

// The CDK would copy and hash what is in the folder; the bytes are what counts here.
const CODE = codeOf(200_000_000);
const LAYER = folderOf(62_144_001);
const asset = (folder: string) => lambda.Code.fromAsset(folder, { assetHash: path.basename(folder), assetHashType: 'custom' as any });

function tooLarge(scope: Construct, id = 'Orders') {
  return new EventFunction(scope, id, {
    ...MINIMAL, code: asset(CODE), layers: [new lambda.LayerVersion(scope, `${id}Layer`, { code: asset(LAYER) })],
  });
}

/** An app whose assets stay where they are. */
function appWith(context: Record<string, unknown> = {}, props: AppProps = {}) {
  return new App({ context: { 'aws:cdk:disable-asset-staging': true, ...context }, ...props });
}

/** What validation-report.json says of our plugin. */
function reportOf(app: App) {
  try {
    app.synth();
  } catch { /* the report says why */ }
  const report = JSON.parse(fs.readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8'));
  const ours = report.pluginReports.filter(({ pluginName }: any) => pluginName === 'lambda-rules');
  return {
    violations: ours.flatMap(({ violations }: any) => violations),
    suppressed: ours.flatMap(({ suppressedViolations }: any) => suppressedViolations ?? []),
  };
}

function constructsOf(violations: any[]): string[] {
  return violations.flatMap(({ violatingConstructs }) => violatingConstructs.map((construct: any) => construct.constructPath));
}

beforeEach(() => jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

describe('code and layers over the limit', () => {
  test('stop the synthesis, and each asset is named with its bytes', () => {
    const app = appWith();
    tooLarge(new Stack(app, 'Shop'));
    expect(() => app.synth()).toThrow(
      /code and layers must be at most 262,144,000 bytes unzipped, got 262,144,001, which is 1 too many: code Orders\/Code 200,000,000 bytes, layer Shop\/OrdersLayer \(OrdersLayer\/Code\) 62,144,001 bytes/,
    );
  });

  test('one byte fewer passes', () => {
    const app = appWith();
    const stack = new Stack(app, 'Shop');
    new EventFunction(stack, 'Orders', {
      ...MINIMAL, code: asset(CODE), layers: [new lambda.LayerVersion(stack, 'Layer', { code: asset(folderOf(62_144_000)) })],
    });
    expect(() => app.synth()).not.toThrow();
  });

  test('the finding leads to the construct, the property, the fix and the id that acknowledges it', () => {
    const app = appWith();
    tooLarge(new Stack(app, 'Shop'));
    const [{ ruleName, severity, suggestedFix, violatingConstructs }] = reportOf(app).violations;
    expect({ ruleName, severity }).toEqual({ ruleName: 'code-and-layers-fit', severity: 'error' });
    expect(suggestedFix).toContain('https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html');
    expect(violatingConstructs[0]).toMatchObject({
      constructPath: 'Shop/Orders/Default/Resource',
      cloudFormationResource: { logicalId: 'OrdersA9B65338', propertyPaths: ['Properties/Layers'] },
    });
    expect(() => app.synth({ force: true })).toThrow(`Acknowledge with '${ID}'`);
  });

  test.each([
    ['the function', (app: App) => app.node.findChild('Shop').node.findChild('Orders')],
    ['the stack', (app: App) => app.node.findChild('Shop')],
    ['the app', (app: App) => app],
  ])('are accepted when acknowledged on %s, with the reason kept', (_, where) => {
    const app = appWith();
    tooLarge(new Stack(app, 'Shop'));
    Validations.of(where(app)).acknowledge({ id: ID, reason: 'trimmed at publishing' });
    expect(() => app.synth()).not.toThrow();
    const { violations, suppressed } = reportOf(app);
    expect(violations).toEqual([]);
    expect(JSON.stringify(suppressed)).toContain('trimmed at publishing');
  });

  test('acknowledged on one function, another is still reported', () => {
    const app = appWith();
    const stack = new Stack(app, 'Shop');
    Validations.of(tooLarge(stack, 'Accepted')).acknowledge({ id: ID, reason: 'known' });
    tooLarge(stack, 'Orders');
    expect(constructsOf(reportOf(app).violations)).toEqual(['Shop/Orders/Default/Resource']);
  });
});

describe('the whole app is checked', () => {
  test.each([['strong', NO_FLAGS], ['weak', NEW_APP]])('layers of another stack, by %s reference', (_, flags) => {
    const app = appWith(flags);
    const layer = new lambda.LayerVersion(new Stack(app, 'Platform'), 'Layer', { code: asset(LAYER) });
    new EventFunction(new Stack(app, 'Shop'), 'Orders', { ...MINIMAL, code: asset(CODE), layers: [layer] });
    expect(() => app.synth()).toThrow('layer Platform/Layer (Layer/Code) 62,144,001 bytes');
  });

  test('nested stacks', () => {
    const app = appWith();
    tooLarge(new NestedStack(new Stack(app, 'Shop'), 'Nested'));
    expect(reportOf(app).violations).toHaveLength(1);
    expect(reportOf(app).violations[0].violatingConstructs[0].constructPath).toBe('Shop/Nested/Orders/Default/Resource');
  });

  test('stages', () => {
    const app = appWith();
    tooLarge(new Stack(new Stage(app, 'Prod'), 'Shop'));
    expect(reportOf(app).violations[0].violatingConstructs[0].constructPath).toBe('Prod/Shop/Orders/Default/Resource');
  });

  test('functions that are not ours', () => {
    const app = appWith();
    new lambda.Function(new Stack(app, 'Shop'), 'Big', { ...MINIMAL, code: asset(codeOf(262_144_001)) });
    Validations.of(app).addPlugins(new LambdaRules());
    expect(reportOf(app).violations).toHaveLength(1);
  });
});

describe('registration', () => {
  test('happens once, however many functions there are', () => {
    const app = appWith();
    const stack = new Stack(app, 'Shop');
    for (const id of ['A', 'B', 'C']) new EventFunction(stack, id, MINIMAL);
    const validate = jest.spyOn(LambdaRules.prototype, 'validate');
    app.synth();
    expect(validate).toHaveBeenCalledTimes(1);
  });

  test.each([false, 'false'])('is turned off by the context value %j', (value) => {
    const app = appWith({ 'cdk-event-functions:rules': value });
    tooLarge(new Stack(app, 'Shop'));
    const validate = jest.spyOn(LambdaRules.prototype, 'validate');
    expect(() => app.synth()).not.toThrow();
    expect(validate).not.toHaveBeenCalled();
  });

  test('findings are reported once when the app registers the rules, too', () => {
    const app = appWith();
    Validations.of(app).addPlugins(new LambdaRules());
    tooLarge(new Stack(app, 'Shop'));
    expect(reportOf(app).violations).toHaveLength(1);
  });

  test('findings are reported once when a stage registers the rules, too', () => {
    const app = appWith();
    const stage = new Stage(app, 'Prod');
    Validations.of(stage).addPlugins(new LambdaRules());
    tooLarge(new Stack(stage, 'Shop'));
    tooLarge(new Stack(app, 'Shop'));
    expect(constructsOf(reportOf(app).violations).sort())
      .toEqual(['Prod/Shop/Orders/Default/Resource', 'Shop/Orders/Default/Resource']);
  });

  test('an app that is synthesized again is checked again', () => {
    const app = appWith();
    const stack = new Stack(app, 'Shop');
    new EventFunction(stack, 'Small', MINIMAL);
    expect(() => app.synth()).not.toThrow();
    tooLarge(stack);
    expect(() => app.synth({ force: true })).toThrow('code-and-layers-fit');
  });

  test('sources that are not bundled, since the stack is not deployed now, are no package: nothing is known of it', () => {
    const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
    Validations.of(app).addPlugins(new LambdaRules());
    // Its asset is this whole repository, with all of its packages.
    const entry = path.join(__dirname, '../fixtures/handler/index.js');
    new NodejsFunction(new Stack(app, 'Shop'), 'Orders', { entry, runtime: lambda.Runtime.NODEJS_22_X });
    expect(reportOf(app).violations).toEqual([]);
    const { files } = JSON.parse(fs.readFileSync(path.join(app.outdir, 'Shop.assets.json'), 'utf8'));
    expect(Object.values<any>(files).map(({ source }) => source.path)).toContain(path.join(__dirname, '../..'));
  });

  test('an app without functions, and one without stacks, pass', () => {
    for (const make of [(app: App) => app, (app: App) => new CfnResource(new Stack(app, 'Shop'), 'R', { type: 'A::B::C' })]) {
      const app = appWith();
      make(app);
      Validations.of(app).addPlugins(new LambdaRules());
      expect(() => app.synth()).not.toThrow();
    }
  });
});

describe('rules', () => {
  test('the catalog is what is checked', () => {
    expect(LambdaRules.catalog().map(({ id }) => id)).toEqual(new LambdaRules().ruleIds);
    for (const info of LambdaRules.catalog()) {
      for (const value of Object.values(info)) expect(value).toMatch(/\S/);
    }
  });

  test('a rule can be left out', () => {
    const app = appWith({ 'cdk-event-functions:rules': false });
    Validations.of(app).addPlugins(new LambdaRules({ exclude: ['code-and-layers-fit'] }));
    tooLarge(new Stack(app, 'Shop'));
    expect(() => app.synth()).not.toThrow();
  });

  test('fails if a rule to leave out does not exist', () => {
    expect(() => new LambdaRules({ exclude: ['nonsense'] }))
      .toThrow("'exclude' must be ids of rules, got \"nonsense\"; the rules are archive-can-be-unzipped, ");
  });

  test('the version is that of the package', () => {
    expect(new LambdaRules().version).toBe(jest.requireActual('../../package.json').version);
  });
});

describe('what cannot be checked is said and never thrown', () => {
  test('a rule that fails is reported, with what to do, and the others run', () => {
    const rule = CATALOG[0] as { check: typeof CATALOG[0]['check'] };
    jest.spyOn(rule, 'check').mockImplementation(() => { throw new Error('boom'); });
    const { app } = stackWithFunction();
    expect(() => app.synth()).toThrow(/this check failed by a mistake of cdk-event-functions and found nothing out: Error: boom[^]*please report it/);
  });

  test('a template that is no JSON', () => {
    const { app } = stackWithFunction();
    const parse = JSON.parse;
    jest.spyOn(JSON, 'parse').mockImplementation((text: string) => {
      if (text.includes('AWS::Lambda::Alias')) throw new SyntaxError('not JSON');
      return parse(text);
    });
    expect(() => app.synth()).toThrow(/assembly-readable[^]*|this check failed/);
  });

  test('an asset that is gone has an unknown size', () => {
    const folder = codeOf(300_000_000);
    const app = appWith();
    new EventFunction(new Stack(app, 'Shop'), 'Orders', { ...MINIMAL, code: asset(folder) });
    fs.rmSync(folder, { recursive: true });
    expect(() => app.synth()).not.toThrow();
  });
});

function stackWithFunction() {
  const stack = stackWith();
  new EventFunction(stack, 'Orders', MINIMAL);
  return { stack, app: stack.node.root as App };
}

describe('with the built-in validator of the CDK, which the other tests turn off', () => {
  const { CDK_VALIDATION } = process.env;
  beforeAll(() => { process.env.CDK_VALIDATION = 'true'; });
  afterAll(() => { process.env.CDK_VALIDATION = CDK_VALIDATION; });

  function synthesize(memorySize: number) {
    const app = new App({ context: { ...NEW_APP, '@aws-cdk/core:validateAgainstDefaultRules': true } });
    const fn = new EventFunction(new Stack(app, 'Shop'), 'Orders', MINIMAL);
    (fn.node.defaultChild as lambda.CfnFunction).memorySize = memorySize;
    app.synth();
  }

  test('it has nothing against our templates', () => {
    expect(() => synthesize(128)).not.toThrow();
  }, 60_000);

  test('and it was on: it refuses what only it knows', () => {
    expect(() => synthesize(64)).toThrow(/MemorySize/);
  }, 60_000);
});
