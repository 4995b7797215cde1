import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LambdaFunctionURLEvent } from 'aws-lambda';
import { DistributionSourceOptions, EventFunction, FunctionOrigin, FunctionOriginOptions, InvocationMode, PushSource, ResourcePolicyMode } from '../../../src';
import { distributionEvent } from '../../../src/events/push/samples/distribution';
import { aliasRef, MINIMAL, only, resourcesOf, stackWith } from '../../function/functions';

const DISTRIBUTION = 'AWS::CloudFront::Distribution';
const { AWS_IAM, NONE } = lambda.FunctionUrlAuthType;

const siteIn = (stack: Stack, id = 'Site') =>
  new cloudfront.Distribution(stack, id, { defaultBehavior: { origin: new origins.HttpOrigin('example.com') } });

function siteTo(options: Partial<DistributionSourceOptions> = {}, props: Partial<lambda.FunctionProps> = {}) {
  const stack = stackWith();
  new EventFunction(stack, 'Orders', { ...MINIMAL, ...props })
    .addEventSource(PushSource.distribution(siteIn(stack), { pathPattern: '/orders/*', ...options }));
  return stack;
}

function siteOf(options?: FunctionOriginOptions, prepare: (fn: EventFunction) => void = () => {}, props: Partial<lambda.FunctionProps> = {}) {
  const stack = stackWith();
  const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, ...props });
  prepare(fn);
  new cloudfront.Distribution(stack, 'Site', { defaultBehavior: { origin: new FunctionOrigin(fn, options) } });
  return stack;
}

const ofType = (stack: Stack, type: string) => Object.values(resourcesOf(stack))
  .filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
const permissions = (stack: Stack) => ofType(stack, 'AWS::Lambda::Permission');
const configOf = (stack: Stack) => only(stack, DISTRIBUTION).Properties.DistributionConfig;
const originsOf = (stack: Stack) => configOf(stack).Origins.filter(({ OriginAccessControlId }: any) => OriginAccessControlId !== undefined);

