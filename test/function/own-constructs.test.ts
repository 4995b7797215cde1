import * as fs from 'fs';
import * as path from 'path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { MINIMAL, NEW_APP, NO_FLAGS } from './functions';
import * as library from '../../src';
import { AppModel } from '../../src/model/app';
import { CATALOG } from '../../src/rules/catalog';

/**
 * Constructs and rules do not know each other; they meet here. What our constructs make by default must be what our
 * rules ask for.
 */
const CONSTRUCTS: Record<string, (stack: Stack) => void> = {
  EventFunction: (stack) => new library.EventFunction(stack, 'Orders', MINIMAL),
  ExecutionRole: (stack) => new library.ExecutionRole(stack, 'Role'),
  PushSource: (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PushSource.bucket(new s3.Bucket(stack, 'Inbox'))),
  PullSource: (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PullSource.queue(new sqs.Queue(stack, 'Queue'))),
};

/** Exported classes that make no resources by themselves. */
const NO_RESOURCES = ['EventFunctionBase', 'BucketPushSource', 'QueuePullSource', 'ResourcePolicy', 'LambdaRules'];

describe.each([['without feature flags', NO_FLAGS], ['in a new app', NEW_APP]])('%s', (_, context) => {
  test.each(Object.entries(CONSTRUCTS))('%s with defaults breaks no rule', (__, make) => {
    const app = new App({ context: { ...context, '@aws-cdk/core:annotationsInValidationReport': true } });
    make(new Stack(app, 'Shop'));
    const seen: AppModel[] = [];
    const spies = CATALOG.map((rule) => jest.spyOn(rule as { check: (model: AppModel) => any }, 'check').mockImplementation((model) => {
      seen.push(model);
      return [];
    }));
    Validations.of(app).addPlugins(new library.LambdaRules());
    app.synth();
    spies.forEach((spy) => spy.mockRestore());
    expect(seen).toHaveLength(CATALOG.length);
    expect(CATALOG.flatMap((rule) => [...rule.check(seen[0])].map(({ message }) => message))).toEqual([]);
    const report = path.join(app.outdir, 'validation-report.json');
    const warnings = fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')).pluginReports.flatMap((r: any) => r.violations) : [];
    expect(warnings).toEqual([]);
  });
});

test('no exported class was forgotten', () => {
  const classes = Object.entries(library).filter(([, value]) => typeof value === 'function').map(([name]) => name);
  expect([...Object.keys(CONSTRUCTS), ...NO_RESOURCES].sort()).toEqual(classes.sort());
});
