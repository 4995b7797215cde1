import * as path from 'path';
import { Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3n from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { MINIMAL, NEW_APP, NO_FLAGS, resourcesOf, stackWith, TemplateResource } from './functions';
import { built } from './images';
import { EventFunction, ImageEventFunction, NodejsEventFunction } from '../../src';

/**
 * The promise: rename the class on a live stack, and nothing is replaced.
 *
 * Each case is synthesized twice, with a class of the CDK and with ours. Every resource of the first
 * template must be in the second with the same logical id, the same type and the same values of the properties
 * whose change replaces it.
 */

type Props = Partial<lambda.FunctionProps>;
type IFunction = lambda.Function | EventFunction | ImageEventFunction | NodejsEventFunction;

interface Case {
  /** Props of the function; called once per template. */
  readonly props?: (stack: Stack) => Props;
  /** What the user's code does with the function afterwards. */
  readonly use?: (fn: IFunction, stack: Stack) => void;
}

const arn = (name: string) => `arn:aws:lambda:eu-west-1:123456789012:layer:${name}:1`;

const CASES: Record<string, Case> = {
  'the default': {},
  'layers': {
    props: (stack) => ({ layers: ['B', 'A'].map((name) => lambda.LayerVersion.fromLayerVersionArn(stack, name, arn(name))) }),
  },
  'layers of extensions': {
    props: () => ({
      insightsVersion: lambda.LambdaInsightsVersion.fromInsightVersionArn(arn('Insights')),
      paramsAndSecrets: lambda.ParamsAndSecretsLayerVersion.fromVersionArn(arn('Params')),
    }),
  },
  'environment': { props: () => ({ environment: { TABLE: 'orders', ALPHA: '1' } }), use: (fn) => fn.addEnvironment('MORE', '2') },
  'a VPC': { props: (stack) => ({ vpc: new ec2.Vpc(stack, 'Vpc'), allowAllOutbound: false }), use: (fn) => fn.connections.allowToAnyIpv4(ec2.Port.tcp(443)) },
  'a dead-letter queue': { props: () => ({ deadLetterQueueEnabled: true }) },
  'a dead-letter queue of the user': { props: (stack) => ({ deadLetterQueue: new sqs.Queue(stack, 'Dead') }) },
  'a dead-letter topic': { props: (stack) => ({ deadLetterTopic: new sns.Topic(stack, 'Dead') }) },
  'a log group': { props: (stack) => ({ logGroup: new logs.LogGroup(stack, 'Group') }) },
  'the deprecated log retention': { props: () => ({ logRetention: logs.RetentionDays.ONE_WEEK }) },
  'a custom role': {
    props: (stack) => ({ role: new iam.Role(stack, 'Mine', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }) }),
  },
  'initial policy and grants': {
    props: () => ({ initialPolicy: [new iam.PolicyStatement({ actions: ['sts:GetCallerIdentity'], resources: ['*'] })] }),
    use: (fn, stack) => new s3.Bucket(stack, 'Bucket').grantRead(fn),
  },
  'an encrypted environment, tracing, a name': {
    props: () => ({ functionName: 'orders', tracing: lambda.Tracing.ACTIVE, reservedConcurrentExecutions: 2, ephemeralStorageSize: undefined }),
  },
  'event sources as a prop': { props: (stack) => ({ events: [new SqsEventSource(new sqs.Queue(stack, 'Queue'))] }) },
  'event sources that are added': { use: (fn, stack) => fn.addEventSource(new SqsEventSource(new sqs.Queue(stack, 'Queue'))) },
  'bucket notifications': {
    use: (fn, stack) => new s3.Bucket(stack, 'Bucket').addEventNotification(s3.EventType.OBJECT_CREATED, new s3n.LambdaDestination(fn)),
  },
  'asynchronous settings': { props: (stack) => ({ onFailure: new SqsDestination(new sqs.Queue(stack, 'Failed')), maxEventAge: Duration.hours(1) }) },
  'permissions': { use: (fn) => fn.addPermission('Ses', { principal: new iam.ServicePrincipal('ses.amazonaws.com'), sourceAccount: '123456789012' }) },
  'a function URL': { use: (fn) => fn.addFunctionUrl() },
  'an alias called live': {
    use: (fn, stack) => fn.addAlias('live').addEventSource(new SqsEventSource(new sqs.Queue(stack, 'Queue'))),
  },
  'another alias and the current version': { use: (fn) => [fn.addAlias('canary'), fn.currentVersion.functionArn] },
  'another alias with all that an alias can have': {
    use: (fn, stack) => {
      const alias = fn.addAlias('canary', { retryAttempts: 1, onFailure: new SqsDestination(new sqs.Queue(stack, 'Failed')) });
      alias.addAutoScaling({ maxCapacity: 5 }).scaleOnUtilization({ utilizationTarget: 0.5 });
      alias.addFunctionUrl();
      alias.addEventSource(new SqsEventSource(new sqs.Queue(stack, 'Queue')));
      alias.addPermission('Ses', { principal: new iam.ServicePrincipal('ses.amazonaws.com'), sourceAccount: '123456789012' });
    },
  },
  'an escape hatch': { use: (fn) => (fn.node.defaultChild as lambda.CfnFunction).addPropertyOverride('Description', 'mine') },
  'a durable function': { props: () => ({ durableConfig: { executionTimeout: Duration.hours(1) } }) },
};

