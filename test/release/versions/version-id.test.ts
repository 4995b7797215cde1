import { App, Lazy, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { EventFunction } from '../../../src';
import { MINIMAL, NEW_APP, NO_FLAGS } from '../../function/functions';

type Make = (stack: Stack, props: lambda.FunctionProps) => lambda.Function;
const ours: Make = (stack, props) => new EventFunction(stack, 'Orders', props).function;
const plain: Make = (stack, props) => {
  const fn = new lambda.Function(stack, 'Orders', props);
  fn.addAlias('live');
  return fn;
};

/** How often the function is resolved in one synthesis: a value of its environment counts. */
function timesResolved(make: Make, context: Record<string, unknown>): number {
  let times = 0;
  const counter = Lazy.uncachedString({ produce: () => `${++times}`.replace(/.*/, 'x') });
  const app = new App({ context });
  make(new Stack(app, 'Shop'), { ...MINIMAL, environment: { COUNTER: counter } });
  app.synth();
  return times;
}

const versionIn = (template: any) => Object.keys(template.Resources).filter((id) => template.Resources[id].Type === 'AWS::Lambda::Version');

describe.each([['without feature flags', NO_FLAGS], ['in a new app', NEW_APP]])('%s', (_, context) => {
  test('a function is resolved less often than a lambda.Function without our rules', () => {
    // fails if the CDK no longer has the field that this rests on: then all is right, but slower
    expect(timesResolved(ours, context)).toBeLessThan(timesResolved(plain, context));
  });

  test('an app that is changed and synthesized again publishes another version', () => {
    const app = new App({ context });
    const fn = ours(new Stack(app, 'Shop'), MINIMAL);
    const before = versionIn(app.synth().getStackByName('Shop').template);
    fn.addEnvironment('STAGE', 'prod');
    const after = versionIn(app.synth({ force: true }).getStackByName('Shop').template);
    expect(after).not.toEqual(before);
    const again = new App({ context });
    ours(new Stack(again, 'Shop'), { ...MINIMAL, environment: { STAGE: 'prod' } });
    expect(after).toEqual(versionIn(again.synth().getStackByName('Shop').template));
  });

  test('another stack names the same version', () => {
    const app = new App({ context });
    const fn = ours(new Stack(app, 'Shop'), MINIMAL);
    const consumer = new Stack(app, 'Consumer');
    new lambda.CfnAlias(consumer, 'Alias', { name: 'other', functionName: 'f', functionVersion: fn.currentVersion.version });
    const assembly = app.synth();
    const [id] = versionIn(assembly.getStackByName('Shop').template);
    expect(JSON.stringify(assembly.getStackByName('Shop').template.Outputs)).toContain(id);
    expect(JSON.stringify(assembly.getStackByName('Consumer').template.Resources.Alias)).toContain(id);
  });
});
