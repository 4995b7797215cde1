import { Annotations, App, CfnParameter, Fn, LegacyStackSynthesizer, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { EventFunction, EventFunctionProps } from '../../../src';
import { tempFolder } from '../../fixtures/temp-folder';
import { MINIMAL, NEW_APP as FLAGS, only, stackWith } from '../../function/functions';

const NEW_APP = { ...FLAGS, 'cdk-event-functions:rules': false };

/** How the version of a function with this code is described. */
function describedOf(code: (stack: Stack) => lambda.Code, props: Partial<EventFunctionProps> = {}, stack = stackWith(NEW_APP)): unknown {
  new EventFunction(stack, 'Orders', { ...MINIMAL, ...props, code: code(stack) });
  return only(stack, 'AWS::Lambda::Version').Properties.Description;
}

const parameter = (stack: Stack, id: string) => new CfnParameter(stack, id).valueAsString;
const builds = (stack: Stack) => {
  const bucket = new s3.Bucket(stack, 'Builds');
  // The CDK says so of any key, also of one that changes.
  Annotations.of(bucket).acknowledgeWarning('@aws-cdk/aws-lambda:codeFromBucketObjectVersionNotSpecified');
  return bucket;
};
const joined = (parts: unknown[]) => ({ 'Fn::Join': ['', parts] });

test('the code that a pipeline names (Code.fromCfnParameters) is followed', () => {
  expect(describedOf(() => lambda.Code.fromCfnParameters()))
    .toEqual(joined([{ Ref: expect.stringMatching(/SourceBucketNameParameter/) }, ' ', { Ref: expect.stringMatching(/SourceObjectKeyParameter/) }]));
});

test.each<[string, (stack: Stack) => lambda.Code, unknown]>([
  ['a key', (stack) => lambda.Code.fromBucket(builds(stack), parameter(stack, 'Key')), { Ref: 'Key' }],
  ['a part of a key', (stack) => lambda.Code.fromBucket(builds(stack), `orders-${parameter(stack, 'Build')}.zip`), joined(['orders-', { Ref: 'Build' }, '.zip'])],
  ['a key that Systems Manager keeps', (stack) => lambda.Code.fromBucket(builds(stack), ssm.StringParameter.valueForStringParameter(stack, '/key')), { Ref: expect.stringMatching(/^SsmParameter/) }],
  ['a key that another stack exports', (stack) => lambda.Code.fromBucket(builds(stack), Fn.importValue('key')), { 'Fn::ImportValue': 'key' }],
  ['the version of an object', (stack) => lambda.Code.fromBucket(builds(stack), 'orders.zip', parameter(stack, 'Version')), { Ref: 'Version' }],
  ['key and version', (stack) => lambda.Code.fromBucket(builds(stack), parameter(stack, 'Key'), parameter(stack, 'Version')), joined([{ Ref: 'Key' }, ' ', { Ref: 'Version' }])],
])('%s that the deployment decides is followed', (_, code, description) => {
  expect(describedOf(code)).toEqual(description);
});

test.each<[string, (stack: Stack) => lambda.Code]>([
  ['inline', () => MINIMAL.code],
  ['an asset', () => lambda.Code.fromAsset(tempFolder({ 'index.js': 'exports.handler = async () => ({});' }))],
  ['an object of a bucket of the app', (stack) => lambda.Code.fromBucket(builds(stack), 'orders.zip', '7')],
  ['an object that is named by account and Region', (stack) => lambda.Code.fromBucket(builds(stack), `${stack.account}/${stack.region}/orders.zip`)],
])('code that is %s needs no description', (_, code) => {
  expect(describedOf(code)).toBeUndefined();
});

test('assets of the older synthesizer are known, although their place is a parameter', () => {
  const stack = new Stack(new App({ context: NEW_APP }), 'Shop', { synthesizer: new LegacyStackSynthesizer() });
  expect(describedOf(() => lambda.Code.fromAsset(tempFolder({ 'index.js': 'exports.handler = async () => ({});' })), {}, stack)).toBeUndefined();
  expect(JSON.stringify(only(stack, 'AWS::Lambda::Function').Properties.Code)).toContain('AssetParameters');
});

test('the description of the user stays', () => {
  expect(describedOf(() => lambda.Code.fromCfnParameters(), { currentVersionOptions: { description: 'mine' } })).toBe('mine');
});

test('a version that was there before stays as it is', () => {
  const stack = stackWith(NEW_APP);
  const theirs = new lambda.Function(stack, 'Theirs', { ...MINIMAL, code: lambda.Code.fromCfnParameters() });
  expect(theirs.currentVersion).toBeDefined();
  EventFunction.wrap(stack, 'Live', theirs);
  expect(only(stack, 'AWS::Lambda::Version').Properties.Description).toBeUndefined();
});

test('what is decided at deployment is no change of the id', () => {
  const id = (key: string) => {
    const stack = stackWith(NEW_APP);
    describedOf(() => lambda.Code.fromBucket(builds(stack), new CfnParameter(stack, 'Key', { default: key }).valueAsString), {}, stack);
    return only(stack, 'AWS::Lambda::Version').logicalId;
  };
  expect(id('1.zip')).toBe(id('2.zip'));
});