/** What only functions of zip archives can have. */
const ZIP_ONLY = ['layers', 'layers of extensions'];

const IMAGES: Record<string, Case> = {
  ...Object.fromEntries(Object.entries(CASES).filter(([name]) => !ZIP_ONLY.includes(name))),
  'an architecture': { props: () => ({ architecture: lambda.Architecture.ARM_64 }) },
  'the extension of Lambda Insights in the image': { props: () => ({ insightsVersion: lambda.LambdaInsightsVersion.VERSION_1_0_333_0 }) },
};

// The deprecated log retention warns, as it should.
beforeAll(() => jest.spyOn(console, 'warn').mockImplementation());
afterAll(() => jest.restoreAllMocks());

/**
 * Properties whose change replaces a resource, of those that a function brings along (lambda-facts, appendix C).
 *
 * Left out on purpose, see docs/decisions/0002: mappings, permissions and asynchronous settings move from `$LATEST` to
 * the alias. A mapping is updated in place. A permission and an asynchronous setting are replaced, which changes
 * nothing of the function and loses no event.
 */
const REPLACING: Record<string, readonly string[]> = {
  'AWS::Lambda::Function': ['FunctionName', 'PackageType', 'TenancyConfig'],
  'AWS::Lambda::EventSourceMapping': ['EventSourceArn', 'StartingPosition'],
  'AWS::Lambda::Alias': ['FunctionName', 'Name'],
  'AWS::ApplicationAutoScaling::ScalableTarget': ['ResourceId', 'ScalableDimension', 'ServiceNamespace'],
  'AWS::ApplicationAutoScaling::ScalingPolicy': ['PolicyName', 'ScalingTargetId'],
  'AWS::IAM::Role': ['RoleName', 'Path'],
  'AWS::IAM::Policy': [],
  'AWS::Logs::LogGroup': ['LogGroupName'],
  'AWS::SQS::Queue': ['QueueName', 'FifoQueue'],
  'AWS::SNS::Topic': ['TopicName', 'FifoTopic'],
  'AWS::ECR::Repository': ['RepositoryName'],
  'AWS::EC2::SecurityGroup': ['GroupName', 'GroupDescription', 'VpcId'],
};

/** The id of a version holds a hash of what it publishes, which is meant to change; the rest of the id is not. */
const withoutVersionHash = (id: string) => id.replace(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}$/, '$1');

function synthesize(make: (stack: Stack, props: Props) => IFunction, { props, use }: Case, context: Record<string, unknown>) {
  const stack = stackWith(context);
  const fn = make(stack, props?.(stack) ?? {});
  use?.(fn, stack);
  return Object.fromEntries(Object.entries(resourcesOf(stack)).map(([id, resource]) => [withoutVersionHash(id), resource]));
}

const plain = (stack: Stack, props: Props) => new lambda.Function(stack, 'Orders', { ...MINIMAL, ...props });
const ours = (stack: Stack, props: Props) => new EventFunction(stack, 'Orders', { ...MINIMAL, ...props });

