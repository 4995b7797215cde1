import * as path from 'path';
import { App, AppProps, Stack, Validations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { EventFunction, LambdaRules } from '../../src';

/** Layers that AWS publishes on npm; the first two together are 2 MB below the limit. */
const LAYERS = ['asset-awscli-v1', 'lambda-layer-kubectl-v34', 'asset-node-proxy-agent-v6'];

const HANDLER = 'exports.handler = async () => {};';

beforeEach(() => jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

function appWith(layers: readonly string[], make: typeof EventFunction | typeof lambda.Function, props?: AppProps): App {
  const app = new App(props);
  if (make === lambda.Function) Validations.of(app).addPlugins(new LambdaRules());
  // in a stack of their own, as teams have them
  const shared = new Stack(app, 'Layers');
  const stack = new Stack(app, 'Shop');
  new make(stack, 'Orders', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline(HANDLER),
    layers: layers.map((name) => new lambda.LayerVersion(shared, name, {
      code: lambda.Code.fromAsset(path.join(__dirname, '../../node_modules/@aws-cdk', name, 'lib/layer.zip')),
    })),
  });
  return app;
}

describe.each([['EventFunction', EventFunction], ['lambda.Function', lambda.Function]] as const)('an %s with real layers', (_, make) => {
  test('passes with two that fit by 2 MB', () => {
    expect(() => appWith(LAYERS.slice(0, 2), make).synth()).not.toThrow();
  });

  test('is refused with a third, by the exact bytes and with a table of what takes the place', () => {
    const app = appWith(LAYERS, make);
    const bytes = 265_145_934 + HANDLER.length;
    expect(() => app.synth()).toThrow(`got ${bytes.toLocaleString('en-US')}, which is ${(bytes - 262_144_000).toLocaleString('en-US')} too many`);
    expect(() => appWith(LAYERS, make).synth()).toThrow(/the largest folders:\n +[\d,]+ {2}(helm|kubectl|bin|awscli)\S* \(layer/);
  });

  test('that are nearly too many is warned', () => {
    const app = appWith(LAYERS.slice(0, 2), make);
    app.synth();
    const shown = (console.error as jest.Mock).mock.calls.flat().join('\n');
    expect(shown).toContain(`${(260_112_899 + HANDLER.length).toLocaleString('en-US')} (99 %)`);
  });
});
