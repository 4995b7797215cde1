import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as fc from 'fast-check';
import { EventFunction } from '../../../src';
import { checkAliasName, retainVersions } from '../../../src/release/aliases/live-alias';
import { MINIMAL, stackWith } from '../../function/functions';

/** The pattern as the Lambda API states it, against which ours is held. */
const API_PATTERN = /^(?!^[0-9]+$)([a-zA-Z0-9-_]+)$/;

test.each(['live', 'a', '1a', 'a_b-C', 'x'.repeat(128)])('%j is a name', (name) => {
  expect(() => checkAliasName(new Stack(), name)).not.toThrow();
});

test.each(['', '1', '123', '$LATEST', 'a.b', 'ä', 'a b', 'x'.repeat(129), 'live\n'])('fails if the name is %j', (name) => {
  expect(() => checkAliasName(new Stack(), name)).toThrow(`got ${JSON.stringify(name)}`);
});

test('names are refused exactly when the API refuses them', () => {
  fc.assert(fc.property(fc.string({ maxLength: 140 }), (name) => {
    const valid = API_PATTERN.test(name) && name.length <= 128 && !name.includes('\n');
    const check = () => checkAliasName(new Stack(), name);
    if (valid) expect(check).not.toThrow();
    else expect(check).toThrow();
  }), { numRuns: 300 });
});

test('the user decides about old versions', () => {
  expect(retainVersions()).toEqual({ removalPolicy: 'retain' });
  expect(retainVersions({ removalPolicy: 'destroy' as any, codeSha256: 'x' })).toEqual({ removalPolicy: 'destroy', codeSha256: 'x' });
});

test('the alias is the one that addAlias gives a lambda.Function', () => {
  const logicalId = (make: (stack: Stack) => void) => {
    const stack = stackWith();
    make(stack);
    return Object.keys(Template.fromStack(stack).findResources('AWS::Lambda::Alias'));
  };
  expect(logicalId((stack) => new EventFunction(stack, 'Orders', MINIMAL)))
    .toEqual(logicalId((stack) => new lambda.Function(stack, 'Orders', MINIMAL).addAlias('live')));
});
