import * as lambda from 'aws-cdk-lib/aws-lambda';
import { EventFunction, EventFunctionProps } from '../../src';
import { MINIMAL, NEW_APP, NO_FLAGS, only, stackWith } from '../function/functions';

const arn = (name: string) => `arn:aws:lambda:eu-west-1:123456789012:layer:${name}:1`;

function withLayers(names: string[], props: Partial<EventFunctionProps> = {}, context = NO_FLAGS) {
  const stack = stackWith(context, { env: { account: '123456789012', region: 'eu-west-1' } });
  const layer = (name: string) => lambda.LayerVersion.fromLayerVersionArn(stack, name, arn(name));
  return { stack, layer, fn: () => new EventFunction(stack, 'Orders', { ...MINIMAL, layers: names.map(layer), ...props }) };
}

describe('order', () => {
  test.each([['without feature flags', NO_FLAGS], ['in a new app, where lambda.Function sorts', NEW_APP]])('is the user\'s %s', (_, context) => {
    const { stack, fn, layer } = withLayers(['Zeta', 'Alpha', 'Mid'], {}, context);
    fn().addLayers(layer('Last'), layer('Beta'));
    expect(only(stack, 'AWS::Lambda::Function').Properties.Layers).toEqual(['Zeta', 'Alpha', 'Mid', 'Last', 'Beta'].map(arn));
  });

  test('layers that are added to the wrapped function count, too', () => {
    const { stack, fn, layer } = withLayers(['Zeta'], {}, NEW_APP);
    fn().function.addLayers(layer('Alpha'));
    expect(only(stack, 'AWS::Lambda::Function').Properties.Layers).toEqual(['Zeta', 'Alpha'].map(arn));
  });

  test('no layers leave no property', () => {
    const { stack, fn } = withLayers([]);
    fn();
    expect(only(stack, 'AWS::Lambda::Function').Properties).not.toHaveProperty('Layers');
  });
});

describe('the sixth layer is refused when it is added', () => {
  const five = ['A', 'B', 'C', 'D', 'E'];

  test('five pass', () => {
    const { stack, fn } = withLayers(five);
    fn();
    expect(only(stack, 'AWS::Lambda::Function').Properties.Layers).toHaveLength(5);
  });

  test('fails if six are given', () => {
    const { fn } = withLayers([...five, 'F']);
    expect(fn).toThrow(
      "'layers' must be at most 5, those of Insights, ADOT and Parameters and Secrets included, got \"6: A, B, C, D, E, F\"; "
      + 'merge some into one layer, or move code into the function [TooManyLayers at Shop/Orders]',
    );
  });

  test('fails if one is added to five, at the function or at what it wraps', () => {
    const { fn, layer } = withLayers(five);
    const orders = fn();
    const sixth = layer('F');
    expect(() => orders.addLayers(sixth)).toThrow('TooManyLayers');
    expect(() => orders.function.addLayers(sixth)).toThrow('TooManyLayers');
  });

  test.each<[string, Partial<EventFunctionProps>]>([
    ['LambdaInsightsLayer', { insightsVersion: lambda.LambdaInsightsVersion.VERSION_1_0_229_0 }],
    ['AdotLayer', { adotInstrumentation: { layerVersion: lambda.AdotLayerVersion.fromJavaScriptSdkLayerVersion(lambda.AdotLambdaLayerJavaScriptSdkVersion.LATEST), execWrapper: lambda.AdotLambdaExecWrapper.REGULAR_HANDLER } }],
    ['ParamsAndSecretsLayer', { paramsAndSecrets: lambda.ParamsAndSecretsLayerVersion.fromVersion(lambda.ParamsAndSecretsVersions.V1_0_103) }],
  ])('fails if the sixth is %s', (name, props) => {
    expect(withLayers(five, props).fn).toThrow(`6: A, B, C, D, E, ${name}`);
    expect(withLayers(five.slice(1), props).fn).not.toThrow();
  });
});
