import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { appOf, findingsIn } from './findings';
import { EventFunction, ExecutionRole, ExecutionRoleProps } from '../../src';
import { MINIMAL, only, stackWith } from '../function/functions';

const trust = (stack: Stack) => only(stack, 'AWS::IAM::Role').Properties.AssumeRolePolicyDocument.Statement;

function roleWith(props?: ExecutionRoleProps, env = {}): Stack {
  const stack = stackWith({}, env);
  new ExecutionRole(stack, 'Role', props);
  return stack;
}

test('the template', () => {
  expect(Template.fromStack(roleWith()).toJSON()).toMatchSnapshot();
});

describe('trust policy', () => {
  test('Lambda may assume it for functions of this account', () => {
    expect(trust(roleWith())).toEqual([{
      Action: 'sts:AssumeRole',
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    }]);
  });

  test('the account is written out where it is known', () => {
    expect(trust(roleWith({}, { env: { account: '123456789012', region: 'eu-west-1' } }))[0].Condition)
      .toEqual({ StringEquals: { 'aws:SourceAccount': '123456789012' } });
  });

  test('the condition can be turned off', () => {
    expect(trust(roleWith({ restrictToAccount: false }))[0]).not.toHaveProperty('Condition');
  });

  test('other principals can be added, without the condition of Lambda', () => {
    const statements = trust(roleWith({ additionalPrincipals: [new iam.ServicePrincipal('edgelambda.amazonaws.com')] }));
    expect(statements).toHaveLength(2);
    expect(statements[1].Principal).toEqual({ Service: 'edgelambda.amazonaws.com' });
    expect(statements[1]).not.toHaveProperty('Condition');
  });
});

test('a boundary and a description reach the role', () => {
  const stack = stackWith();
  const boundary = iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess');
  new ExecutionRole(stack, 'Role', { permissionsBoundary: boundary, description: 'orders' });
  const { Properties } = only(stack, 'AWS::IAM::Role');
  expect(Properties.Description).toBe('orders');
  expect(JSON.stringify(Properties.PermissionsBoundary)).toContain('PowerUserAccess');
});

test('it starts with no permission', () => {
  const stack = roleWith();
  Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 0);
  expect(only(stack, 'AWS::IAM::Role').Properties.ManagedPolicyArns).toBeUndefined();
});

test('a deployer may pass the role to Lambda only', () => {
  const stack = stackWith();
  const deployer = new iam.User(stack, 'Deployer');
  const role = new ExecutionRole(stack, 'Role');
  role.grantPassRole(deployer);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [{
        Action: 'iam:PassRole',
        Effect: 'Allow',
        Resource: { 'Fn::GetAtt': [only(stack, 'AWS::IAM::Role').logicalId, 'Arn'] },
        Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
      }],
    },
  });
});

describe('trust policy, as the rules see it', () => {
  const ROLES: Record<string, ExecutionRoleProps> = {
    'by default': {},
    'for any account': { restrictToAccount: false },
    'for Lambda@Edge, too': { additionalPrincipals: [new iam.ServicePrincipal('edgelambda.amazonaws.com')] },
    'for a role, too': { additionalPrincipals: [new iam.ArnPrincipal('arn:aws:iam::123456789012:role/tester')] },
  };

  test.each(Object.entries(ROLES))('Lambda may assume it %s', (_, props) => {
    for (const env of [{}, { env: { account: '123456789012', region: 'eu-west-1' } }]) {
      const stack = stackWith({ 'cdk-event-functions:rules': false }, env);
      new EventFunction(stack, 'Orders', { ...MINIMAL, role: new ExecutionRole(stack, 'Role', props) });
      expect(findingsIn(appOf(stack))).toEqual([]);
    }
  });

  test('conditions of other principals stay theirs', () => {
    const other = new iam.ServicePrincipal('edgelambda.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': '111122223333' } } });
    const statements = trust(roleWith({ additionalPrincipals: [other] }));
    expect(statements.map(({ Condition }: any) => Condition.StringEquals['aws:SourceAccount'])).toEqual([{ Ref: 'AWS::AccountId' }, '111122223333']);
  });

  test('an empty list of principals is none', () => {
    expect(trust(roleWith({ additionalPrincipals: [] }))).toEqual(trust(roleWith()));
  });
});

test('the account is that of the stack which the role is in', () => {
  const app = new App();
  const nested = new NestedStack(new Stack(app, 'Shop', { env: { account: '123456789012', region: 'eu-west-1' } }), 'Nested');
  new ExecutionRole(nested, 'Role');
  expect(trust(nested)[0].Condition).toEqual({ StringEquals: { 'aws:SourceAccount': '123456789012' } });
});

test('CloudFront may assume the role of a function that it runs', () => {
  const stack = stackWith({ 'cdk-event-functions:rules': false }, { env: { account: '123456789012', region: 'us-east-1' } });
  const fn = new EventFunction(stack, 'Orders', MINIMAL);
  new cloudfront.Distribution(stack, 'Site', {
    defaultBehavior: {
      origin: new HttpOrigin('example.com'),
      edgeLambdas: [{ eventType: cloudfront.LambdaEdgeEventType.VIEWER_REQUEST, functionVersion: fn.currentVersion }],
    },
  });
  expect(trust(stack).map(({ Principal }: any) => Principal.Service)).toEqual(['lambda.amazonaws.com', 'edgelambda.amazonaws.com']);
});

test('the boundary of a scope applies', () => {
  const stack = stackWith();
  iam.PermissionsBoundary.of(stack).apply(iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'));
  new ExecutionRole(stack, 'Role');
  expect(JSON.stringify(only(stack, 'AWS::IAM::Role').Properties.PermissionsBoundary)).toContain('PowerUserAccess');
});

test('a role of ours is a role of the CDK: grants go to it', () => {
  const stack = stackWith();
  new s3.Bucket(stack, 'Bucket').grantRead(new ExecutionRole(stack, 'Role'));
  expect(only(stack, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement[0].Action).toEqual(['s3:GetObject*', 's3:GetBucket*', 's3:List*']);
});

test('the logical id is that of iam.Role', () => {
  const plain = stackWith();
  new iam.Role(plain, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  expect(only(roleWith(), 'AWS::IAM::Role').logicalId).toBe(only(plain, 'AWS::IAM::Role').logicalId);
});

test('a function can have a role that was made before it', () => {
  const stack = stackWith();
  const role = new ExecutionRole(stack, 'Role', { restrictToAccount: false });
  expect(new EventFunction(stack, 'Orders', { ...MINIMAL, role }).role).toBe(role);
});
