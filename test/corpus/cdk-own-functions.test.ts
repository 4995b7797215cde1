import { KubectlV34Layer } from '@aws-cdk/lambda-layer-kubectl-v34';
import { App, AppProps, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as deployment from 'aws-cdk-lib/aws-s3-deployment';
import * as notifications from 'aws-cdk-lib/aws-s3-notifications';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId, Provider } from 'aws-cdk-lib/custom-resources';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { readAssembly } from '../../src/assembly/read-assembly';
import { functionPackages } from '../../src/model/function-package';
import { CATALOG } from '../../src/rules/catalog';
import { tempFolder } from '../fixtures/temp-folder';

/**
 * Packages that nobody here made: the functions that constructs of the CDK bring along for purposes of their own, which run
 * in thousands of accounts. Nothing may be found about what is in them.
 */

function appOf(context: AppProps['context']): App {
  const app = new App({ context, outdir: tempFolder() });
  const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
  const bucket = new s3.Bucket(stack, 'Bucket', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY });
  bucket.addObjectCreatedNotification(new notifications.SqsDestination(new sqs.Queue(stack, 'Queue')));
  new deployment.BucketDeployment(stack, 'Site', { destinationBucket: bucket, sources: [deployment.Source.data('index.html', '<p>')] });
  new ecr.Repository(stack, 'Images', { emptyOnDelete: false, removalPolicy: RemovalPolicy.DESTROY });
  new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, replicationRegions: ['eu-central-1'] });
  new AwsCustomResource(stack, 'Call', {
    onCreate: { service: 'SSM', action: 'getParameter', parameters: { Name: 'x' }, physicalResourceId: PhysicalResourceId.of('x') },
    policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }),
  });
  const handler = new lambda.Function(stack, 'OnEvent', {
    runtime: lambda.Runtime.PYTHON_3_13,
    handler: 'index.handler',
    code: lambda.Code.fromInline('def handler(event, context): return event'),
  });
  new Provider(stack, 'Provider', { onEventHandler: handler, isCompleteHandler: handler, queryInterval: Duration.minutes(1) });
  new logs.LogRetention(stack, 'Retention', { logGroupName: '/x', retention: logs.RetentionDays.ONE_DAY });
  new iam.OpenIdConnectProvider(stack, 'Oidc', { url: 'https://example.com' });
  const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: true });
  const zone = new route53.PublicHostedZone(stack, 'Zone', { zoneName: 'example.com' });
  const delegationRole = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::444455556666:role/delegation');
  new route53.CrossAccountZoneDelegationRecord(stack, 'Delegation', { delegatedZone: zone, parentHostedZoneName: 'com', delegationRole });
  const sum = new tasks.EvaluateExpression(stack, 'Sum', { expression: '$.a + $.b' });
  new stepfunctions.StateMachine(stack, 'Machine', { definitionBody: stepfunctions.DefinitionBody.fromChainable(sum) });
  new eks.Cluster(stack, 'Cluster', { vpc, version: eks.KubernetesVersion.V1_31, kubectlLayer: new KubectlV34Layer(stack, 'Kubectl') });
  return app;
}

describe.each([['no feature flags', {}], ['the recommended feature flags', recommendedFlags]])('with %s', (_, context) => {
  const app = appOf(context);
  const model = readAssembly(app.synth({ skipValidation: true }).directory);

  test('their packages were looked into', () => {
    const opened = functionPackages(model).filter(({ parts }) => parts[0].contents?.kind === 'opened');
    expect(opened.length).toBeGreaterThanOrEqual(15);
    const layers = functionPackages(model).flatMap(({ parts }) => parts.filter(({ kind, contents }) => kind === 'layer' && contents?.kind === 'opened'));
    expect(layers.length).toBeGreaterThan(0);
  });

  test('nothing is found about what is in them', () => {
    const rules = CATALOG.filter(({ id }) => /handler|bootstrap|archive|layer|native|file|inline|image|code/.test(id));
    expect(rules.length).toBeGreaterThan(5);
    const found = rules.flatMap((rule) => [...rule.check(model)].map(({ resource, message }) => `${rule.id} ${resource.label}: ${message}`));
    expect(found).toEqual([]);
  });

  test('and most of them are known to start', () => {
    const verdicts = functionPackages(model).map(({ fn, verdict }) => `${fn.label}: ${verdict.kind}`);
    expect(verdicts.filter((verdict) => verdict.endsWith('starts')).length).toBeGreaterThan(verdicts.length / 2);
  });
});
