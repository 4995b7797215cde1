import * as fs from 'fs';
import * as path from 'path';
import { App, Stack, Stage, Token, Validations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { EventFunction, LambdaRules } from '../../src';
import { main } from '../../src/cli/main';
import { tempFolder } from '../fixtures/temp-folder';
import { MINIMAL } from '../function/functions';

const EU = { account: '111122223333', region: 'eu-west-1' };
const KEY = `cdk-event-functions:quota:${EU.account}:${EU.region}`;

/** An app that uses none of our constructs, and the rules. */
function plainApp(context: Record<string, unknown> = {}): App {
  const app = new App({ outdir: tempFolder(), analyticsReporting: false, context });
  Validations.of(app).addPlugins(new LambdaRules());
  return app;
}

function plain(scope: Construct, id: string, reservedConcurrentExecutions?: number) {
  return new lambda.Function(scope, id, { ...MINIMAL, reservedConcurrentExecutions });
}

/** The findings about concurrency. */
function findings(app: App): string[] {
  try {
    app.synth();
  } catch { /* the report says why */ }
  const file = path.join(app.outdir, 'validation-report.json');
  const reports: any[] = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')).pluginReports : [];
  const all = reports.filter(({ pluginName }) => pluginName === 'lambda-rules').flatMap(({ violations }) => violations);
  return all.filter(({ ruleName }) => /quota|readable/.test(ruleName)).map(({ ruleName, violatingConstructs: [{ constructPath }] }) => `${ruleName} at ${constructPath}`);
}

beforeEach(() => jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

describe('the quota of the context decides', () => {
  test.each([
    [10, ['reservations-fit-quota at Shop/Orders/Resource']],
    ['50', ['reservations-fit-quota at Shop/Orders/Resource']],
    [1000, []],
    [undefined, []],
  ])('%j', (quota, expected) => {
    const app = plainApp(quota === undefined ? {} : { [KEY]: quota });
    plain(new Stack(app, 'Shop', { env: EU }), 'Orders', 5);
    expect(findings(app)).toEqual(expected);
  });

  test('as a stage says it, for its own stacks', () => {
    const app = plainApp();
    for (const [id, region, quota] of [['Dev', 'us-east-1', 50], ['Prod', 'eu-west-1', 1000]] as const) {
      const stage = new Stage(app, id, { env: { ...EU, region } });
      stage.node.setContext(`cdk-event-functions:quota:${EU.account}:${region}`, quota);
      plain(new Stack(stage, 'Shop'), 'Orders', 5);
    }
    expect(findings(app)).toEqual(['reservations-fit-quota at Dev/Shop/Orders/Resource']);
  });

  test('for all stacks and stages of the account together', () => {
    const app = plainApp({ [KEY]: 1000 });
    plain(new Stack(new Stage(app, 'Dev', { env: EU }), 'Shop'), 'Orders', 450);
    plain(new Stack(new Stage(app, 'Prod', { env: EU }), 'Shop'), 'Orders', 451);
    expect(findings(app)).toEqual(['reservations-fit-quota at Prod/Shop/Orders/Resource']);
  });
});

test('without a quota, more than AWS gives by default is a warning, which stops nothing', () => {
  const app = plainApp();
  plain(new Stack(app, 'Shop'), 'Orders', 901);
  expect(() => app.synth()).not.toThrow();
  expect(findings(app)).toEqual(['reservations-fit-default-quota at Shop/Orders/Resource']);
});

test('too many reservations stop the synthesis until they are acknowledged', () => {
  const app = plainApp({ [KEY]: 1000 });
  const stack = new Stack(app, 'Shop', { env: EU });
  plain(stack, 'Orders', 901);
  expect(() => app.synth()).toThrow(/reserved concurrency in 111122223333, eu-west-1 must be at most 900 in all stacks together/);
  Validations.of(app).acknowledge({ id: 'lambda-rules::reservations-fit-quota', reason: 'Prod is deployed to another account' });
  expect(() => app.synth({ force: true })).not.toThrow();
});

test.each(['many', -1, 0.5, NaN, true, Token.asString({ Ref: 'Quota' }), {}])('a quota that is %p is a finding, and no crash', (quota) => {
  const app = plainApp({ [KEY]: quota });
  plain(new Stack(app, 'Shop', { env: EU }), 'Orders', 5);
  expect(findings(app)).toEqual(['concurrency-quota-is-a-number at Shop/Orders/Resource']);
});

test('a quota of an app with one of our functions reaches the summary of its assembly', () => {
  const app = new App({ outdir: tempFolder(), analyticsReporting: false, context: { [KEY]: '1000' } });
  new EventFunction(new Stack(app, 'Shop', { env: EU }), 'Orders', { ...MINIMAL, reservedConcurrentExecutions: 5 });
  app.synth();
  const printed: string[] = [];
  expect(main(['summary', app.outdir], { out: (text) => printed.push(text), err: (text) => printed.push(text) })).toBe(0);
  expect(printed.join('')).toContain([
    'Concurrency in 111122223333, eu-west-1',
    '======================================',
    '',
    '  reserved            5  Shop/Orders',
    '  unreserved        995  for 0 functions without a reservation; at least 100 must be left',
    '  quota           1,000  as the context says',
  ].join('\n'));
});
