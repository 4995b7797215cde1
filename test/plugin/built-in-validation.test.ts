import * as fs from 'fs';
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { EventFunction } from '../../src';
import { inPascalCase, SOURCES } from '../fixtures/sources/one-of-each';
import { PULLED } from '../fixtures/sources/pulled';
import { MINIMAL, NEW_APP } from '../function/functions';

/** What the built-in validation of the CDK, which other tests turn off, says of an app with one of each source. */
const { CDK_VALIDATION } = process.env;
const ENV = { account: '111122223333', region: 'eu-central-1' };

interface Violation { readonly ruleName: string; readonly violatingConstructs: readonly { readonly constructPath: string }[] }
interface Suppressed extends Violation { readonly reason: string }
interface PluginReport { readonly violations: readonly Violation[]; readonly suppressedViolations?: readonly Suppressed[] }

/** Rule and construct of each finding, in order. */
function inWords(violations: readonly Violation[]): string[] {
  return violations.flatMap(({ ruleName, violatingConstructs }) => violatingConstructs.map(({ constructPath }) => `${ruleName} ${constructPath}`)).sort();
}

/** The same without this library. */
function plain(app: App): void {
  const stack = new Stack(app, 'Plain', { env: ENV });
  const alias = new lambda.Function(stack, 'Function', MINIMAL).addAlias('live');
  new sns.Topic(stack, 'Changes').addSubscription(new LambdaSubscription(alias));
}

let reports: readonly PluginReport[];

beforeAll(() => {
  process.env.CDK_VALIDATION = 'true';
  jest.spyOn(console, 'error').mockImplementation();
  const app = new App({ context: { ...NEW_APP, '@aws-cdk/core:validateAgainstDefaultRules': true, 'cdk-event-functions:rules': false } });
  plain(app);
  for (const [name, wire] of Object.entries({ ...SOURCES, ...PULLED })) {
    const stack = new Stack(app, inPascalCase(name), { env: ENV });
    wire(stack, new EventFunction(stack, 'Function', MINIMAL));
  }
  app.synth();
  reports = JSON.parse(fs.readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8')).pluginReports;
}, 120_000);

afterAll(() => {
  jest.restoreAllMocks();
  process.env.CDK_VALIDATION = CDK_VALIDATION;
});

const of = (inApp: (construct: string) => boolean) => inWords(reports.flatMap(({ violations }) => violations)).filter((line) => inApp(line.split(' ')[1]));
const isPlain = (construct: string) => construct.startsWith('Plain');

test('it is on, and says this of the CDK alone', () => {
  expect(of(isPlain)).toEqual(['W3694 Plain/Function/Aliaslive/Changes/Resource']);
});

test('it says nothing of our sources', () => {
  expect(of((construct) => !isPlain(construct))).toEqual([]);
});

test('what it is wrong about is acknowledged by the source, and nothing else is', () => {
  const suppressed = reports.flatMap(({ suppressedViolations = [] }) => suppressedViolations);
  expect(inWords(suppressed)).toEqual(['W3694 Topic/Function/Changes/Resource']);
  expect(suppressed[0].reason).toContain('with the alias');
});
