import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { mistake } from '../support/errors';

/**
 * Refuses a statement that lets a function hand any role to any service: with it the function can become
 * administrator.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export function checkPassRole(role: IConstruct, statement: iam.PolicyStatement): void {
  if (statement.effect !== iam.Effect.ALLOW || !statement.resources.includes('*')) return;
  const passing = statement.actions.find((action) => !Token.isUnresolved(action) && /^iam:(\*|p\*|pa.*\*|passrole)$/i.test(action));
  if (passing === undefined) return;
  throw mistake(role, {
    code: 'PassRoleOnEverything',
    property: 'resources',
    allowed: `the ARNs of the roles that may be handed on, for '${passing}'`,
    got: '*',
    fix: 'use grantPassRole() of the role in question: it names the role and the service',
  });
}