describe('defaults', () => {
  test('the default behavior is answered by the live alias, through a URL that asks who calls', () => {
    const stack = siteOf();
    const url = only(stack, 'AWS::Lambda::Url');
    expect(url.Properties).toMatchObject({ AuthType: 'AWS_IAM', Qualifier: 'live' });
    expect(originsOf(stack)).toEqual([{
      Id: expect.any(String),
      DomainName: { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': [url.logicalId, 'FunctionUrl'] }] }] },
      OriginAccessControlId: { 'Fn::GetAtt': [only(stack, 'AWS::CloudFront::OriginAccessControl').logicalId, 'Id'] },
      CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
    }]);
    expect(only(stack, 'AWS::CloudFront::OriginAccessControl').Properties.OriginAccessControlConfig).toMatchObject({
      OriginAccessControlOriginType: 'lambda', SigningBehavior: 'always', SigningProtocol: 'sigv4',
    });
  });

  test('a path is answered by it, by HTTPS, each request anew and with all that the viewer sent but the host', () => {
    const stack = siteTo();
    expect(configOf(stack).CacheBehaviors).toEqual([{
      PathPattern: '/orders/*',
      TargetOriginId: originsOf(stack)[0].Id,
      CachePolicyId: cloudfront.CachePolicy.CACHING_DISABLED.cachePolicyId,
      OriginRequestPolicyId: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER.originRequestPolicyId,
      ViewerProtocolPolicy: 'redirect-to-https',
      Compress: true,
    }]);
  });

  test('the template', () => {
    expect(Template.fromStack(siteTo()).toJSON()).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test('options of a behavior are those of the CDK, and ours can be overridden', () => {
    const stack = siteTo({
      allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
      cachePolicy: cloudfront.CachePolicy.CACHING_OPTIMIZED,
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
    });
    expect(configOf(stack).CacheBehaviors[0]).toMatchObject({
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
      CachePolicyId: cloudfront.CachePolicy.CACHING_OPTIMIZED.cachePolicyId,
      ViewerProtocolPolicy: 'https-only',
    });
  });

  test('options of an origin are those of the CDK', () => {
    const origin: FunctionOriginOptions = {
      readTimeout: Duration.seconds(60), keepaliveTimeout: Duration.seconds(10), customHeaders: { 'x-shop': '1' }, connectionAttempts: 1, originPath: '/v1',
    };
    for (const stack of [siteTo({ origin }), siteOf(origin)]) {
      expect(originsOf(stack)[0]).toMatchObject({
        OriginPath: '/v1',
        ConnectionAttempts: 1,
        CustomOriginConfig: { OriginReadTimeout: 60, OriginKeepaliveTimeout: 10 },
        OriginCustomHeaders: [{ HeaderName: 'x-shop', HeaderValue: '1' }],
      });
    }
  });

  test('a stream is that of the URL', () => {
    expect(only(siteOf({ invokeMode: lambda.InvokeMode.RESPONSE_STREAM }), 'AWS::Lambda::Url').Properties.InvokeMode).toBe('RESPONSE_STREAM');
  });

  test('a URL that the function has is taken', () => {
    for (const options of [{}, { invokeMode: lambda.InvokeMode.RESPONSE_STREAM }]) {
      const stack = siteOf(options, (fn) => fn.addEventSource(PushSource.functionUrl({ invokeMode: lambda.InvokeMode.RESPONSE_STREAM })));
      expect(ofType(stack, 'AWS::Lambda::Url')).toHaveLength(1);
    }
  });

  test('an access control that is given is taken, imported or not, by construct or by id', () => {
    const stack = stackWith();
    const control = new cloudfront.FunctionUrlOriginAccessControl(stack, 'Control');
    const imported = cloudfront.FunctionUrlOriginAccessControl.fromOriginAccessControlId(stack, 'Imported', 'E1AAAAAAAAAAAA');
    const site = siteIn(stack);
    const given: FunctionOriginOptions[] = [{ originAccessControl: control }, { originAccessControl: imported }, { originAccessControlId: 'E2AAAAAAAAAAAA' }];
    given.forEach((origin, index) => {
      new EventFunction(stack, `Orders${index}`, MINIMAL).addEventSource(PushSource.distribution(site, { pathPattern: `/${index}/*`, origin }));
    });
    expect(originsOf(stack).map(({ OriginAccessControlId }: any) => OriginAccessControlId))
      .toEqual([stack.resolve(control.originAccessControlId), 'E1AAAAAAAAAAAA', 'E2AAAAAAAAAAAA']);
    expect(ofType(stack, 'AWS::CloudFront::OriginAccessControl')).toHaveLength(1);
  });

  test('a plain lambda.Function and its alias can have it, too', () => {
    const stack = stackWith();
    const plain = new lambda.Function(stack, 'Plain', MINIMAL);
    const alias = plain.addAlias('live');
    const site = siteIn(stack);
    plain.addEventSource(PushSource.distribution(site, { pathPattern: '/latest/*' }));
    alias.addEventSource(PushSource.distribution(site, { pathPattern: '/live/*' }));
    expect(permissions(stack).map(({ FunctionName }) => FunctionName)).toEqual(
      [plain.functionArn, plain.functionArn, alias.functionArn, alias.functionArn].map((arn) => stack.resolve(arn)),
    );
  });

  test('several paths of one function are one origin; a source serves one function', () => {
    const stack = stackWith();
    const site = siteIn(stack);
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    for (const pathPattern of ['/orders/*', '/returns/*']) fn.addEventSource(PushSource.distribution(site, { pathPattern }));
    expect(originsOf(stack)).toHaveLength(1);
    expect(permissions(stack)).toHaveLength(2);
  });

  test('one function answers several distributions through one URL, and each of them is permitted', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    const origin = new FunctionOrigin(fn);
    const sites = ['One', 'Two'].map((id) => new cloudfront.Distribution(stack, id, { defaultBehavior: { origin } }));
    fn.addEventSource(PushSource.distribution(siteIn(stack, 'Three'), { pathPattern: '/orders/*' }));
    expect(ofType(stack, 'AWS::Lambda::Url')).toHaveLength(1);
    expect(permissions(stack)).toHaveLength(6);
    const sources = permissions(stack).map(({ SourceArn }) => SourceArn);
    for (const { distributionArn } of sites) expect(sources).toContainEqual(stack.resolve(distributionArn));
  });

  test('a second function may stand in for one that fails', () => {
    const stack = stackWith();
    const [primaryOrigin, fallbackOrigin] = ['Orders', 'Returns'].map((id) => new FunctionOrigin(new EventFunction(stack, id, MINIMAL)));
    new cloudfront.Distribution(stack, 'Site', { defaultBehavior: { origin: new origins.OriginGroup({ primaryOrigin, fallbackOrigin }) } });
    expect(originsOf(stack)).toHaveLength(2);
    expect(permissions(stack)).toHaveLength(4);
  });
});

describe('permissions', () => {
  test('the distribution may do both that a URL asks for, on the alias', () => {
    const stack = siteOf();
    const common = {
      FunctionName: aliasRef(stack),
      Principal: 'cloudfront.amazonaws.com',
      SourceArn: {
        'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudfront::', { Ref: 'AWS::AccountId' }, ':distribution/', { Ref: only(stack, DISTRIBUTION).logicalId }]],
      },
    };
    expect(permissions(stack)).toEqual([
      { ...common, Action: 'lambda:InvokeFunctionUrl' },
      { ...common, Action: 'lambda:InvokeFunction' },
    ]);
  });

  test('a document has both', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, resourcePolicyMode: ResourcePolicyMode.DOCUMENT });
    fn.addEventSource(PushSource.distribution(siteIn(stack), { pathPattern: '/orders/*' }));
    const { Statement } = only(stack, 'AWS::Lambda::ResourcePolicy').Properties.PolicyDocument;
    expect(Statement.map(({ Action }: any) => Action)).toEqual(['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction']);
    expect(permissions(stack)).toEqual([]);
  });

  test('both are ways in which the function is invoked', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    const site = siteIn(stack);
    fn.addEventSource(PushSource.distribution(site, { pathPattern: '/orders/*' }));
    expect(stack.resolve(fn.invocationPaths())).toMatchObject(['Url', ''].map((of) => ({
      caller: 'cloudfront.amazonaws.com',
      source: stack.resolve(site.distributionArn),
      qualifier: 'live',
      statement: `Shop/Site/Origin2/AllowInvokeFunction${of}`,
    })));
  });

  test('nothing is kept of failed requests: viewers get an error', () => {
    Template.fromStack(siteTo()).resourceCountIs('AWS::SQS::Queue', 0);
  });
});

