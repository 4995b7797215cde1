import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { readAssembly } from '../../../src/assembly/read-assembly';
import { AppModel } from '../../../src/model/app';
import { JsonObject } from '../../../src/model/template';
import { CATALOG } from '../../../src/rules/catalog';
import { alias, fn, numberOf, ORDERS, ORDERS_ARN, provisioned, rule, version } from '../../../src/rules/release/examples';
import { tempFolder } from '../../fixtures/temp-folder';
import { appOf, stackOf } from '../../model/app-of';

/** Rules of this topic, which are about relations that examples of one template do not show. */
const RULES = CATALOG.filter(({ id }) => /^(alias|async|weighted|provisioned|scaling|snapstart|tenant|shifted|traffic)-/.test(id));

function findings(app: AppModel): string[] {
  return RULES.flatMap(({ id, check }) => [...check(app)].map(({ resource }) => `${id} at ${resource.label}`));
}

const EXPORTED = {
  outputs: {
    Name: { Value: { Ref: 'Orders' }, Export: { Name: 'Orders' } },
    Number: { Value: numberOf('V1'), Export: { Name: 'Number' } },
  },
};

/** An alias in another stack than its function. */
function elsewhere(properties: JsonObject = {}): JsonObject {
  return alias({ 'Fn::ImportValue': 'Number' }, { FunctionName: { 'Fn::ImportValue': 'Orders' }, ...properties });
}

describe('across stacks', () => {
  const apart = (resources: JsonObject, other: JsonObject) => findings(new AppModel([stackOf(resources, EXPORTED), stackOf(other, { name: 'Other' })]));

  test('two aliases of one name are found', () => {
    expect(apart({ Orders: ORDERS, V1: version(), Live: alias(numberOf('V1')) }, { Second: elsewhere() })).toEqual(['alias-names-differ at Second']);
  });

  test('conditions of one name are not the same', () => {
    expect(apart({ Orders: ORDERS, V1: version(), Live: { ...alias(numberOf('V1')), Condition: 'A' } }, { Second: { ...elsewhere(), Condition: 'A' } })).toEqual([]);
  });

  test('what is provisioned in all of them is summed up', () => {
    const reserved = fn({ ReservedConcurrentExecutions: 9 });
    expect(apart({ Orders: reserved, V1: version(), Live: alias('1', provisioned(5)) }, { Second: elsewhere({ Name: 'beta', ...provisioned(5) }) })).toEqual(['provisioned-fits-reserved at Orders']);
  });

  test('a version and its alias are held together', () => {
    expect(apart({ Orders: ORDERS, V1: version(provisioned()) }, { Second: elsewhere(provisioned()) })).toEqual(['provisioned-once-per-version at Second', 'provisioned-is-on-alias at V1']);
  });
});

describe('provisioned concurrency that nothing calls', () => {
  const BASE = { Orders: ORDERS, V1: version(), Live: alias(numberOf('V1'), provisioned()), Nightly: rule(ORDERS_ARN) };
  const identity = (resource: JsonObject): JsonObject => ({ Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: 'Call', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: resource }] } }] } });

  test('is found', () => {
    expect(findings(appOf(BASE))).toEqual(['provisioned-alias-is-called at Live']);
  });

  test.each<[string, JsonObject]>([
    ['it is called beside', { Hourly: rule({ Ref: 'Live' }) }],
    ['a role of the app may call all of the function', { Caller: identity({ 'Fn::Sub': '${Orders.Arn}:*' }) }],
    ['a function URL is of the alias', { Url: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: ORDERS_ARN, Qualifier: 'live', AuthType: 'AWS_IAM' } } }],
  ])('is none where %s', (_, more) => {
    expect(findings(appOf({ ...BASE, ...more }))).toEqual([]);
  });

  test('is found although a role of the app may call the function without a qualifier', () => {
    expect(findings(appOf({ ...BASE, Caller: identity(ORDERS_ARN) }))).toEqual(['provisioned-alias-is-called at Live']);
  });
});

