import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { EventFunction, EventFunctionProps } from '../../src';

const INLINE = lambda.Code.fromInline('def handler(event, context): return event');

function make(props: Partial<EventFunctionProps>, stack = new Stack(new App(), 'Shop')): EventFunction {
  return new EventFunction(stack, 'Orders', { runtime: lambda.Runtime.PYTHON_3_13, handler: 'index.handler', code: INLINE, ...props });
}

describe('inline code', () => {
  test.each(['app.handler', 'index', 'src/index.handler', 'Index.handler', 'index/handler'])('is not in %s', (handler) => {
    expect(() => make({ handler })).toThrow(`'handler' must be 'index.' and the name of a function when the code is inline, got "${handler}"; ` +
      'CloudFormation keeps inline code in a file called index; rename the handler, or deploy a folder with Code.fromAsset() [InlineHandlerNotIndex at Shop/Orders]');
  });

  test.each(['index.handler', 'index.main', './index.handler', '/var/task/index.handler'])('is in %s', (handler) => {
    expect(() => make({ handler })).not.toThrow();
  });

  test('is not looked at where a layer may bring the handler', () => {
    const stack = new Stack(new App(), 'Shop');
    const layers = [lambda.LayerVersion.fromLayerVersionArn(stack, 'Datadog', 'arn:aws:lambda:eu-west-1:464622532012:layer:Datadog-Python313:110')];
    expect(() => make({ handler: 'datadog_lambda.handler.handler', layers }, stack)).not.toThrow();
    expect(() => make({ handler: 'app.handler', layers: [] })).toThrow(/InlineHandlerNotIndex/);
  });

  test('may have a handler that is decided at deployment', () => {
    const stack = new Stack(new App(), 'Shop');
    expect(() => make({ handler: new CfnParameter(stack, 'Handler').valueAsString }, stack)).not.toThrow();
  });

  test('may be decided at deployment', () => {
    const stack = new Stack(new App(), 'Shop');
    expect(() => make({ code: lambda.Code.fromInline(new CfnParameter(stack, 'Code').valueAsString) }, stack)).not.toThrow();
  });

  test('fits into a template, by its bytes', () => {
    expect(() => make({ code: lambda.Code.fromInline('#'.repeat(1_048_576)) })).not.toThrow();
    expect(() => make({ code: lambda.Code.fromInline(`#${'é'.repeat(524_288)}`) })).toThrow("'code' must be at most 1048576 bytes of inline code, got 1048577; " +
      'a template has no room for more; deploy a folder with Code.fromAsset() [InlineCodeTooLarge at Shop/Orders]');
  });
});

test('other code has its handler anywhere', () => {
  expect(() => make({ handler: 'app.handler', code: lambda.Code.fromAsset(__dirname) })).not.toThrow();
});