describe('validation', () => {
  test.each<[string, string, string]>([
    ['DistributionPathDefault', '*', "'pathPattern' must be a part of all paths, got \"*\"; give the distribution 'defaultBehavior: { origin: new FunctionOrigin(fn) }' for all paths [DistributionPathDefault at Shop/Site]"],
    ['DistributionPathMalformed', '', "'pathPattern' must be up to 255 letters, digits and signs such as /-_.*?, got \"\"; write it as '/api/*'"],
    ['DistributionPathMalformed', '/a b', 'got "/a b"'],
    ['DistributionPathMalformed', `/${'a'.repeat(255)}`, 'got "/aaa'],
  ])('fails if %s: %s', (code, pathPattern, message) => {
    const site = siteIn(stackWith());
    expect(() => PushSource.distribution(site, { pathPattern })).toThrow(message);
    expect(() => PushSource.distribution(site, { pathPattern })).toThrow(expect.objectContaining({ name: code }));
  });

  test('fails if a path is that of another function', () => {
    const stack = stackWith();
    const source = PushSource.distribution(siteIn(stack), { pathPattern: '/orders/*' });
    const [orders, returns] = ['Orders', 'Returns'].map((id) => new EventFunction(stack, id, MINIMAL));
    orders.addEventSource(source);
    expect(() => returns.addEventSource(source)).toThrow("'pathPattern' must be different for each function of a distribution, got \"/orders/*\"");
    expect(() => returns.addEventSource(source)).toThrow(expect.objectContaining({ name: 'DistributionPathTaken' }));
  });

  test.each<[string, lambda.FunctionUrlOptions, FunctionOriginOptions, string]>([
    ['FunctionOriginPublicUrl', { authType: NONE }, {}, "'authType' must be FunctionUrlAuthType.AWS_IAM for a URL behind a distribution, got \"NONE\""],
    ['FunctionOriginInvokeMode', { authType: AWS_IAM }, { invokeMode: lambda.InvokeMode.RESPONSE_STREAM }, "'invokeMode' must be BUFFERED, as of the URL that the function has, got \"RESPONSE_STREAM\""],
  ])('fails if %s', (code, url, options, message) => {
    const build = () => siteOf(options, (fn) => fn.addFunctionUrl(url));
    expect(build).toThrow(message);
    expect(build).toThrow(expect.objectContaining({ name: code }));
  });

  test.each<[string, (stack: Stack) => cloudfront.IOriginAccessControl, string]>([
    ['signs nothing', (stack) => new cloudfront.FunctionUrlOriginAccessControl(stack, 'Control', { signing: cloudfront.Signing.NEVER }), 'got "signing: never"'],
    ['is for buckets', (stack) => new cloudfront.S3OriginAccessControl(stack, 'Control'), 'got "s3"'],
  ])('fails if the access control %s', (_, control, message) => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    const originAccessControl = control(stack);
    expect(() => new FunctionOrigin(fn, { originAccessControl })).toThrow(`'originAccessControl' must be one that signs calls of functions, ${message}`);
    expect(() => new FunctionOrigin(fn, { originAccessControl })).toThrow(expect.objectContaining({ name: 'FunctionOriginUnsigned' }));
  });

  test('an access control that leaves signatures of viewers as they are is taken', () => {
    const stack = stackWith();
    const originAccessControl = new cloudfront.FunctionUrlOriginAccessControl(stack, 'Control', { signing: cloudfront.Signing.SIGV4_NO_OVERRIDE });
    expect(() => new FunctionOrigin(new EventFunction(stack, 'Orders', MINIMAL), { originAccessControl })).not.toThrow();
  });
});

