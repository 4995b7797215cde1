import { AppModel } from '../../../src/model/app';
import { Json, JsonObject } from '../../../src/model/template';
import { inRepository } from '../../../src/rules/images/examples';
import { imageIsInRegion } from '../../../src/rules/images/image-is-in-region';
import { imageUriIsPinned } from '../../../src/rules/images/image-uri-is-pinned';
import { imageUriIsWellFormed } from '../../../src/rules/images/image-uri-is-well-formed';
import { Rule } from '../../../src/rules/rule';
import { stackOf, StackOptions } from '../../model/app-of';

const ECR = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';
const fn = (uri: Json): JsonObject => ({ Type: 'AWS::Lambda::Function', Properties: { PackageType: 'Image', Code: { ImageUri: uri } } });

function messages(rule: Rule, uri: Json, repository?: JsonObject, options: StackOptions = {}): string[] {
  const Repository = { Type: 'AWS::ECR::Repository', Properties: repository ?? {} };
  const app = new AppModel([stackOf({ Orders: fn(uri), ...repository && { Repository } }, options)]);
  return [...rule.check(app)].map(({ message }) => message);
}

describe('a tag that may be moved', () => {
  test.each(['latest', 'main', 'prod'])('%s is found in any repository', (tag) => {
    expect(messages(imageUriIsPinned, `${ECR}/orders:${tag}`)).toEqual([`the image must be named by a digest, or a tag that is not moved, got tag ${tag}`]);
  });

  test.each(['1', 'v1.2.3', '2026-11-26', '0f1e2d3', 'latest-7', 'Latest'])('%s is not, unless the repository is of this app', (tag) => {
    expect(messages(imageUriIsPinned, `${ECR}/orders:${tag}`)).toEqual([]);
    expect(messages(imageUriIsPinned, inRepository(`:${tag}`), {})).toHaveLength(1);
  });

  test.each<[Json, number]>([
    ['MUTABLE', 1], ['IMMUTABLE', 0], ['IMMUTABLE_WITH_EXCLUSION', 0], ['MUTABLE_WITH_EXCLUSION', 0], [{ Ref: 'AWS::NoValue' }, 1], [{ 'Fn::If': ['IsProd', 'IMMUTABLE', 'MUTABLE'] }, 0],
  ])('where the repository is %j', (ImageTagMutability, findings) => {
    expect(messages(imageUriIsPinned, inRepository(':latest'), { ImageTagMutability })).toHaveLength(findings);
  });
});

describe('a URI', () => {
  test.each<[Json, string[]]>([
    [`${ECR}/orders:1`, []],
    [{ 'Fn::Join': ['', [{ Ref: 'Registry' }, '/orders']] }, ['the URI of the image must be ended by a tag or a digest, got neither']],
    ['docker.io/library/node:22', ['the registry of the image must be a private one of Amazon ECR, got docker.io']],
    ['node', ['the registry of the image must be a private one of Amazon ECR, got node']],
    ['', ['the registry of the image must be a private one of Amazon ECR, got none']],
  ])('%j', (uri, expected) => {
    expect(messages(imageUriIsWellFormed, uri)).toEqual(expected);
  });
});

describe('the Region of an image', () => {
  test('is that of the repository of another stack', () => {
    const elsewhere = stackOf({ Repository: { Type: 'AWS::ECR::Repository' } }, { name: 'Platform', region: 'us-east-1', outputs: { Arn: { Value: { 'Fn::GetAtt': ['Repository', 'Arn'] } } } });
    const arn = { 'Fn::GetStackOutput': { StackName: 'Platform', OutputName: 'Arn', Region: 'us-east-1' } };
    const part = (index: number) => ({ 'Fn::Select': [index, { 'Fn::Split': [':', arn] }] });
    const uri = { 'Fn::Join': ['', [part(4), '.dkr.ecr.', part(3), '.amazonaws.com/orders:1']] };
    const app = new AppModel([elsewhere, stackOf({ Orders: fn(uri) }, { region: 'eu-west-1' })]);
    expect([...imageIsInRegion.check(app)].map(({ message }) => message)).toEqual(['the Region of the image must be eu-west-1, that of the function, got us-east-1']);
  });

  test('of a repository of the stack is its own', () => {
    expect(messages(imageIsInRegion, inRepository(':1'), {}, { region: 'eu-west-1' })).toEqual([]);
  });
});