test('a name that CloudFormation makes has no underscore, so that no managed policy for CodeDeploy is about it', () => {
  const hooks = findings(appOf({
    Orders: ORDERS,
    V1: { ...version(), DeletionPolicy: 'Retain' },
    Live: { ...alias(numberOf('V1')), UpdatePolicy: { CodeDeployLambdaAliasUpdate: { ApplicationName: 'shop', DeploymentGroupName: { Ref: 'Group' }, BeforeAllowTrafficHook: { Ref: 'Hook' } } } },
    Group: { Type: 'AWS::CodeDeploy::DeploymentGroup', Properties: { ApplicationName: 'shop', ServiceRoleArn: { 'Fn::GetAtt': ['Deployer', 'Arn'] } } },
    Deployer: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambda'] } },
    Hook: fn(),
  }));
  expect(hooks).toEqual(['traffic-hook-may-be-invoked at Live']);
});

describe('apps of the CDK', () => {
  function stackWith(build: (stack: Stack, orders: lambda.Function) => void, props: Partial<lambda.FunctionProps> = {}): string[] {
    const app = new App({ outdir: tempFolder() });
    const stack = new Stack(app, 'Shop');
    build(stack, functionIn(stack, 'Orders', props));
    return findings(readAssembly(app.synth({ skipValidation: true }).directory));
  }

  function functionIn(stack: Stack, id: string, props: Partial<lambda.FunctionProps> = {}): lambda.Function {
    const bucket = s3.Bucket.fromBucketName(stack, `${id}Code`, 'assets');
    return new lambda.Function(stack, id, { runtime: lambda.Runtime.JAVA_21, handler: 'shop.Orders', code: lambda.Code.fromBucketV2(bucket, 'orders.jar'), ...props });
  }

  const retained = { currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN } };

  test('have nothing to be found where CodeDeploy shifts traffic, with hooks', () => {
    expect(stackWith((stack, orders) => {
      new codedeploy.LambdaDeploymentGroup(stack, 'Group', { alias: orders.addAlias('live'), preHook: functionIn(stack, 'Check'), postHook: functionIn(stack, 'Smoke') });
    }, retained)).toEqual([]);
  });

  test('have nothing to be found where provisioned concurrency is scaled within what is reserved', () => {
    expect(stackWith((stack, orders) => {
      const live = orders.addAlias('live', { provisionedConcurrentExecutions: 2 });
      live.addAutoScaling({ minCapacity: 1, maxCapacity: 10 }).scaleOnUtilization({ utilizationTarget: 0.7 });
      new events.Rule(stack, 'Nightly', { schedule: events.Schedule.rate(Duration.days(1)), targets: [new targets.LambdaFunction(live)] });
    }, { reservedConcurrentExecutions: 10 })).toEqual([]);
  });

  test('have what goes beyond found', () => {
    expect(stackWith((stack, orders) => {
      orders.addAlias('live', { provisionedConcurrentExecutions: 11 }).addAutoScaling({ maxCapacity: 12 });
      new events.Rule(stack, 'Nightly', { schedule: events.Schedule.rate(Duration.days(1)), targets: [new targets.LambdaFunction(orders)] });
    }, { reservedConcurrentExecutions: 10, snapStart: lambda.SnapStartConf.ON_PUBLISHED_VERSIONS })).toEqual([
      'provisioned-fits-reserved at Shop/Orders', 'provisioned-alias-is-called at Shop/Orders/Aliaslive', 'scaling-fits-reserved at Shop/Orders/Aliaslive/AliasScaling/Target',
      'snapstart-is-not-provisioned at Shop/Orders/Aliaslive', 'snapstart-version-is-called at Shop/Orders',
    ]);
  });

  test('have weights between a version that goes and itself found', () => {
    expect(stackWith((_, orders) => {
      orders.addAlias('live', { additionalVersions: [{ version: orders.currentVersion, weight: 0.1 }] });
      orders.latestVersion.addAlias('beta', { additionalVersions: [{ version: orders.currentVersion, weight: 0.1 }] });
    })).toEqual(['weighted-versions-are-published at Shop/Orders/$LATEST/Aliasbeta', 'weighted-versions-differ at Shop/Orders/Aliaslive', 'shifted-versions-are-retained at Shop/Orders/CurrentVersion']);
  });
});
