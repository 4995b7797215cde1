import { Json, JsonObject } from '../../../src/model/template';
import { codeHasOneSource } from '../../../src/rules/code/code-has-one-source';
import { imageConfigIsForImages } from '../../../src/rules/code/image-config-is-for-images';
import { imageHasNoZipSettings } from '../../../src/rules/code/image-has-no-zip-settings';
import { imageNamesNoArchive } from '../../../src/rules/code/image-names-no-archive';
import { packageTypeFitsCode } from '../../../src/rules/code/package-type-fits-code';
import { referencedCodeNamesVersion } from '../../../src/rules/code/referenced-code-names-version';
import { Rule } from '../../../src/rules/rule';
import { appOf } from '../../model/app-of';

const NOTHING = { Ref: 'AWS::NoValue' };
const EITHER = { 'Fn::If': ['IsTest', 'x', NOTHING] };

function messages(rule: Rule, properties: JsonObject): string[] {
  return [...rule.check(appOf({ Orders: { Type: 'AWS::Lambda::Function', Properties: properties } }))].map(({ message }) => message);
}

describe('the source of the code', () => {
  const ONE = 'the source of the code must be one of ZipFile, S3Bucket with S3Key, and ImageUri, got';

  test.each<[string, JsonObject, string[]]>([
    ['all', { ZipFile: 'x', S3Bucket: 'b', S3Key: 'k', ImageUri: 'u' }, [`${ONE} ZipFile, S3Bucket, S3Key, ImageUri`]],
    ['two, of parameters', { ZipFile: { Ref: 'A' }, ImageUri: { Ref: 'B' } }, [`${ONE} ZipFile, ImageUri`]],
    ['one, and one that is left out', { ZipFile: 'x', S3Bucket: NOTHING, S3Key: NOTHING, ImageUri: null as unknown as Json }, []],
    ['one, and one that a condition may leave out', { ZipFile: 'x', S3Bucket: EITHER, S3Key: EITHER }, []],
    ['none', {}, [`${ONE} none`]],
    ['nothing but a version', { S3ObjectVersion: '1' }, [`${ONE} none`]],
    ['one that a macro adds', { 'Fn::Transform': { Name: 'Include' } }, []],
  ])('%s', (_, code, expected) => {
    expect(messages(codeHasOneSource, { Code: code })).toEqual(expected);
  });

  test.each<[string, JsonObject]>([['no code', {}], ['code of a condition', { Code: EITHER }], ['code that is left out', { Code: NOTHING }]])('%s is not judged', (_, properties) => {
    expect(messages(codeHasOneSource, properties)).toEqual([]);
  });
});

describe('the package type', () => {
  test.each<[string, JsonObject, string[]]>([
    ['an image without one', { Code: { ImageUri: 'u' } }, ["'PackageType' must be Image for ImageUri, got Zip"]],
    ['an archive as an image', { PackageType: 'Image', Code: { S3Bucket: 'b', S3Key: 'k' } }, ["'PackageType' must be Zip for an archive, got Image"]],
    ['an image and an archive, which is a finding of its own', { Code: { ImageUri: 'u', ZipFile: 'x' } }, []],
    ['an image by a condition', { Code: { ImageUri: EITHER } }, []],
    ['a type by a condition', { PackageType: EITHER, Code: { ImageUri: 'u' } }, []],
    ['a type that is left out', { PackageType: NOTHING, Code: { ZipFile: 'x' } }, []],
  ])('of %s', (_, properties, expected) => {
    expect(messages(packageTypeFitsCode, properties)).toEqual(expected);
  });
});

test.each<[string, JsonObject, number]>([
  ['a condition', { 'Fn::If': ['IsImage', {}, NOTHING] }, 0],
  ['NoValue', NOTHING, 0],
  ['nobody', { WorkingDirectory: '/work' }, 1],
])('an ImageConfig of an archive that %s leaves out', (_, ImageConfig, findings) => {
  expect(messages(imageConfigIsForImages, { Code: { ZipFile: 'x' }, ImageConfig })).toHaveLength(findings);
});

test('each setting of zip archives that an image has is found', () => {
  const code = { ImageUri: 'u', SourceKMSKeyArn: 'k', S3ObjectStorageMode: 'REFERENCE', S3ObjectVersion: NOTHING };
  const image = { PackageType: 'Image', CodeSigningConfigArn: 'c', Code: code };
  expect([imageHasNoZipSettings, imageNamesNoArchive].flatMap((rule) => messages(rule, image))).toEqual([
    "'CodeSigningConfigArn' must be left out for a container image, got one",
    "'Code.S3ObjectStorageMode' must be left out for a container image, got one",
    "'Code.SourceKMSKeyArn' must be left out for a container image, got one",
  ]);
});

test('a version that a condition may leave out is none that is missing', () => {
  const code = (S3ObjectVersion: Json) => ({ Code: { S3Bucket: 'b', S3Key: 'k', S3ObjectStorageMode: 'REFERENCE', S3ObjectVersion } });
  expect([EITHER, NOTHING, '1', { Ref: 'Version' }].map((version) => messages(referencedCodeNamesVersion, code(version)).length)).toEqual([0, 1, 0, 0]);
});
