import { App, Stack, Stage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { EventFunction } from '../../src';
import { readAssembly } from '../../src/assembly/read-assembly';
import { accountsOf } from '../../src/model/concurrency';
import { tempFolder } from '../fixtures/temp-folder';
import { MINIMAL } from '../function/functions';
import { anyJson } from '../model/any-json';

const EU = { account: '111122223333', region: 'eu-west-1' };
const US = { account: '111122223333', region: 'us-east-1' };
const key = ({ account, region }: typeof EU) => `cdk-event-functions:quota:${account}:${region}`;

function newApp(context: Record<string, unknown> = {}): App {
  return new App({ outdir: tempFolder(), analyticsReporting: false, context: { 'cdk-event-functions:rules': false, ...context } });
}

function read(app: App) {
  app.synth();
  return readAssembly(app.outdir);
}

/** What the model has of metadata that somebody put into an app. */
function declared(...data: unknown[]) {
  const app = newApp();
  const construct = new Construct(new Stack(app, 'Shop'), 'Any');
  for (const item of data) construct.node.addMetadata('cdk-event-functions:quotas', item);
  return read(app).quotas;
}

describe('what an app with one of our functions knows of quotas is in its assembly', () => {
  test('for all its stacks, also those without one of our functions, and those that are made later', () => {
    const app = newApp({ [key(EU)]: '50', [key(US)]: 5000 });
    new EventFunction(new Stack(app, 'Shop', { env: EU }), 'Orders', MINIMAL);
    const others = new Stack(new Stage(app, 'Prod'), 'Other', { env: US });
    new lambda.Function(others, 'Mail', MINIMAL);
    expect(accountsOf(read(app)).map(({ region, budget: { quota, isDefaultQuota } }) => ({ region, quota, isDefaultQuota }))).toEqual([
      { region: 'eu-west-1', quota: 50, isDefaultQuota: false },
      { region: 'us-east-1', quota: 5000, isDefaultQuota: false },
    ]);
  });

  test('as a stage says it', () => {
    const app = newApp();
    const stage = new Stage(app, 'Prod', { env: EU });
    stage.node.setContext(key(EU), 50);
    new EventFunction(new Stack(stage, 'Shop'), 'Orders', MINIMAL);
    expect(read(app).quotas).toEqual([{ ...EU, quota: 50 }]);
  });

  test('also where it is no number, which a rule reports', () => {
    const app = newApp({ [key(EU)]: NaN });
    new EventFunction(new Stack(app, 'Shop', { env: EU }), 'Orders', MINIMAL);
    expect(accountsOf(read(app))[0]).toMatchObject({ doubtfulQuotas: ['NaN'], budget: { quota: 1000, isDefaultQuota: true } });
  });

  test('once, however many functions there are, and not at all where the context says nothing', () => {
    const metadataOf = (context: Record<string, unknown>) => {
      const app = newApp(context);
      const stack = new Stack(app, 'Shop', { env: EU });
      ['A', 'B'].forEach((id) => new EventFunction(stack, id, MINIMAL));
      return app.synth().stacks.flatMap((artifact) => artifact.findMetadataByType('cdk-event-functions:quotas')).map(({ data }) => data);
    };
    expect(metadataOf({ [key(EU)]: 50 })).toEqual([[{ ...EU, quota: 50 }]]);
    expect(metadataOf({})).toEqual([]);
    expect(metadataOf({ [key(US)]: 50 })).toEqual([[]]);
  });
});

describe('metadata of whoever wrote it', () => {
  test('is read as far as it is a quota', () => {
    expect(declared([{ ...EU, quota: 5 }, { quota: '7' }], [{ account: 5, region: null, quota: true }])).toEqual([{ ...EU, quota: 5 }, { quota: '7' }, { quota: true }]);
    expect(declared('text', 5, {}, { quota: 5 }, [null, 5, 'text', [], {}, { quota: null }])).toEqual([]);
  });

  test('makes nobody throw', () => {
    fc.assert(fc.property(anyJson, anyJson, (list, quota) => {
      declared(list, [{ quota }]);
    }), { numRuns: 20 });
  });
});
