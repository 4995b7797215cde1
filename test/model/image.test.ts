import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { appOf, resourceIn, StackOptions } from './app-of';
import { readAssembly } from '../../src/assembly/read-assembly';
import { imageOf } from '../../src/model/image';
import { Json } from '../../src/model/template';
import { tempFolder } from '../fixtures/temp-folder';

const ECR = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';

function image(uri: Json, options?: StackOptions) {
  return imageOf(resourceIn(appOf({ Orders: { Type: 'AWS::Lambda::Function', Properties: { Code: { ImageUri: uri } } } }, options), 'Orders'));
}

test.each<[string, Json, ReturnType<typeof image>]>([
  ['a tag', `${ECR}/shop/orders:1.4.2`, { registry: ECR, region: 'eu-west-1', pin: 'tag', tag: '1.4.2' }],
  ['a digest', `${ECR}/orders@sha256:0f`, { registry: ECR, region: 'eu-west-1', pin: 'digest' }],
  ['a tag and a digest', `${ECR}/orders:1@sha256:0f`, { registry: ECR, region: 'eu-west-1', pin: 'digest' }],
  ['neither', `${ECR}/orders`, { registry: ECR, region: 'eu-west-1', pin: 'nothing' }],
  ['no registry', 'orders:1', { registry: 'orders:1', pin: 'tag', tag: '1' }],
  ['a registry with a port', 'localhost:5000/orders', { registry: 'localhost:5000', pin: 'nothing' }],
  ['China', '111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/orders:1', { registry: '111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn', region: 'cn-north-1', pin: 'tag', tag: '1' }],
  ['the endpoint for IPv6', '111122223333.dkr-ecr.eu-west-1.on.aws/orders:1', { registry: '111122223333.dkr-ecr.eu-west-1.on.aws', region: 'eu-west-1', pin: 'tag', tag: '1' }],
  ['a parameter', { Ref: 'ImageUri' }, { pin: 'unknown' }],
  ['a choice', { 'Fn::If': ['IsProd', `${ECR}/a:1`, `${ECR}/b:1`] }, { pin: 'unknown' }],
  ['a tag of a parameter', { 'Fn::Sub': `${ECR}/orders:\${Tag}` }, { registry: ECR, region: 'eu-west-1', pin: 'tag' }],
  ['a digest of a parameter', { 'Fn::Sub': `${ECR}/orders@\${Digest}` }, { registry: ECR, region: 'eu-west-1', pin: 'digest' }],
  ['a repository of a parameter, which may hold the tag', { 'Fn::Sub': `${ECR}/\${Image}` }, { registry: ECR, region: 'eu-west-1', pin: 'unknown' }],
  ['a repository of a parameter, and a tag', { 'Fn::Sub': '${Repository}:1' }, { pin: 'tag', tag: '1' }],
  ['the account and Region of the deployment', { 'Fn::Sub': '${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/orders:1' }, { registry: '*.dkr.ecr.*.*', pin: 'tag', tag: '1' }],
  ['the account of a parameter', { 'Fn::Sub': '${Account}.dkr.ecr.us-east-1.amazonaws.com/orders:1' }, { region: 'us-east-1', pin: 'tag', tag: '1' }],
  ['nothing', '', { registry: '', pin: 'nothing' }],
  ['no text', ['a'], { pin: 'unknown' }],
])('the image by %s', (_, uri, expected) => {
  expect(image(uri)).toEqual(expected);
});

test('the Region of the deployment is that of the stack, where the app fixes it', () => {
  expect(image({ 'Fn::Sub': '${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/orders:1' }, { region: 'eu-west-1' }))
    .toMatchObject({ region: 'eu-west-1', registry: '*.dkr.ecr.eu-west-1.*' });
});

test('what is built with the app is found by its tag', () => {
  expect(image(`${ECR}/assets:built`, { assets: { built: { kind: 'image', platform: 'linux/arm64' } } })?.asset).toEqual({ tag: 'built', name: 'image', builder: 'docker', platform: 'linux/arm64' });
  expect(image(`${ECR}/assets:other`, { assets: { built: { kind: 'image' } } })?.asset).toBeUndefined();
});

test('a function without an image has none', () => {
  const app = appOf({ Orders: { Type: 'AWS::Lambda::Function', Properties: { Code: { ZipFile: 'x' } } }, Odd: { Type: 'AWS::Lambda::Function', Properties: { Code: { Ref: 'Code' } } } });
  expect(['Orders', 'Odd'].map((id) => imageOf(resourceIn(app, id)))).toEqual([undefined, undefined]);
});

describe('as the CDK writes it', () => {
  const ENV = { account: '111122223333', region: 'eu-west-1' };

  function written(env: { account: string; region: string } | undefined, repository: (stack: Stack, app: App) => ecr.IRepository, tagOrDigest: (stack: Stack) => string = () => '1') {
    const app = new App({ outdir: tempFolder(), analyticsReporting: false });
    const stack = new Stack(app, 'Shop', { env });
    new lambda.DockerImageFunction(stack, 'Orders', { code: lambda.DockerImageCode.fromEcr(repository(stack, app), { tagOrDigest: tagOrDigest(stack) }) });
    app.synth();
    return imageOf(readAssembly(app.outdir).ofType('AWS::Lambda::Function')[0])!;
  }

  test('a repository of the stack', () => {
    const { repository, ...rest } = written(ENV, (stack) => new ecr.Repository(stack, 'Repository'));
    expect(repository?.label).toBe('Shop/Repository');
    expect(rest).toEqual({ registry: '111122223333.dkr.ecr.eu-west-1.*', region: 'eu-west-1', pin: 'tag', tag: '1' });
  });

  test('a repository of another stack', () => {
    const { repository, region } = written(ENV, (_, app) => new ecr.Repository(new Stack(app, 'Platform', { env: ENV }), 'Repository'));
    expect([repository?.label, region]).toEqual(['Platform/Repository', 'eu-west-1']);
  });

  test('a repository of a stack in another Region', () => {
    const elsewhere = { ...ENV, region: 'us-east-1' };
    expect(written(ENV, (_, app) => new ecr.Repository(new Stack(app, 'Platform', { env: elsewhere }), 'Repository', { repositoryName: 'orders' })).region).toBe('us-east-1');
  });

  test.each<[string, (stack: Stack) => ecr.IRepository, string]>([
    ['name', (stack) => ecr.Repository.fromRepositoryName(stack, 'Repository', 'orders'), 'eu-west-1'],
    ['ARN', (stack) => ecr.Repository.fromRepositoryArn(stack, 'Repository', 'arn:aws:ecr:us-east-1:111122223333:repository/orders'), 'us-east-1'],
  ])('a repository that is known by its %s', (_, repository, region) => {
    expect(written(ENV, repository)).toEqual({ registry: expect.stringMatching(`^111122223333.dkr.ecr.${region}.`), region, pin: 'tag', tag: '1', repository: undefined, asset: undefined });
  });

  test('a tag of a parameter', () => {
    expect(written(undefined, (stack) => ecr.Repository.fromRepositoryName(stack, 'Repository', 'orders'), (stack) => new CfnParameter(stack, 'Tag').valueAsString))
      .toEqual({ registry: '*.dkr.ecr.*.*', pin: 'tag' });
  });
});
