import { App, Duration, Lazy, Size, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { FirehoseTransformationEvent } from 'aws-lambda';
import { EventFunction, FirehoseTransformation, FirehoseTransformationOptions, InvocationMode } from '../../../src';
import { firehoseTransformationEvent } from '../../../src/events/push/samples/firehose-transformation';
import { aliasRef, MINIMAL, only, resourcesOf, stackWith } from '../../function/functions';

const STREAM = 'AWS::KinesisFirehose::DeliveryStream';

function streamIn(stack: Stack, processor: firehose.IDataProcessor, id = 'Clicks') {
  const destination = new firehose.S3Bucket(new s3.Bucket(stack, `${id}Lake`), { processors: [processor] });
  return new firehose.DeliveryStream(stack, id, { destination });
}

function transformed(options?: FirehoseTransformationOptions, props: Partial<lambda.FunctionProps> = {}) {
  const stack = stackWith();
  streamIn(stack, new FirehoseTransformation(new EventFunction(stack, 'Orders', { ...MINIMAL, ...props }), options));
  return stack;
}

const ofType = (stack: Stack, type: string) => Object.values(resourcesOf(stack))
  .filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
const processorOf = (stack: Stack) => only(stack, STREAM).Properties.ExtendedS3DestinationConfiguration.ProcessingConfiguration.Processors[0];
const parameters = (stack: Stack) => Object.fromEntries(processorOf(stack).Parameters
  .map(({ ParameterName, ParameterValue }: { ParameterName: string; ParameterValue: unknown }) => [ParameterName, ParameterValue]));
const invokes = (stack: Stack) => ofType(stack, 'AWS::IAM::Policy').flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
  .filter(({ Action }) => Action.includes('lambda:InvokeFunction'));

describe('defaults', () => {
  test('the stream invokes the alias, with the role of its destination', () => {
    const stack = transformed();
    const role = only(stack, STREAM).Properties.ExtendedS3DestinationConfiguration.RoleARN;
    expect(processorOf(stack).Type).toBe('Lambda');
    expect(parameters(stack)).toEqual({ LambdaArn: aliasRef(stack), RoleArn: role });
  });

  test('the template', () => {
    expect(Template.fromStack(transformed()).toJSON()).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test('buffers and retries', () => {
    const stack = transformed({ bufferInterval: Duration.minutes(2), bufferSize: Size.mebibytes(2), retries: 5 });
    expect(parameters(stack)).toMatchObject({ BufferIntervalInSeconds: '120', BufferSizeInMBs: '2', NumberOfRetries: '5' });
  });

  test('0 seconds, 0 retries and parts of a MiB', () => {
    const stack = transformed({ bufferInterval: Duration.seconds(0), bufferSize: Size.kibibytes(256), retries: 0 });
    expect(parameters(stack)).toMatchObject({ BufferIntervalInSeconds: '0', BufferSizeInMBs: '0.25', NumberOfRetries: '0' });
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    const fn = new lambda.Function(stack, 'Plain', MINIMAL);
    streamIn(stack, new FirehoseTransformation(fn));
    expect(parameters(stack).LambdaArn).toEqual(stack.resolve(fn.functionArn));
    expect(invokes(stack)[0].Resource).toEqual(stack.resolve(fn.functionArn));
  });

  test('one transformation serves two streams, each with its own role', () => {
    const stack = stackWith();
    const transformation = new FirehoseTransformation(new EventFunction(stack, 'Orders', MINIMAL));
    for (const id of ['Clicks', 'Views']) streamIn(stack, transformation, id);
    expect(invokes(stack)).toHaveLength(2);
  });
});

describe('permissions', () => {
  test('the role may invoke the alias and read how it is configured, and nothing else of Lambda', () => {
    const stack = transformed();
    expect(invokes(stack)).toEqual([
      { Action: ['lambda:InvokeFunction', 'lambda:GetFunctionConfiguration'], Effect: 'Allow', Resource: aliasRef(stack) },
    ]);
    expect(ofType(stack, 'AWS::Lambda::Permission')).toEqual([]);
  });

  test('the stream waits for what the role may do', () => {
    const stack = transformed();
    const [policy] = Object.entries(resourcesOf(stack))
      .filter(([, { Type, Properties }]) => Type === 'AWS::IAM::Policy' && JSON.stringify(Properties).includes('InvokeFunction'));
    expect(only(stack, STREAM).DependsOn).toContain(policy[0]);
  });

  test('nothing is kept of failed events: the stream keeps the records', () => {
    expect(ofType(transformed(), 'AWS::SQS::Queue')).toEqual([]);
  });
});

describe('validation', () => {
  test.each<[string, FirehoseTransformationOptions, string]>([
    ['FirehoseIntervalOutOfRange', { bufferInterval: Duration.seconds(901) }, "'bufferInterval' must be between 0 and 900 seconds (a whole number), got 901; leave it out for the default of the destination [FirehoseIntervalOutOfRange at Shop/Orders]"],
    ['FirehoseIntervalOutOfRange', { bufferInterval: Duration.millis(1500) }, 'got 1.5'],
    ['FirehoseSizeOutOfRange', { bufferSize: Size.mebibytes(4) }, "'bufferSize' must be between 0.2 and 3 MiB, got \"4 MiB\"; leave it out for the default of the destination [FirehoseSizeOutOfRange at Shop/Orders]"],
    ['FirehoseSizeOutOfRange', { bufferSize: Size.kibibytes(128) }, 'got "0.125 MiB"'],
    ['FirehoseRetriesOutOfRange', { retries: -1 }, "'retries' must be a whole number of retries of at least 0, got -1; leave it out for 3"],
    ['FirehoseRetriesOutOfRange', { retries: 1.5 }, 'got 1.5'],
    ['FirehoseRetriesOutOfRange', { retries: NaN }, 'got NaN'],
  ])('fails if %s', (code, options, message) => {
    const fn = new EventFunction(stackWith(), 'Orders', MINIMAL);
    expect(() => new FirehoseTransformation(fn, options)).toThrow(message);
    expect(() => new FirehoseTransformation(fn, options)).toThrow(expect.objectContaining({ name: code }));
  });
});

describe('the timeout', () => {
  const WARNING = "'timeout' must be at most 300 seconds for a function that transforms records of Data Firehose, got 301; it waits for 5 minutes and then takes the records as failed: shorten the timeout, or gather less with bufferSize [ack: cdk-event-functions:firehose-waits-long-enough]";

  test('over 5 minutes is warned about', () => {
    const stack = transformed({}, { timeout: Duration.seconds(301) });
    Annotations.fromStack(stack).hasWarning('/Shop/Orders', WARNING);
  });

  test('over 5 minutes is warned about on an alias and a plain function', () => {
    const stack = stackWith();
    const plain = new lambda.Function(stack, 'Plain', { ...MINIMAL, timeout: Duration.minutes(15) });
    streamIn(stack, new FirehoseTransformation(plain));
    streamIn(stack, new FirehoseTransformation(plain.addAlias('live')), 'Views');
    Annotations.fromStack(stack).hasWarning('/Shop/Plain', Match.stringLikeRegexp('got 900'));
    Annotations.fromStack(stack).hasWarning('/Shop/Plain/Aliaslive', Match.stringLikeRegexp('got 900'));
  });

  test.each([undefined, Duration.minutes(5)])('of %s is not', (timeout) => {
    Annotations.fromStack(transformed({}, { timeout })).hasNoWarning('*', Match.stringLikeRegexp('Firehose'));
  });
});

test('tokens are never checked', () => {
  const options = {
    bufferInterval: Duration.seconds(Lazy.number({ produce: () => 60 })),
    bufferSize: Size.mebibytes(Lazy.number({ produce: () => 2 })),
    retries: Lazy.number({ produce: () => 4 }),
  };
  expect(parameters(transformed(options))).toMatchObject({ BufferIntervalInSeconds: '60', BufferSizeInMBs: '2', NumberOfRetries: '4' });
});

test('an imported function is invoked by its ARN', () => {
  const stack = stackWith();
  const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:theirs:live';
  streamIn(stack, new FirehoseTransformation(lambda.Function.fromFunctionArn(stack, 'Theirs', functionArn)));
  expect(parameters(stack).LambdaArn).toBe(functionArn);
  expect(invokes(stack)[0].Resource).toBe(functionArn);
});

test('a stream of another stack has the permission there, without a circle', () => {
  const app = new App();
  const [lake, service] = [new Stack(app, 'Lake'), new Stack(app, 'Service')];
  streamIn(lake, new FirehoseTransformation(new EventFunction(service, 'Orders', MINIMAL)));
  expect(JSON.stringify(invokes(lake))).toContain('Aliaslive');
});

test('ids are a contract: those of the stream', () => {
  const { logicalId } = only(transformed(), STREAM);
  const stack = stackWith();
  streamIn(stack, new firehose.LambdaFunctionProcessor(new lambda.Function(stack, 'Plain', MINIMAL)));
  expect(only(stack, STREAM).logicalId).toBe(logicalId);
});

describe('the event', () => {
  const transformation = () => new FirehoseTransformation(new EventFunction(stackWith(), 'Orders', MINIMAL));

  test('is that of a transformation', () => {
    const event: FirehoseTransformationEvent = firehoseTransformationEvent();
    expect(Buffer.from(event.records[0].data, 'base64').toString()).toBe('Hello World');
  });

  test('has what is overridden', () => {
    const event = transformation().sampleEvent({ records: [{ data: 'e30=' }, { data: 'W10=', recordId: 'record2' }] });
    expect(event.records).toMatchObject([{ data: 'e30=', recordId: 'record1' }, { data: 'W10=', recordId: 'record2' }]);
    expect(transformation().sampleEvent()).toEqual(firehoseTransformationEvent());
  });

  test('what it means is on the transformation', () => {
    expect(transformation().semantics).toMatchObject({ invocation: InvocationMode.SYNCHRONOUS, assumesRole: 'firehose.amazonaws.com' });
  });
});
