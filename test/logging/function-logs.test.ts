import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { EventFunction, EventFunctionProps } from '../../src';
import { MINIMAL, NEW_APP, NO_FLAGS, only, stackWith } from '../function/functions';

function stackFor(props: Partial<EventFunctionProps>, context: Record<string, unknown>): Stack {
  const stack = stackWith(context);
  new EventFunction(stack, 'Orders', { ...MINIMAL, ...props });
  return stack;
}

const group = (stack: Stack) => only(stack, 'AWS::Logs::LogGroup').Properties;

describe.each([['without feature flags', NO_FLAGS], ['in a new app', NEW_APP]])('%s', (_, context) => {
  test('retention is set on the log group', () => {
    expect(group(stackFor({ logGroupRetention: logs.RetentionDays.ONE_WEEK }, context)).RetentionInDays).toBe(7);
  });

  test('logs can be kept for ever', () => {
    expect(group(stackFor({ logGroupRetention: logs.RetentionDays.INFINITE }, context))?.RetentionInDays).toBeUndefined();
  });
});

test('an app without flags gets a group of a generated name, since the default one may exist already', () => {
  const stack = stackFor({}, NO_FLAGS);
  expect(group(stack).LogGroupName).toBeUndefined();
  expect(only(stack, 'AWS::Lambda::Function').Properties.LoggingConfig).toEqual({ LogGroup: { Ref: only(stack, 'AWS::Logs::LogGroup').logicalId } });
});

test('a new app keeps the group that the CDK names after the function', () => {
  const stack = stackFor({}, NEW_APP);
  expect(group(stack).LogGroupName).toEqual({ 'Fn::Join': ['', ['/aws/lambda/', { Ref: 'OrdersA9B65338' }]] });
  expect(only(stack, 'AWS::Lambda::Function').Properties.LoggingConfig).toBeUndefined();
});

test('a log group of the user is used, and none is made', () => {
  const stack = stackWith(NEW_APP);
  const logGroup = new logs.LogGroup(stack, 'Mine', { logGroupName: 'mine' });
  new EventFunction(stack, 'Orders', { ...MINIMAL, logGroup });
  expect(group(stack).LogGroupName).toBe('mine');
});

test('the deprecated removal policy is that of the group we make', () => {
  jest.spyOn(console, 'warn').mockImplementation();
  const stack = stackFor({ logRemovalPolicy: RemovalPolicy.DESTROY }, NO_FLAGS);
  expect(only(stack, 'AWS::Logs::LogGroup').DeletionPolicy).toBe('Delete');
  jest.restoreAllMocks();
});

test('the CDK warns of deprecated properties only when they are given', () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  stackFor({ logGroupRetention: logs.RetentionDays.ONE_DAY }, NO_FLAGS);
  stackFor({}, NEW_APP);
  expect(warn).not.toHaveBeenCalled();
  jest.restoreAllMocks();
});

test('the template is free of circles whoever makes the group', () => {
  jest.spyOn(console, 'warn').mockImplementation();
  for (const props of [{}, { logRetention: logs.RetentionDays.ONE_DAY }]) {
    // Template.fromStack refuses templates with circles
    expect(() => Template.fromStack(stackFor(props, NEW_APP))).not.toThrow();
  }
  jest.restoreAllMocks();
});
