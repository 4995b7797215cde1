import { codeAndLayersFit } from '../../../src/rules/layers/code-and-layers-fit';
import { appOf, StackOptions } from '../../model/app-of';

const RESOURCES = {
  Orders: { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Bucket: 'assets', S3Key: 'code.zip' }, Layers: [{ Ref: 'Common' }, 'arn:aws:lambda:eu-west-1:1:layer:Foreign:1'] } },
  Common: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'assets', S3Key: 'common.zip' } } },
};

function messages(assets: StackOptions['assets'], resources: Parameters<typeof appOf>[0] = RESOURCES) {
  return [...codeAndLayersFit.check(appOf(resources, { assets }))].map(({ message }) => message);
}

test('the message names the limit, the sum, how much is too much, and each part with its bytes', () => {
  expect(messages({ 'code.zip': 262_000_000, 'common.zip': 1_144_001 })).toEqual([
    'code and layers must be at most 262,144,000 bytes unzipped, got 263,144,001, which is 1,000,001 too many: '
    + 'code code.zip 262,000,000 bytes, layer Common (common.zip) 1,144,001 bytes, '
    + 'layer arn:aws:lambda:eu-west-1:1:layer:Foreign:1 (bytes unknown: not in this app)',
  ]);
});

test('a part that cannot be read is named with the reason, and the rest still counts', () => {
  expect(messages({ 'code.zip': 'code.zip is not there', 'common.zip': 262_144_010 })).toEqual([
    expect.stringMatching(/got 262,144,010, which is 10 too many: code code\.zip \(bytes unknown: code\.zip is not there\), layer Common/),
  ]);
});

test('each function that is too large is found, and no other', () => {
  const fn = (key: string) => ({ Type: 'AWS::Lambda::Function', Properties: { Code: { S3Bucket: 'assets', S3Key: key } } });
  const app = appOf({ A: fn('large.zip'), B: fn('small.zip'), C: fn('large.zip') }, { assets: { 'large.zip': 300_000_000, 'small.zip': 1 } });
  expect([...codeAndLayersFit.check(app)].map(({ resource, path }) => `${resource.logicalId}/${path}`)).toEqual(['A/Properties/Code', 'C/Properties/Code']);
});

test('a layer counts once for each function that has it, not once for all', () => {
  const { Common } = RESOURCES;
  const fn = { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Bucket: 'assets', S3Key: 'code.zip' }, Layers: [{ Ref: 'Common' }] } };
  expect(messages({ 'code.zip': 100_000_000, 'common.zip': 100_000_000 }, { A: fn, B: fn, Common })).toEqual([]);
});

test('inline code counts', () => {
  const Orders = { Type: 'AWS::Lambda::Function', Properties: { Code: { ZipFile: '12345' }, Layers: [{ Ref: 'Common' }] } };
  expect(messages({ 'common.zip': 262_143_996 }, { Orders, Common: RESOURCES.Common })).toEqual([expect.stringContaining('which is 1 too many: code inline code 5 bytes')]);
  expect(messages({ 'common.zip': 262_143_995 }, { Orders, Common: RESOURCES.Common })).toEqual([]);
});

test('the table shows the largest folders of all parts, and says what the others have', () => {
  const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`node_modules/p${String(index).padStart(2, '0')}/index.js`, { bytes: 22_000_000 }]));
  const [message] = messages({ 'code.zip': { ...many, 'app.js': { bytes: 5 } }, 'common.zip': { 'python/numpy/core.so': { bytes: 40_000_000 } } });
  expect(message.split('\n').slice(1)).toEqual([
    '   40,000,000  python/numpy (layer Common (common.zip))',
    ...Array.from({ length: 7 }, (_, index) => `   22,000,000  node_modules/p0${index} (code code.zip)`),
    '  110,000,005  6 others',
    '',
  ]);
  expect(message.split('\n')[0]).toMatch(/not in this app\); the largest folders:$/);
});