describe('warnings', () => {
  const LONGER = "'timeout' must be at most 30 seconds for a function behind a distribution that waits no longer, got 31; viewers get an error of status 504 then, and GET and HEAD are tried again: shorten the timeout, or set 'readTimeout' of the origin [ack: cdk-event-functions:distribution-waits-long-enough]";

  test('a function that may take longer than CloudFront waits', () => {
    const timeout = Duration.seconds(31);
    Annotations.fromStack(siteOf({}, undefined, { timeout })).hasWarning('/Shop/Orders', LONGER);
    Annotations.fromStack(siteTo({}, { timeout })).hasWarning('/Shop/Orders', LONGER);
  });

  test.each<[string, FunctionOriginOptions]>([
    ['waits as long', { readTimeout: Duration.seconds(31) }],
    ['gets a stream', { invokeMode: lambda.InvokeMode.RESPONSE_STREAM }],
  ])('not if CloudFront %s', (_, options) => {
    Annotations.fromStack(siteOf(options, undefined, { timeout: Duration.seconds(31) })).hasNoWarning('*', Match.stringLikeRegexp('distribution'));
  });

  test('the host of the distribution, which URLs do not know', () => {
    const stack = siteTo({ originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER });
    Annotations.fromStack(stack).hasWarning('/Shop/Site', Match.stringLikeRegexp("'originRequestPolicy' must be OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER"));
    Annotations.fromStack(siteTo()).hasNoWarning('*', Match.stringLikeRegexp('Host'));
  });
});

test('tokens are never checked', () => {
  const stack = siteTo({ pathPattern: Lazy.string({ produce: () => '/later/*' }) });
  expect(configOf(stack).CacheBehaviors[0].PathPattern).toBe('/later/*');
});

test('an imported function gets its URL and the permissions in this stack', () => {
  const stack = stackWith({}, { env: { account: '111122223333', region: 'eu-west-1' } });
  const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:theirs';
  lambda.Function.fromFunctionArn(stack, 'Theirs', functionArn).addEventSource(PushSource.distribution(siteIn(stack), { pathPattern: '/theirs/*' }));
  expect(only(stack, 'AWS::Lambda::Url').Properties.TargetFunctionArn).toBe(functionArn);
  expect(permissions(stack).map(({ FunctionName }) => FunctionName)).toEqual([functionArn, functionArn]);
});

