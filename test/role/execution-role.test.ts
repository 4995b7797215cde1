import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
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

test('a function can have a role that was made before it', () => {
  const stack = stackWith();
  const role = new ExecutionRole(stack, 'Role', { restrictToAccount: false });
  expect(new EventFunction(stack, 'Orders', { ...MINIMAL, role }).role).toBe(role);
});
