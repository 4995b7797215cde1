import { fn, role, trusting } from './examples';
import { AppModel } from '../../model/app';
import { roleOf } from '../../model/iam/role';
import { trustsLambda } from '../../model/iam/trust';
import { Resource } from '../../model/resource';
import { Json } from '../../model/template';
import { Rule } from '../rule';
import { trustedInWords } from '../trusted';

const LAMBDA = 'lambda.amazonaws.com';
const ACCOUNT: Json = { Ref: 'AWS::AccountId' };

export const roleTrustsLambda: Rule = {
  id: 'role-trusts-lambda',
  title: 'Execution roles may be assumed by Lambda',
  severity: 'error',
  why: 'Lambda refuses the function: "The role defined for the function cannot be assumed by Lambda."',
  fix: 'let the service `lambda.amazonaws.com` do `sts:AssumeRole` in the trust policy of the role',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html',
  since: '0.1.0',

  valid: [
    { title: 'the usual trust policy', resources: { Orders: fn(), OrdersRole: role() } },
    { title: 'Lambda among others', resources: { Orders: fn(), OrdersRole: trusting({ Service: ['edgelambda.amazonaws.com', 'lambda.amazonaws.com'] }) } },
    { title: 'only for functions of the account', resources: { Orders: fn(), OrdersRole: trusting({ Service: 'lambda.amazonaws.com' }, { Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }) } },
    { title: 'only for one function', resources: { Orders: fn(), OrdersRole: trusting({ Service: 'lambda.amazonaws.com' }, { Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:lambda:*:*:function:orders' } } }) } },
    { title: 'a service that a parameter names', resources: { Orders: fn(), OrdersRole: trusting({ Service: { Ref: 'Service' } }) } },
    { title: 'whom a parameter names, perhaps everyone', resources: { Orders: fn(), OrdersRole: trusting({ AWS: { Ref: 'Principal' } }) } },
    { title: 'the domain of the partition', resources: { Orders: fn(), OrdersRole: trusting({ Service: { 'Fn::Sub': 'lambda.${AWS::URLSuffix}' } }) } },
    { title: 'a role that no function has', resources: { Role: trusting({ Service: 'ec2.amazonaws.com' }) } },
    { title: 'a role that is not ours', resources: { Orders: fn({ Role: 'arn:aws:iam::123456789012:role/orders' }), Role: trusting({ Service: 'ec2.amazonaws.com' }) } },
    { title: 'one of two roles', resources: { Orders: fn({ Role: { 'Fn::If': ['IsProd', { 'Fn::GetAtt': ['Role', 'Arn'] }, 'arn:aws:iam::123456789012:role/orders'] } }), Role: trusting({ Service: 'ec2.amazonaws.com' }) } },
  ],
  invalid: [
    { title: 'the role is for another service', at: 'OrdersRole/Properties/AssumeRolePolicyDocument', resources: { Orders: fn(), OrdersRole: trusting({ Service: 'ec2.amazonaws.com' }) } },
    { title: 'the role is for users of the account', at: 'OrdersRole/Properties/AssumeRolePolicyDocument', resources: { Orders: fn(), OrdersRole: trusting({ AWS: '123456789012' }) } },
    { title: 'the role is for the account, whichever that is', at: 'OrdersRole/Properties/AssumeRolePolicyDocument', resources: { Orders: fn(), OrdersRole: trusting({ AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } }) } },
    { title: 'two functions have the role', at: 'OrdersRole/Properties/AssumeRolePolicyDocument', resources: { Orders: fn(), Returns: fn(), OrdersRole: trusting({ Service: 'apigateway.amazonaws.com' }) } },
    { title: 'the role is for another function', at: 'OrdersRole/Properties/AssumeRolePolicyDocument', resources: { Orders: fn(), Returns: fn({ Role: 'arn:aws:iam::123456789012:role/returns' }), OrdersRole: trusting({ Service: 'lambda.amazonaws.com' }, { Condition: { ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': ['Returns', 'Arn'] } } } }) } },
    { title: 'only tags may be passed', at: 'OrdersRole/Properties/AssumeRolePolicyDocument', resources: { Orders: fn(), OrdersRole: trusting({ Service: 'lambda.amazonaws.com' }, { Action: 'sts:TagSession' }) } },
  ],

  * check(app) {
    for (const [executionRole, functions] of executionRoles(app)) {
      const refused = functions.find((one) => trustsLambda(executionRole, one) === 'no');
      if (!refused) continue;
      yield {
        resource: executionRole,
        path: 'Properties/AssumeRolePolicyDocument',
        message: `who may assume role ${executionRole.label} must be ${LAMBDA}, because ${refused.label} runs with it, got ${trustedInWords(executionRole, LAMBDA)}; add {"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}`,
      };
    }
  },
};

function executionRoles(app: AppModel): Map<Resource, Resource[]> {
  const found = new Map<Resource, Resource[]>();
  for (const one of app.ofType('AWS::Lambda::Function')) {
    const executionRole = roleOf(one);
    if (executionRole) found.set(executionRole, [...found.get(executionRole) ?? [], one]);
  }
  return found;
}
