import { App, Aspects, CfnParameter, CfnResource, Lazy, PropertyInjectors, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import { DockerImageAsset, DockerImageAssetProps, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as signer from 'aws-cdk-lib/aws-signer';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { aliasRef, MINIMAL, NEW_APP, NO_FLAGS, only, resourcesOf, stackWith } from './functions';
import { built, IMAGE, imagesOf, pushed } from './images';
import { EventFunction, EventFunctionBase, ImageEventFunction, ImageEventFunctionProps, PullSource, PushSource } from '../../src';

const LAYER = 'arn:aws:lambda:eu-west-1:123456789012:layer:Common:1';

type Props = Partial<ImageEventFunctionProps>;

function orders(props: Props | ((stack: Stack) => Props) = {}, context = NO_FLAGS) {
  const stack = stackWith({ ...context, 'cdk-event-functions:rules': false });
  return { stack, fn: new ImageEventFunction(stack, 'Orders', { code: built(), ...typeof props === 'function' ? props(stack) : props }) };
}

const layer = (stack: Stack) => lambda.LayerVersion.fromLayerVersionArn(stack, 'Common', LAYER);

/** The function of the CDK in the same place. */
function theirs(props: Partial<lambda.DockerImageFunctionProps> = {}) {
  const stack = stackWith();
  new lambda.DockerImageFunction(stack, 'Orders', { code: built(), ...props });
  return stack;
}

describe('defaults', () => {
  test.each([['without feature flags', NO_FLAGS], ['in a new app', NEW_APP]])('the template %s', (_, context) => {
    const { stack } = orders((scope) => ({ code: pushed(scope, '1.4.2') }), context);
    expect(Template.fromStack(stack).toJSON()).toMatchSnapshot();
  });

  test('it is a DockerImageFunction with the live alias around it', () => {
    const { stack, fn } = orders();
    expect(fn).toBeInstanceOf(EventFunctionBase);
    expect(fn.function).toBeInstanceOf(lambda.DockerImageFunction);
    expect(stack.resolve(fn.functionArn)).toEqual(aliasRef(stack));
    const { Handler, Runtime, Layers, PackageType } = only(stack, 'AWS::Lambda::Function').Properties;
    expect({ Handler, Runtime, Layers, PackageType }).toEqual({ PackageType: 'Image' });
  });

  test('an image that is built with the app is built for x86_64, on which the function runs', () => {
    expect(imagesOf(orders().stack)).toMatchObject([{ platform: 'linux/amd64' }]);
  });
});

describe('the platform of an image', () => {
  test('is that of the function', () => {
    expect(imagesOf(orders({ architecture: lambda.Architecture.ARM_64 }).stack)).toMatchObject([{ platform: 'linux/arm64' }]);
    expect(imagesOf(orders({ architecture: lambda.Architecture.X86_64 }).stack)).toMatchObject([{ platform: 'linux/amd64' }]);
  });

  test('is that of the image, if it has one', () => {
    expect(imagesOf(orders({ code: built({ platform: Platform.LINUX_ARM64 }) }).stack)).toMatchObject([{ platform: 'linux/arm64' }]);
  });

  test.each<[string, Partial<lambda.DockerImageFunctionProps>]>([
    ['no architecture', {}],
    ['an architecture', { architecture: lambda.Architecture.ARM_64 }],
    ['build arguments', { code: built({ buildArgs: { A: '1' }, invalidation: { buildArgs: false } }) }],
    ['a platform that is not part of the hash', { code: built({ platform: Platform.LINUX_ARM64, invalidation: { platform: false } }) }],
  ])('leaves the asset hash what it is with the function of the CDK: %s', (_, props) => {
    const [{ hash }] = imagesOf(orders(props).stack);
    expect(hash).toBe(imagesOf(theirs(props))[0].hash);
  });

  test('that a property injector of the app gives counts, and so does what else it says', () => {
    const inject = (stack: Stack, props: Partial<DockerImageAssetProps>) => PropertyInjectors.of(stack).add({
      constructUniqueId: DockerImageAsset.PROPERTY_INJECTION_ID,
      inject: (original) => ({ ...props, ...original }),
    });
    const platforms = [{ platform: Platform.LINUX_ARM64 }, { buildArgs: { A: '1' } }].map((props) => {
      const stack = stackWith({ 'cdk-event-functions:rules': false });
      inject(stack, props);
      new ImageEventFunction(stack, 'Orders', { code: built() });
      return imagesOf(stack)[0];
    });
    expect(platforms.map(({ platform }) => platform)).toEqual(['linux/arm64', 'linux/amd64']);
    expect(platforms[1].hash).not.toBe(imagesOf(orders().stack)[0].hash);
  });

  test('of other images in the scope of the function is left alone', () => {
    const { stack, fn } = orders({ code: built({ extraHash: 'of the function' }) });
    new DockerImageAsset(fn, 'Other', { directory: IMAGE });
    expect(imagesOf(stack).map(({ platform }) => platform)).toEqual(['linux/amd64', undefined]);
  });
});

describe('mapping', () => {
  test('props of DockerImageFunction reach the function, settings of the image too', () => {
    const { stack } = orders((scope) => ({
      memorySize: 2048,
      code: lambda.DockerImageCode.fromEcr(ecr.Repository.fromRepositoryName(scope, 'Repository', 'orders'), {
        tagOrDigest: '1', cmd: ['orders.handler'], entrypoint: ['/run'], workingDirectory: '/work',
      }),
    }));
    expect(only(stack, 'AWS::Lambda::Function').Properties).toMatchObject({
      MemorySize: 2048, ImageConfig: { Command: ['orders.handler'], EntryPoint: ['/run'], WorkingDirectory: '/work' },
    });
  });

  test.each([['1.4.2', ':1.4.2'], [`sha256:${'0'.repeat(64)}`, `@sha256:${'0'.repeat(64)}`]])('an image is taken by %s', (tagOrDigest, end) => {
    const { stack } = orders((scope) => ({ code: pushed(scope, tagOrDigest) }));
    expect(JSON.stringify(only(stack, 'AWS::Lambda::Function').Properties.Code)).toContain(`/shop/orders${end}"`);
  });

  test('sources are wired to the alias', () => {
    const { stack, fn } = orders();
    fn.addEventSource(PullSource.queue(new sqs.Queue(stack, 'Queue')));
    fn.addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Inbox')));
    expect(only(stack, 'AWS::Lambda::Permission').Properties.FunctionName).toEqual(aliasRef(stack));
    expect(JSON.stringify(only(stack, 'AWS::Lambda::EventSourceMapping').Properties.FunctionName)).toContain(aliasRef(stack).Ref);
  });

  test('what lambda.Function has is there under the same name', () => {
    const { stack, fn } = orders({ architecture: lambda.Architecture.ARM_64 });
    fn.addEnvironment('A1', 'b');
    expect(fn.runtime).toBe(lambda.Runtime.FROM_IMAGE);
    expect(fn.architecture).toBe(lambda.Architecture.ARM_64);
    expect(fn.currentVersion).toBe(fn.version);
    expect(fn.node.defaultChild).toBe(fn.function.node.defaultChild);
    expect(fn.addAlias('live')).toBe(fn.alias);
    expect(only(stack, 'AWS::Lambda::Function').Properties).toMatchObject({ Architectures: ['arm64'], Environment: { Variables: { A1: 'b' } } });
  });

  test('SnapStart is possible', () => {
    expect(only(orders({ snapStart: lambda.SnapStartConf.ON_PUBLISHED_VERSIONS }).stack, 'AWS::Lambda::Function').Properties.SnapStart)
      .toEqual({ ApplyOn: 'PublishedVersions' });
  });
});

describe('versions', () => {
  const version = (stack: Stack) => only(stack, 'AWS::Lambda::Version');

  test('are published for each change of the image', () => {
    const idOf = (props: Parameters<typeof orders>[0]) => version(orders(props).stack).logicalId;
    expect(idOf({})).toBe(idOf({}));
    expect(idOf({ code: built({ buildArgs: { A: '1' } }) })).not.toBe(idOf({}));
    expect(idOf((stack) => ({ code: pushed(stack, '1') }))).not.toBe(idOf((stack) => ({ code: pushed(stack, '2') })));
  });

  test.each<[string, (stack: Stack) => string, unknown]>([
    ['a parameter', (stack) => new CfnParameter(stack, 'Tag').valueAsString, { Ref: 'Tag' }],
    ['a parameter with a part of the tag', (stack) => `build-${new CfnParameter(stack, 'Tag').valueAsString}`, { 'Fn::Join': ['', ['build-', { Ref: 'Tag' }]] }],
    ['a parameter with a digest', (stack) => `sha256:${new CfnParameter(stack, 'Digest').valueAsString}`, { Ref: 'Digest' }],
    ['a parameter of Systems Manager', (stack) => ssm.StringParameter.valueForStringParameter(stack, '/orders/tag'), { Ref: expect.stringMatching(/^SsmParameterValueorderstag/) }],
  ])('are replaced when a pipeline changes %s, although their id stays', (_, tag, description) => {
    const { stack } = orders((scope) => ({ code: pushed(scope, tag(scope)) }));
    expect(version(stack)).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { Description: description } });
  });

  test('of an image whose tag is known have no description', () => {
    expect(version(orders().stack).Properties.Description).toBeUndefined();
    expect(version(orders((stack) => ({ code: pushed(stack, '1') })).stack).Properties.Description).toBeUndefined();
    expect(version(orders((stack) => ({ code: lambda.DockerImageCode.fromEcr(new ecr.Repository(stack, 'Repository'), { tagOrDigest: '1' }) })).stack).Properties.Description).toBeUndefined();
  });

  test('keep the description that the user gives', () => {
    const { stack } = orders((scope) => ({ code: pushed(scope, new CfnParameter(scope, 'Tag').valueAsString), currentVersionOptions: { description: 'mine' } }));
    expect(version(stack).Properties.Description).toBe('mine');
  });

  test('can be published by what else changes', () => {
    const { stack, fn } = orders();
    const before = version(orders().stack).logicalId;
    fn.invalidateVersionBasedOn('build 7');
    expect(version(stack).logicalId).not.toBe(before);
  });
});

