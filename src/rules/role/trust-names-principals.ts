import { fn, trusting } from './examples';
import { roleOf } from '../../model/iam/role';
import { Statement, statementsAt } from '../../model/iam/statement';
import { allows, isForAnyone } from '../permissions/statements';
import { Rule } from '../rule';

const AT = 'OrdersRole/Properties/AssumeRolePolicyDocument';

/** Any condition silences the rule: who is left, only IAM tells. */
export const trustNamesPrincipals: Rule = {
  id: 'trust-names-principals',
  title: 'Execution roles name who may assume them',
  severity: 'error',
  why: 'everyone who has an AWS account can take on the role, and do what the function may do',
  fix: 'name `lambda.amazonaws.com`, and accounts or roles where others need it',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  since: '0.1.0',

  valid: [
    { title: 'Lambda', resources: { Orders: fn(), OrdersRole: trusting({ Service: 'lambda.amazonaws.com' }) } },
    { title: 'everyone of an organization', resources: { Orders: fn(), OrdersRole: trusting('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }) } },
    { title: 'whom a parameter names', resources: { Orders: fn(), OrdersRole: trusting({ AWS: { Ref: 'Principal' } }) } },
    { title: 'a role that no function has', resources: { Role: trusting('*') } },
    { title: 'a denial', resources: { Orders: fn(), OrdersRole: trusting('*', { Effect: 'Deny' }) } },
  ],
  invalid: [
    { title: 'everyone', at: AT, resources: { Orders: fn(), OrdersRole: trusting('*') } },
    { title: 'everyone among others', at: AT, resources: { Orders: fn(), OrdersRole: trusting({ Service: 'lambda.amazonaws.com', AWS: ['123456789012', '*'] }, { Action: 'sts:*' }) } },
  ],

  * check(app) {
    const roles = new Set(app.ofType('AWS::Lambda::Function').flatMap((one) => roleOf(one) ?? []));
    for (const resource of roles) {
      if (!statementsAt(resource, 'AssumeRolePolicyDocument').some(isForEveryone)) continue;
      yield { resource, path: 'Properties/AssumeRolePolicyDocument', message: `who may assume role ${resource.label} must be named, got everyone (*) without a condition` };
    }
  },
};

function isForEveryone(statement: Statement): boolean {
  return allows(statement, 'sts:AssumeRole') && isForAnyone(statement) && statement.conditions.length === 0;
}
