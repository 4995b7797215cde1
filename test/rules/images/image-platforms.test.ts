import { imagePlatformFitsArchitecture } from '../../../src/rules/images/image-platform-fits-architecture';
import { imagePlatformIsSet } from '../../../src/rules/images/image-platform-is-set';
import { isIndex, runsOn } from '../../../src/rules/images/platforms';
import { appOf } from '../../model/app-of';

test.each([
  ['linux/amd64', true, false],
  ['linux/amd64/v2', true, false],
  ['LINUX/X86_64', true, false],
  ['amd64', true, false],
  ['linux/arm64', false, true],
  ['linux/arm64/v8', false, true],
  ['linux/aarch64', false, true],
  ['linux/arm/v7', false, false],
  ['linux/386', false, false],
  ['windows/amd64', false, false],
  ['darwin/arm64', false, false],
  ['linux/sparc128', undefined, undefined],
  ['linux/', undefined, undefined],
  ['', undefined, undefined],
  ['linux', undefined, undefined],
])('an image for %j runs on x86_64: %s, on arm64: %s', (platform, onX86, onArm) => {
  expect([runsOn(platform, 'x86_64'), runsOn(platform, 'arm64')]).toEqual([onX86, onArm]);
});

test('several platforms are an index, which has a rule of its own', () => {
  expect([isIndex('linux/amd64,linux/arm64'), isIndex('linux/amd64')]).toEqual([true, false]);
  expect(messages('linux/amd64,linux/arm64')).toEqual([]);
});

function messages(platform?: string, properties = {}) {
  const Orders = { Type: 'AWS::Lambda::Function', Properties: { Code: { ImageUri: 'x/y:built' }, ...properties } };
  const app = appOf({ Orders }, { assets: { built: { kind: 'image', platform } } });
  return [imagePlatformFitsArchitecture, imagePlatformIsSet].flatMap((rule) => [...rule.check(app)].map(({ message }) => message));
}

test('messages name the image, what it is built for and what it should be', () => {
  expect(messages('linux/arm64')).toEqual(['the platform of image image must be linux/amd64 for a function on x86_64, got linux/arm64']);
  expect(messages(undefined, { Architectures: ['arm64'] })).toEqual(['the platform of image image must be linux/arm64, got none: that of whatever machine builds it']);
  expect(messages(undefined, { Architectures: { Ref: 'A' } })).toEqual(["the platform of image image must be that of the function's architecture, got none: that of whatever machine builds it"]);
});