describe('permissions', () => {
  test('the role may write its logs, and Lambda may pull from a repository of the app', () => {
    const { stack } = orders((scope) => ({ code: lambda.DockerImageCode.fromEcr(new ecr.Repository(scope, 'Repository'), { tagOrDigest: '1' }) }));
    const { Statement } = only(stack, 'AWS::IAM::Policy').Properties.PolicyDocument;
    expect(Statement.map(({ Action }: any) => Action)).toEqual([['logs:CreateLogStream', 'logs:PutLogEvents']]);
    expect(only(stack, 'AWS::ECR::Repository').Properties.RepositoryPolicyText.Statement).toEqual([
      expect.objectContaining({ Principal: { Service: 'lambda.amazonaws.com' }, Action: expect.arrayContaining(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']) }),
    ]);
  });

  test('Lambda Insights, which the image brings along, may write', () => {
    const { stack } = orders({ insightsVersion: lambda.LambdaInsightsVersion.VERSION_1_0_333_0 });
    expect(only(stack, 'AWS::Lambda::Function').Properties.Layers).toBeUndefined();
    expect(JSON.stringify(resourcesOf(stack))).toContain('log-group:/aws/lambda-insights:*');
    expect(only(stack, 'AWS::IAM::Role').Properties.ManagedPolicyArns).toBeUndefined();
  });

  test('a deployer may read the repository of the assets, and no other', () => {
    const { stack, fn } = orders();
    const reading = fn.deployPermissions().filter(({ actions }) => actions.includes('ecr:BatchGetImage'));
    expect(reading.map(({ resources }) => stack.resolve(resources))).toEqual([[{
      'Fn::Join': ['', [
        'arn:', { Ref: 'AWS::Partition' }, ':ecr:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':repository/',
        { 'Fn::Sub': 'cdk-hnb659fds-container-assets-${AWS::AccountId}-${AWS::Region}' },
      ]],
    }]]);
  });
});

describe('validation', () => {
  const AT = '[LayersOnImage at Shop/Orders]';
  const COPY = 'copy what is in the layer into the image: `COPY --from=layer /opt/ /opt/` in its Dockerfile';

  test.each<[string, (stack: Stack) => Props, string]>([
    ['layers', (stack) => ({ layers: [layer(stack)] }), '"Common"'],
    ['adotInstrumentation', () => ({ adotInstrumentation: { layerVersion: lambda.AdotLayerVersion.fromJavaScriptSdkLayerVersion(lambda.AdotLambdaLayerJavaScriptSdkVersion.LATEST), execWrapper: lambda.AdotLambdaExecWrapper.REGULAR_HANDLER } }), '"the layer of ADOT"'],
    ['paramsAndSecrets', () => ({ paramsAndSecrets: lambda.ParamsAndSecretsLayerVersion.fromVersionArn(LAYER) }), '"the layer of Parameters and Secrets"'],
  ])('fails if there are layers: by %s', (property, props, got) => {
    expect(() => orders(props)).toThrow(`'${property}' must be left out for a container image, which can have no layers, got ${got}; ${COPY} ${AT}`);
  });

  test('fails if layers are added: to the live alias, to the function, or to one that another class made', () => {
    const { stack, fn } = orders();
    expect(() => fn.addLayers(layer(stack))).toThrow(AT);
    expect(() => fn.function.addLayers(layer(stackWith()))).toThrow(AT);
    const wrapped = EventFunction.wrap(stack, 'Live', new lambda.DockerImageFunction(stack, 'Theirs', { code: built() }));
    expect(() => wrapped.addLayers(layer(stackWith()))).toThrow('[LayersOnImage at Shop/Live]');
  });

  test('no layers are no mistake', () => {
    const { stack, fn } = orders();
    fn.addLayers();
    fn.function.addLayers();
    expect(only(stack, 'AWS::Lambda::Function').Properties.Layers).toBeUndefined();
  });

  test('fails if an image is to be signed', () => {
    const signed = (stack: Stack) => ({
      codeSigningConfig: new lambda.CodeSigningConfig(stack, 'Signing', {
        signingProfiles: [new signer.SigningProfile(stack, 'Profile', { platform: signer.Platform.AWS_LAMBDA_SHA384_ECDSA })],
      }),
    });
    expect(() => orders(signed)).toThrow("'codeSigningConfig' must be left out for a container image, got \"a code signing configuration\"; Lambda checks signatures of zip archives only; sign the image in Amazon ECR, or deploy a zip archive [CodeSigningOnImage at Shop/Orders]");
  });

  const settings = (props: lambda.EcrImageCodeProps) => orders((stack) => ({
    code: lambda.DockerImageCode.fromEcr(ecr.Repository.fromRepositoryName(stack, 'Repository', 'orders'), { tagOrDigest: '1', ...props }),
  }));

  test.each<[string, lambda.EcrImageCodeProps, string]>([
    ['TooManyImageConfigEntries', { cmd: Array(1501).fill('a') }, "'cmd' must be at most 1500 entries, got 1501; set it in the Dockerfile: `CMD`"],
    ['TooManyImageConfigEntries', { entrypoint: Array(1501).fill('a') }, "'entrypoint' must be at most 1500 entries, got 1501; set it in the Dockerfile: `ENTRYPOINT`"],
    ['WorkingDirectoryTooLong', { workingDirectory: `/${'a'.repeat(1000)}` }, "'workingDirectory' must be at most 1000 characters, got \"1001\"; set it in the Dockerfile: `WORKDIR`"],
  ])('fails if %s', (code, props, message) => {
    expect(() => settings(props)).toThrow(`${message} [${code} at Shop/Orders]`);
  });

  test('settings of the longest kind pass', () => {
    const { stack } = settings({ cmd: Array(1500).fill('a'), entrypoint: Array(1500).fill('a'), workingDirectory: `/${'a'.repeat(999)}` });
    expect(only(stack, 'AWS::Lambda::Function').Properties.ImageConfig.Command).toHaveLength(1500);
  });

  test.each<[Props, string]>([
    [{ memorySize: 64 }, 'MemorySizeOutOfRange'], [{ aliasName: '7' }, 'AliasNameMalformed'], [{ reservedConcurrentExecutions: -1 }, 'ReservedConcurrencyOutOfRange'],
  ])('fails as any other function: %j', (props, code) => {
    expect(() => orders(props)).toThrow(`[${code} at Shop/Orders]`);
  });
});

describe('tokens', () => {
  test('are never checked', () => {
    const { stack } = orders((scope) => ({
      code: lambda.DockerImageCode.fromEcr(ecr.Repository.fromRepositoryName(scope, 'Repository', new CfnParameter(scope, 'Name').valueAsString), {
        tagOrDigest: Lazy.string({ produce: () => '1' }),
        cmd: Lazy.list({ produce: () => ['a'] }),
        workingDirectory: Lazy.string({ produce: () => '/work' }),
      }),
    }));
    expect(only(stack, 'AWS::Lambda::Function').Properties.ImageConfig).toEqual({ Command: ['a'], WorkingDirectory: '/work' });
  });
});

describe('imports and cross-stack', () => {
  test('an image of another account is taken from there', () => {
    const { stack } = orders((scope) => ({
      code: lambda.DockerImageCode.fromEcr(ecr.Repository.fromRepositoryArn(scope, 'Repository', 'arn:aws:ecr:eu-west-1:111122223333:repository/orders'), { tagOrDigest: '1' }),
    }));
    expect(JSON.stringify(only(stack, 'AWS::Lambda::Function').Properties.Code)).toContain('111122223333.dkr.ecr.eu-west-1.');
  });

  test('a repository of another stack is referred to, and its policy lets Lambda pull', () => {
    const app = new App();
    const platform = new Stack(app, 'Platform');
    const service = new Stack(app, 'Service');
    const repository = new ecr.Repository(platform, 'Repository', { imageTagMutability: ecr.TagMutability.IMMUTABLE });
    new ImageEventFunction(service, 'Orders', { code: lambda.DockerImageCode.fromEcr(repository, { tagOrDigest: '1' }) });
    expect(JSON.stringify(only(service, 'AWS::Lambda::Function').Properties.Code)).toContain('Platform:ExportsOutput');
    expect(only(platform, 'AWS::ECR::Repository').Properties.RepositoryPolicyText).toBeDefined();
  });

  test('a role that was handed in is used', () => {
    const role = (stack: Stack) => iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/theirs', { mutable: false });
    const { stack } = orders((scope) => ({ role: role(scope) }));
    expect(only(stack, 'AWS::Lambda::Function').Properties.Role).toBe('arn:aws:iam::123456789012:role/theirs');
  });
});

describe('ids', () => {
  test('are a contract: a change replaces resources of live stacks', () => {
    expect(Object.keys(resourcesOf(orders().stack)).map((id) => id.replace(/[0-9a-f]{32}$/, '')).sort()).toEqual([
      'OrdersA9B65338',
      'OrdersAliasliveD9288011',
      'OrdersCurrentVersion7BCF01FD',
      'OrdersLogGroupE26395F1',
      'OrdersServiceRoleDefaultPolicy973CB326',
      'OrdersServiceRoleF2087E22',
    ]);
  });
});

describe('lambda.Runtime.FROM_IMAGE on an EventFunction', () => {
  const fromImage = (props: Partial<lambda.FunctionProps> = {}) => {
    const stack = stackWith({ 'cdk-event-functions:rules': false });
    const fn = new EventFunction(stack, 'Orders', {
      runtime: lambda.Runtime.FROM_IMAGE, handler: lambda.Handler.FROM_IMAGE, code: lambda.Code.fromAssetImage(IMAGE), ...props,
    });
    return { stack, fn };
  };

  test('is an image, built for the architecture of the function with the hash that it has', () => {
    const { stack } = fromImage({ architecture: lambda.Architecture.ARM_64 });
    expect(only(stack, 'AWS::Lambda::Function').Properties).toMatchObject({ PackageType: 'Image', Architectures: ['arm64'] });
    expect(imagesOf(stack)).toEqual([{ platform: 'linux/arm64', hash: imagesOf(theirs())[0].hash }]);
  });

  test('fails if there are layers', () => {
    expect(() => fromImage({ paramsAndSecrets: lambda.ParamsAndSecretsLayerVersion.fromVersionArn(LAYER) })).toThrow('LayersOnImage at Shop/Orders');
    const { stack, fn } = fromImage();
    expect(() => fn.addLayers(layer(stack))).toThrow('LayersOnImage at Shop/Orders');
  });

  test('fails if settings are too long', () => {
    expect(() => fromImage({ code: lambda.Code.fromAssetImage(IMAGE, { cmd: Array(1501).fill('a') }) })).toThrow('TooManyImageConfigEntries at Shop/Orders');
  });

  test('functions of zip archives still take layers', () => {
    const stack = stackWith();
    new EventFunction(stack, 'Orders', MINIMAL).addLayers(layer(stack));
    expect(only(stack, 'AWS::Lambda::Function').Properties.Layers).toEqual([LAYER]);
  });
});

test('EventFunction.wrap() puts the live alias around the function of an image', () => {
  const stack = stackWith();
  const image = new lambda.DockerImageFunction(stack, 'Theirs', { code: pushed(stack, new CfnParameter(stack, 'Tag').valueAsString) });
  const fn = EventFunction.wrap(stack, 'Live', image);
  expect(fn.function).toBe(image);
  expect(stack.resolve(fn.functionArn)).toEqual(aliasRef(stack));
  expect(only(stack, 'AWS::Lambda::Version').Properties.Description).toEqual({ Ref: 'Tag' });
});

test('EventFunction.wrap() leaves a version alone that is there already', () => {
  const stack = stackWith();
  const image = new lambda.DockerImageFunction(stack, 'Theirs', { code: pushed(stack, new CfnParameter(stack, 'Tag').valueAsString) });
  const { currentVersion } = image;
  expect(EventFunction.wrap(stack, 'Live', image).version).toBe(currentVersion);
  expect(only(stack, 'AWS::Lambda::Version').Properties.Description).toBeUndefined();
});

test('an escape hatch may change what the deployment decides', () => {
  const { stack } = orders();
  Aspects.of(stack).add({ visit: (node) => CfnResource.isCfnResource(node) && node.cfnResourceType === 'AWS::Lambda::Function' && node.addPropertyOverride('Code.ImageUri', 'x') });
  expect(only(stack, 'AWS::Lambda::Function').Properties.Code).toEqual({ ImageUri: 'x' });
});