const fromRepository = (stack: Stack) => lambda.DockerImageCode.fromEcr(new ecr.Repository(stack, 'Images', { imageTagMutability: ecr.TagMutability.IMMUTABLE }), { tagOrDigest: '1' });
type Code = (stack: Stack) => lambda.DockerImageCode;
const plainImage = (code: Code) => (stack: Stack, props: Props) => new lambda.DockerImageFunction(stack, 'Orders', { ...props, code: code(stack) });
const ourImage = (code: Code) => (stack: Stack, props: Props) => new ImageEventFunction(stack, 'Orders', { ...props, code: code(stack) });

const source = { runtime: MINIMAL.runtime, entry: path.join(__dirname, '../fixtures/handler/index.js') };
const plainNodejs = (stack: Stack, props: Props) => new NodejsFunction(stack, 'Orders', { ...source, ...props });
const ourNodejs = (stack: Stack, props: Props) => new NodejsEventFunction(stack, 'Orders', { ...source, ...props });
/** What is in the code plays no role here. */
const UNBUNDLED = { 'aws:cdk:bundling-stacks': [] };

describe.each([['without feature flags', NO_FLAGS], ['in a new app', NEW_APP]])('drop-in %s', (_, context) => {
  test.each(Object.entries(CASES))('%s', (__, example) => {
    compare(synthesize(plain, example, context), synthesize(ours, example, context));
  });

  test.each(Object.entries(CASES))('bundled: %s', (__, example) => {
    compare(synthesize(plainNodejs, example, { ...context, ...UNBUNDLED }), synthesize(ourNodejs, example, { ...context, ...UNBUNDLED }));
  });

  test.each(Object.entries(IMAGES))('an image that is built with the app: %s', (__, example) => {
    const [before, after] = [plainImage(() => built()), ourImage(() => built())].map((make) => synthesize(make, example, context));
    compare(before, after);
    // The tag is the hash of the asset: nothing is built anew.
    expect(after.OrdersA9B65338.Properties.Code).toEqual(before.OrdersA9B65338.Properties.Code);
  });

  test('an image in a repository of the app', () => {
    compare(synthesize(plainImage(fromRepository), {}, context), synthesize(ourImage(fromRepository), {}, context));
  });
});

function compare(before: Record<string, TemplateResource>, after: Record<string, TemplateResource>): void {
  expect(Object.keys(before).filter((id) => before[id].Type === 'AWS::Lambda::Function')).toContain('OrdersA9B65338');
  for (const [id, resource] of Object.entries(before)) {
    expect({ id, type: after[id]?.Type }).toEqual({ id, type: resource.Type });
    expect({ id, ...replacing(after[id]) }).toEqual({ id, ...replacing(resource) });
  }
}

function replacing({ Type, Properties }: TemplateResource) {
  return Object.fromEntries((REPLACING[Type] ?? []).map((name) => [name, Properties?.[name]]));
}

test.each([['an archive', ours, CASES], ['an image', ourImage(fromRepository), IMAGES]])('the function of %s depends on nothing that depends on it: the template can be deployed', (_, make, cases) => {
  for (const [name, example] of Object.entries(cases)) {
    for (const context of [NO_FLAGS, NEW_APP]) {
      expect({ name, circle: circle(synthesize(make, example, context)) }).toEqual({ name, circle: undefined });
    }
  }
});

/** A resource that depends on itself, by reference or `DependsOn`. */
function circle(resources: Record<string, TemplateResource>): string | undefined {
  const edges = new Map(Object.entries(resources).map(([id, resource]) => [id, Object.keys(resources).filter((other) =>
    other !== id && (JSON.stringify(resource).includes(`"${other}"`) || JSON.stringify(resource).includes(`\${${other}`)))]));
  const state = new Map<string, 'open' | 'done'>();
  const visit = (id: string): string | undefined => {
    if (state.get(id) === 'done') return undefined;
    if (state.get(id) === 'open') return id;
    state.set(id, 'open');
    for (const next of edges.get(id) ?? []) {
      const found = visit(next);
      if (found) return found;
    }
    state.set(id, 'done');
    return undefined;
  };
  for (const id of edges.keys()) {
    const found = visit(id);
    if (found) return found;
  }
  return undefined;
}
