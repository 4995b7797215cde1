import { App, CfnParameter, LegacyStackSynthesizer, NestedStack, Stack, StackProps } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { EventFunction } from '../../../src';
import { readAssembly } from '../../../src/assembly/read-assembly';
import { CATALOG } from '../../../src/rules/catalog';
import { tempFolder } from '../../fixtures/temp-folder';
import { MINIMAL, NEW_APP } from '../../function/functions';

const RULES = CATALOG.filter(({ id }) => ['version-follows-parameters', 'version-is-published-anew', 'one-version-per-change'].includes(id));

/** What the rules about versions find in an app, with the paths that people know. */
function findingsOf(make: (stack: Stack) => void, props?: StackProps): string[] {
  const app = new App({ context: { ...NEW_APP, 'cdk-event-functions:rules': false } });
  make(new Stack(app, 'Shop', props));
  const model = readAssembly(app.synth().directory);
  return RULES.flatMap((rule) => [...rule.check(model)].map(({ resource, message }) => `${rule.id} at ${resource.label}: ${message.replace(/[0-9A-F]{8}/g, '')}`));
}

const plain = (stack: Stack, props: Partial<lambda.FunctionProps> = {}) => new lambda.Function(stack, 'Orders', { ...MINIMAL, ...props });
const parameter = (stack: Stack) => new CfnParameter(stack, 'Tag').valueAsString;

describe('parameters', () => {
  test.each<[string, (stack: Stack) => string, string]>([
    ['a parameter', parameter, 'Tag (Environment)'],
    ['a parameter of Systems Manager', (stack) => ssm.StringParameter.valueForStringParameter(stack, '/tag'), 'SsmParameterValuetagC96584B6F00A464EAD1953AFF4B05118Parameter (Environment)'],
  ])('%s in the environment is found, until it is an input of the version', (_, value, named) => {
    const message = `version-follows-parameters at Shop/Orders/CurrentVersion: parameters of the function must be named by its version as well, got none of ${named.replace(/[0-9A-F]{8}/g, '')}`;
    expect(findingsOf((stack) => plain(stack, { environment: { TAG: value(stack) } }).addAlias('live'))).toEqual([message]);
    expect(findingsOf((stack) => new EventFunction(stack, 'Orders', { ...MINIMAL, environment: { TAG: value(stack) } }))).toHaveLength(1);
    expect(findingsOf((stack) => {
      const tag = value(stack);
      new EventFunction(stack, 'Orders', MINIMAL).addEnvironment('TAG', tag).addVersionInput('tag', tag);
    })).toEqual([]);
  });

  test('code that a pipeline names is found, and not where we make the version', () => {
    const code = lambda.Code.fromCfnParameters();
    expect(findingsOf((stack) => plain(stack, { code }).addAlias('live'))).toEqual([expect.stringContaining('ObjectKeyParameter')]);
    expect(findingsOf((stack) => new EventFunction(stack, 'Orders', { ...MINIMAL, code: lambda.Code.fromCfnParameters() }))).toEqual([]);
  });

  test('an asset of the older synthesizer is no parameter', () => {
    const code = lambda.Code.fromAsset(tempFolder({ 'index.js': 'exports.handler = async () => ({});' }));
    expect(findingsOf((stack) => plain(stack, { code }).addAlias('live'), { synthesizer: new LegacyStackSynthesizer() })).toEqual([]);
  });

  test('what a nested stack is given by its parent is none, unless that is one', () => {
    const nested = (value: (stack: Stack) => string) => findingsOf((stack) => {
      const tag = value(stack);
      plain(new NestedStack(stack, 'Nested'), { environment: { TAG: tag } }).addAlias('live');
    });
    expect(nested((stack) => new sqs.Queue(stack, 'Queue').queueName)).toEqual([]);
    expect(nested(parameter)).toEqual([expect.stringContaining('version-follows-parameters at Shop/Nested/Orders/CurrentVersion')]);
  });
});

describe('versions', () => {
  const aliased = (version: (stack: Stack, fn: lambda.Function) => lambda.IVersion) => findingsOf((stack) => {
    const fn = plain(stack);
    new lambda.Alias(stack, 'Live', { aliasName: 'live', version: version(stack, fn) });
  });

  test('that are published once are found, and those of each change are not', () => {
    expect(aliased((stack, fn) => new lambda.Version(stack, 'Version', { lambda: fn }))).toEqual([
      expect.stringMatching(/^version-is-published-anew at Shop\/Version: the id of a version behind an alias must be one that changes with the function, got Version/),
    ]);
    expect(aliased((_, fn) => fn.currentVersion)).toEqual([]);
    expect(aliased((stack, fn) => new lambda.Version(stack, 'Version7', { lambda: fn }))).toEqual([]);
    expect(aliased((stack, fn) => new lambda.Version(stack, 'Version', { lambda: fn, description: 'release 7' }))).toEqual([]);
    expect(aliased((stack) => lambda.Version.fromVersionArn(stack, 'Version', 'arn:aws:lambda:eu-west-1:111122223333:function:orders:7'))).toEqual([]);
  });

  test('of which there are two are found', () => {
    expect(findingsOf((stack) => new lambda.Version(stack, 'Version', { lambda: new EventFunction(stack, 'Orders', MINIMAL).function })))
      .toEqual([expect.stringMatching(/^one-version-per-change at .*: a function must be published once per change, got \w+ beside \w+$/)]);
  });
});
