import { allow, fn, policy, role } from './examples';
import { PASS_ROLE_KEYS } from '../../limits/iam';
import { matches } from '../../model/iam/match';
import { policiesOf, roleOf } from '../../model/iam/role';
import { Condition, Statement } from '../../model/iam/statement';
import { literal, Text, textOf } from '../../model/iam/text';
import { Rule } from '../rule';

const PASS = 'iam:PassRole';
const ANY_ROLE = { id: 'any role', kind: 'any role' };

/**
 * A statement that allows all there is (`*`) is not meant: naming roles there would not help.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-pass-role-with-star-in-resource
 */
export const passRoleNamesRoles: Rule = {
  id: 'pass-role-names-roles',
  title: 'Functions may pass only the roles that they name',
  severity: 'error',
  why: 'whoever gets the function to run code of theirs can start something with any role of the account, that of an administrator, too',
  fix: 'name the roles in the statement, or the service that they go to in a condition on `iam:PassedToService`',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
  since: '0.1.0',

  valid: [
    { title: 'one role', resources: { Orders: fn(), OrdersRole: role([allow(PASS, 'arn:aws:iam::123456789012:role/worker')]) } },
    { title: 'roles of one service', resources: { Orders: fn(), OrdersRole: role([allow(PASS, '*', { Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } } })]) } },
    { title: 'roles with a tag', resources: { Orders: fn(), OrdersRole: role([allow(PASS, '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'orders' } } })]) } },
    { title: 'a condition that the deployment decides', resources: { Orders: fn(), OrdersRole: role([allow(PASS, '*', { Condition: { 'Fn::If': ['IsProd', {}, {}] } })]) } },
    { title: 'roles that a parameter names', resources: { Orders: fn(), OrdersRole: role([allow(PASS, { Ref: 'Roles' })]) } },
    { title: 'an administrator', resources: { Orders: fn(), OrdersRole: role([allow('*')]) } },
    { title: 'a role that no function has', resources: { Deployer: role([allow(PASS)]) } },
    { title: 'it is denied', resources: { Orders: fn(), OrdersRole: role([{ ...allow(PASS), Effect: 'Deny' }]) } },
  ],
  invalid: [
    { title: 'any role', at: 'OrdersRole/Properties/Policies/0/PolicyDocument', resources: { Orders: fn(), OrdersRole: role([allow(['ecs:RunTask', PASS])]) } },
    { title: 'any role of the account', at: 'Policy/Properties/PolicyDocument', resources: { Orders: fn(), OrdersRole: role(), Policy: policy([allow(PASS, { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*' })]) } },
    { title: 'any role, from one address', at: 'OrdersRole/Properties/Policies/0/PolicyDocument', resources: { Orders: fn(), OrdersRole: role([allow(PASS, '*', { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } })]) } },
    { title: 'all that there is in IAM', at: 'OrdersRole/Properties/Policies/0/PolicyDocument', resources: { Orders: fn(), OrdersRole: role([allow('iam:*')]) } },
    { title: 'a managed policy of two functions', at: 'Policy/Properties/PolicyDocument', resources: { Orders: fn(), OrdersRole: role([], { ManagedPolicyArns: [{ Ref: 'Policy' }] }), Returns: fn({ Role: { 'Fn::GetAtt': ['ReturnsRole', 'Arn'] } }), ReturnsRole: role([], { ManagedPolicyArns: [{ Ref: 'Policy' }] }), Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: allow('iam:Pass*') } } } } },
  ],

  * check(app) {
    const roles = new Set(app.ofType('AWS::Lambda::Function').flatMap((one) => roleOf(one) ?? []));
    const found = new Map<string, Statement>();
    for (const statement of [...roles].flatMap((one) => policiesOf(one).statements).filter(passesAny)) {
      const { resource: { stack, logicalId }, path } = statement;
      found.set([stack.path, logicalId, path].join(' '), statement);
    }
    for (const { resource, path } of found.values()) {
      yield { resource, path, message: 'the roles that a function may pass must be named, or the service that they go to, got iam:PassRole on any role' };
    }
  },
};

function passesAny({ resource, effect, action, target, conditions }: Statement): boolean {
  if (effect !== 'Allow' || action.negated || target.negated || conditions.some(isAboutTheRole)) return false;
  const passes = action.patterns.some((pattern) => literal(pattern)?.startsWith('iam:') && matches(pattern, [PASS.toLowerCase()]) === 'yes');
  if (!passes) return false;
  const anyRole: Text = [...textOf({ 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/' }, resource.stack), ANY_ROLE];
  return target.patterns.some((pattern) => matches(pattern, anyRole) === 'yes');
}

/** Whether a condition says which roles, or to whom; one that the deployment decides may say that. */
function isAboutTheRole({ key }: Condition): boolean {
  return key === '' || PASS_ROLE_KEYS.test(key);
}