describe('of another stack', () => {
  test('a distribution has the permissions there, without a circle', () => {
    const app = new App();
    const [sites, service] = [new Stack(app, 'Sites'), new Stack(app, 'Service')];
    const fn = new EventFunction(service, 'Orders', MINIMAL);
    new cloudfront.Distribution(sites, 'Site', { defaultBehavior: { origin: new FunctionOrigin(fn) } });
    expect(permissions(sites).map(({ FunctionName }) => JSON.stringify(FunctionName))).toEqual(Array(2).fill(expect.stringContaining('Aliaslive')));
    expect(permissions(service)).toEqual([]);
    expect(ofType(service, 'AWS::Lambda::Url')).toHaveLength(1);
  });

  test('a distribution cannot be in a document', () => {
    const app = new App();
    const [sites, service] = [new Stack(app, 'Sites'), new Stack(app, 'Service')];
    const fn = new EventFunction(service, 'Orders', { ...MINIMAL, resourcePolicyMode: ResourcePolicyMode.DOCUMENT });
    expect(() => fn.addEventSource(PushSource.distribution(siteIn(sites), { pathPattern: '/orders/*' }))).toThrow('ResourcePolicyMode.PERMISSIONS');
  });

  test('fails for a distribution that is made in another Region', () => {
    const app = new App();
    const [sites, service] = [['Sites', 'us-east-1'], ['Service', 'eu-west-1']]
      .map(([id, region]) => new Stack(app, id, { env: { account: '111122223333', region }, crossRegionReferences: true }));
    const origin = new FunctionOrigin(new EventFunction(service, 'Orders', MINIMAL));
    const build = () => new cloudfront.Distribution(sites, 'Site', { defaultBehavior: { origin } });
    expect(build).toThrow("'env.region' must be 'eu-west-1', that of the function, for the stack of the distribution, got \"us-east-1\"; only the certificate and the web ACL");
  });
});

test('ids are a contract', () => {
  const ids = (stack: Stack, type: string) => Object.entries(resourcesOf(stack)).filter(([, { Type }]) => Type === type).map(([id]) => id);
  expect(ids(siteOf(), 'AWS::Lambda::Permission')).toEqual([
    'SiteOrigin1AllowInvokeFunctionUrl', 'SiteOrigin1AllowInvokeFunction',
  ].map((id) => expect.stringMatching(new RegExp(`^${id}[0-9A-F]{8}$`))));
  expect(only(siteOf(), 'AWS::Lambda::Url').logicalId).toBe('OrdersFunctionUrl8967AA01');
});

describe('the event', () => {
  const source = () => PushSource.distribution(siteIn(stackWith()), { pathPattern: '/orders/*' });

  test('is that of a function URL', () => {
    const event: LambdaFunctionURLEvent = distributionEvent();
    expect(event.headers.via).toContain('(CloudFront)');
    expect(event.requestContext).not.toHaveProperty('authorizer');
  });

  test('is of a path of the source, and has what is overridden', () => {
    const event = source().sampleEvent({ body: '{}', requestContext: { http: { method: 'PUT' } } });
    expect(event).toMatchObject({ rawPath: '/orders/value', body: '{}', requestContext: { http: { method: 'PUT', path: '/orders/value' } } });
    const image = PushSource.distribution(siteIn(stackWith()), { pathPattern: '*.jp?g' });
    expect(image.sampleEvent().rawPath).toBe('/value.jpvg');
    const later = PushSource.distribution(siteIn(stackWith()), { pathPattern: Lazy.string({ produce: () => '/later' }) });
    expect(later.sampleEvent().rawPath).toBe('/my/path');
  });

  test('is on the origin, too', () => {
    const origin = new FunctionOrigin(new EventFunction(stackWith(), 'Orders', MINIMAL));
    expect(origin.sampleEvent({ body: '{}' })).toEqual({ ...distributionEvent(), body: '{}' });
    expect(origin.sampleEvent()).toEqual(distributionEvent());
  });

  test('what it means is on the source and on the origin', () => {
    const meaning = { invocation: InvocationMode.SYNCHRONOUS, principal: 'cloudfront.amazonaws.com', conditionKeys: ['aws:SourceArn'] };
    expect(source().semantics).toMatchObject(meaning);
    expect(new FunctionOrigin(new EventFunction(stackWith(), 'Orders', MINIMAL)).semantics).toMatchObject(meaning);
  });
});
