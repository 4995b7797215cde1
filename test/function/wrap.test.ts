import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { aliasRef, MINIMAL, only, resourcesOf, stackWith } from './functions';
import { EventFunction, EventFunctionBase, LambdaRules, PushSource, WrapOptions } from '../../src';

/** A class of somebody else's. */
class TheirFunction extends lambda.Function {
  constructor(scope: Stack, id: string) {
    super(scope, id, { ...MINIMAL, memorySize: 512 });
  }
}

function wrapped(options?: WrapOptions) {
  const stack = stackWith();
  const theirs = new TheirFunction(stack, 'Theirs');
  return { stack, theirs, fn: EventFunction.wrap(stack, 'Live', theirs, options) };
}

test('it is the live alias of the function', () => {
  const { stack, theirs, fn } = wrapped();
  expect(fn).toBeInstanceOf(EventFunctionBase);
  expect(stack.resolve(fn.functionArn)).toEqual(aliasRef(stack));
  expect(fn.function).toBe(theirs);
  expect(fn.role).toBe(theirs.role);
  expect(fn.node.defaultChild).toBe(theirs.node.defaultChild);
});

test('nothing of the function changes: a version and an alias are added', () => {
  const plain = stackWith();
  new TheirFunction(plain, 'Theirs');
  const { stack } = wrapped();
  const [before, after] = [resourcesOf(plain), resourcesOf(stack)];
  expect(after).toMatchObject(before);
  const added = Object.keys(after).filter((id) => !(id in before)).map((id) => after[id].Type);
  expect(added.sort()).toEqual(['AWS::Lambda::Alias', 'AWS::Lambda::Version']);
});

test('sources of the CDK and ours are wired to the alias', () => {
  const { stack, fn } = wrapped();
  fn.addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Inbox')));
  fn.addEventSource(new SqsEventSource(new sqs.Queue(stack, 'Queue')));
  expect(only(stack, 'AWS::Lambda::Permission').Properties.FunctionName).toEqual(aliasRef(stack));
  expect(JSON.stringify(only(stack, 'AWS::Lambda::EventSourceMapping').Properties.FunctionName)).toContain(aliasRef(stack).Ref);
});

test('the alias takes another name and options', () => {
  const { stack } = wrapped({ aliasName: 'prod', aliasOptions: { provisionedConcurrentExecutions: 1 } });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Alias', {
    Name: 'prod', ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 },
  });
});

test('fails if the name of the alias is none', () => {
  expect(() => wrapped({ aliasName: '7' })).toThrow('AliasNameMalformed at Shop/Live');
});

test('the rules are registered', () => {
  const validate = jest.spyOn(LambdaRules.prototype, 'validate');
  Template.fromStack(wrapped().stack);
  expect(validate).toHaveBeenCalledTimes(1);
  validate.mockRestore();
});
