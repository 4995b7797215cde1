import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { matchesPattern } from './patterns';
import { PASS_ROLE_KEYS } from '../limits/iam';
import { mistake } from '../support/errors';

/**
 * Refuses a statement that lets a function hand any role to any service: with it the function can become
 * administrator.
 *
 * The rule `pass-role-names-roles` looks for the same in the finished app, where names are known that are tokens here.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export function checkPassRole(role: IConstruct, statement: iam.PolicyStatement): void {
  const { effect, actions, resources, conditions } = statement;
  const anyRole = resources.find((resource) => ANY_ROLE.test(resource));
  const passing = actions.find((action) => !Token.isUnresolved(action) && action !== '*' && matchesPattern(action, 'iam:PassRole'));
  if (effect !== iam.Effect.ALLOW || passing === undefined || anyRole === undefined || isNarrowed(conditions)) return;
  throw mistake(role, {
    code: 'PassRoleOnEverything',
    property: 'resources',
    allowed: `the ARNs of the roles that may be handed on, for '${passing}'`,
    got: anyRole,
    fix: 'use grantPassRole() of the role in question: it names the role and the service',
  });
}

/** `*`, `arn:aws:iam::*:role/*`. Of an account that is named, only the finished app tells whether it is the own one. */
const ANY_ROLE = /^(\*+|arn:[^:]*:iam::\*:(role\/)?\*+)$/;

/** Whether conditions say which roles, or to whom. */
function isNarrowed(conditions: Record<string, unknown>): boolean {
  return Object.values(conditions).some((tests) => Token.isUnresolved(tests) || Object.keys(tests as object).some((key) => PASS_ROLE_KEYS.test(key)));
}
