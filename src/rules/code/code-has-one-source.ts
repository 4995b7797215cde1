import { fn, IN_BUCKET, IN_REGISTRY, IN_TEMPLATE } from './packages';
import { isThere } from '../../model/presence';
import type { Resource } from '../../model/resource';
import { Rule } from '../rule';

export const codeHasOneSource: Rule = {
  id: 'code-has-one-source',
  title: 'The code of a function has exactly one source',
  severity: 'fatal',
  why: 'Lambda refuses the function: it would have nothing to run, or would not know what to run',
  fix: 'leave one: `ZipFile`, `S3Bucket` with `S3Key`, or `ImageUri`',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCode.html',
  answers: [
    'Please provide a source for function code.',
    'Please do not provide other FunctionCode parameters when providing a ZipFile.',
    'S3 Bucket and Key are required for uploading with S3 parameters.',
  ],
  since: '0.1.0',

  valid: [
    { title: 'an object in a bucket', resources: { Orders: fn({ ...IN_BUCKET, S3ObjectVersion: { Ref: 'Version' } }) } },
    { title: 'inline code', resources: { Orders: fn(IN_TEMPLATE) } },
    { title: 'an image', resources: { Orders: fn(IN_REGISTRY, { PackageType: 'Image' }) } },
    { title: 'one or the other, as a condition decides', resources: { Orders: fn({ ZipFile: { 'Fn::If': ['IsTest', 'x', { Ref: 'AWS::NoValue' }] }, ImageUri: { 'Fn::If': ['IsTest', { Ref: 'AWS::NoValue' }, 'x'] } }) } },
  ],
  invalid: [
    { title: 'there are two', at: 'Orders/Properties/Code', resources: { Orders: fn({ ...IN_TEMPLATE, ...IN_BUCKET }) } },
    { title: 'there is an image beside an archive', at: 'Orders/Properties/Code', resources: { Orders: fn({ ...IN_BUCKET, ImageUri: { Ref: 'ImageUri' } }) } },
    { title: 'there is none', at: 'Orders/Properties/Code', resources: { Orders: fn({}) } },
    { title: 'the object has no key', at: 'Orders/Properties/Code', resources: { Orders: fn({ S3Bucket: 'assets' }) } },
    { title: 'the object has no bucket', at: 'Orders/Properties/Code', resources: { Orders: fn({ S3Key: 'code.zip' }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      const sources = isThere(resource, 'Code') ? sourcesOf(resource) : undefined;
      if (sources && !isOne(sources)) yield { resource, path: 'Properties/Code', message: `the source of the code must be one of ZipFile, S3Bucket with S3Key, and ImageUri, got ${sources.join(', ') || 'none'}` };
    }
  },
};

/** `undefined` where the deployment may leave one out. */
function sourcesOf(resource: Resource): string[] | undefined {
  const all = ['ZipFile', 'S3Bucket', 'S3Key', 'ImageUri'].map((name) => ({ name, there: isThere(resource, `Code.${name}`) }));
  return all.some(({ there }) => there === undefined) ? undefined : all.filter(({ there }) => there).map(({ name }) => name);
}

function isOne(sources: readonly string[]): boolean {
  return ['ZipFile', 'S3Bucket,S3Key', 'ImageUri'].includes(sources.join());
}
