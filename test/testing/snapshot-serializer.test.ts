import { tmpdir } from 'os';
import * as path from 'path';
import { App, CfnOutput, CfnParameter, CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { format } from 'pretty-format';
import * as serializer from '../../src/testing/snapshot-serializer';
import { tempFolder } from '../fixtures/temp-folder';

const HASH = 'ab'.repeat(32);

/** A value as Jest prints it into a snapshot. */
function printed(value: unknown): string {
  return format(value, { plugins: [serializer as never], printBasicPrototype: false, escapeString: false });
}

/** A template with one resource with these properties, as Jest prints it, read back. */
function serialized(given: unknown, others: object = {}): { Resources: Record<string, { Properties: unknown }>; [section: string]: unknown } {
  const text = printed({ Resources: { Orders: { Type: 'AWS::Lambda::Function', Properties: given } }, ...others });
  return JSON.parse(text.replace(/,(\s*[}\]])/g, '$1'));
}

function properties(value: unknown): unknown {
  return serialized(value).Resources.Orders.Properties;
}

/** A stack with one function whose code is this, and its version. */
function stackWith(code: string): Stack {
  const stack = new Stack(new App({ outdir: tempFolder(), analyticsReporting: false }), 'Shop');
  const fn = new Function(stack, 'Orders', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromAsset(tempFolder({ 'index.js': code })) });
  new CfnOutput(stack, 'VersionArn', { value: fn.currentVersion.functionArn });
  return stack;
}

describe('what changes without the wiring changing', () => {
  test('asset hashes are replaced in values', () => {
    expect(properties({ Code: { S3Key: `${HASH}.zip` }, Image: { 'Fn::Sub': `1.dkr.ecr.\${AWS::Region}.\${AWS::URLSuffix}/assets:${HASH}` } }))
      .toEqual({ Code: { S3Key: 'HASH.zip' }, Image: { 'Fn::Sub': '1.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/assets:HASH' } });
  });

  test('asset hashes are replaced in keys and in lists', () => {
    expect(properties({ [`Asset${HASH}`]: [`${HASH}/${HASH}`] })).toEqual({ AssetHASH: ['HASH/HASH'] });
  });

  test('the hash in the logical id of a version is replaced wherever it stands, and the rest of the id stays', () => {
    const version = `OrdersCurrentVersion7BCF01FD${'0a'.repeat(16)}`;
    expect(serialized({ Version: { 'Fn::GetAtt': [version, 'Version'] } }, { Outputs: { [version]: { Value: { Ref: version } } } })).toEqual({
      Resources: { Orders: { Type: 'AWS::Lambda::Function', Properties: { Version: { 'Fn::GetAtt': ['OrdersCurrentVersion7BCF01FDHASH', 'Version'] } } } },
      Outputs: { OrdersCurrentVersion7BCF01FDHASH: { Value: { Ref: 'OrdersCurrentVersion7BCF01FDHASH' } } },
    });
  });

  test('the version of the bootstrap stack is dropped, and its section when nothing else is in it', () => {
    const Parameters = { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>' } };
    const Rules = { CheckBootstrapVersion: { Assertions: [] } };
    expect(Object.keys(serialized({}, { Parameters, Rules }))).toEqual(['Resources']);
  });

  test('folders of this machine are replaced', () => {
    expect(properties({ Path: path.join(process.cwd(), 'lib', 'index.js') })).toEqual({ Path: 'CWD/lib/index.js' });
    const outdir = path.join(tmpdir(), 'cdk.outAb12Cd', `asset.${HASH}`);
    const other = path.join(tmpdir(), 'cdk.outXy98Zw', `asset.${HASH}`);
    expect(properties({ Path: outdir })).toEqual(properties({ Path: other }));
    expect(JSON.stringify(properties({ Path: outdir }))).not.toContain(`${tmpdir()}/`);
  });
});

describe('what the user wrote is kept', () => {
  test('parameters and rules', () => {
    const own = { Parameters: { Stage: { Type: 'String' } }, Rules: { Prod: { Assertions: [] } } };
    const both = { Parameters: { ...own.Parameters, BootstrapVersion: {} }, Rules: { ...own.Rules, CheckBootstrapVersion: {} } };
    expect(serialized({}, both)).toMatchObject(own);
    expect(Object.keys(serialized({}, both).Parameters as object)).toEqual(['Stage']);
  });

  test.each([
    ['a log group', '/aws/lambda/orders'],
    ['a path of an API', '/orders/{id}'],
    ['a parameter of Systems Manager', '/shop/prod/table'],
    ['the folder that Lambda can write to', '/tmp/cache'],
    ['a short hash', 'ab'.repeat(31)],
    ['a logical id of 40 hexadecimal digits', 'a'.repeat(40)],
    ['a number', 3],
    ['nothing', null],
    ['a truth', true],
  ])('%s, %j', (_, value) => {
    expect(properties({ Value: value })).toEqual({ Value: value });
  });

  test('a path that only begins like the current folder', () => {
    const value = `${process.cwd()}-of-somebody-else/orders`;
    expect(properties({ Value: value })).toEqual({ Value: value });
  });

  test('the template itself', () => {
    const template = { Resources: { Orders: { Properties: { S3Key: HASH } } }, Parameters: { BootstrapVersion: {} } };
    const before = structuredClone(template);
    printed(template);
    expect(template).toEqual(before);
  });
});

describe('what is no template is left alone', () => {
  test.each<[string, unknown]>([
    ['a hash', HASH],
    ['null', null],
    ['a list', [HASH]],
    ['an object', { Key: HASH }],
    ['an object with a list of resources', { Resources: [HASH] }],
    ['a statement', { Resource: HASH }],
  ])('%s', (_, value) => {
    expect(serializer.test(value)).toBe(false);
    expect(printed(value)).toBe(format(value, { printBasicPrototype: false, escapeString: false }));
  });
});

describe('in Jest', () => {
  test('a template is printed clean', () => {
    expect({ Resources: { Orders: { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Key: `${HASH}.zip` } } } }, Parameters: { BootstrapVersion: {} } }).toMatchInlineSnapshot(`
{
  "Resources": {
    "Orders": {
      "Properties": {
        "Code": {
          "S3Key": "HASH.zip",
        },
      },
      "Type": "AWS::Lambda::Function",
    },
  },
}
`);
  });

  test('templates within something else are printed clean, each time', () => {
    const template = { Resources: { Orders: { Type: HASH } } };
    const clean = printed(template);
    expect(clean).toContain('HASH');
    expect(printed(template)).toBe(clean);
    expect(printed({ First: template, Second: [template] })).not.toContain(HASH);
  });

  test('two assets with different content and different folders make the same snapshot', () => {
    const [one, two] = ['exports.a = 1;', 'exports.b = 2;'].map((code) => Template.fromStack(stackWith(code)).toJSON());
    expect(one).not.toEqual(two);
    expect(printed(one)).toBe(printed(two));
    expect(printed(one)).toMatch(/OrdersCurrentVersion[0-9A-F]{8}HASH/);
  });

  test('a change of the wiring makes another snapshot', () => {
    const stack = stackWith('exports.a = 1;');
    const other = stackWith('exports.a = 1;');
    new CfnParameter(other, 'Stage');
    new CfnResource(other, 'Topic', { type: 'AWS::SNS::Topic' });
    const [a, b] = [stack, other].map((entry) => printed(Template.fromStack(entry).toJSON()));
    expect(a).not.toBe(b);
    expect(b).toContain('"Stage"');
    expect(b).not.toContain('BootstrapVersion');
  });
});
