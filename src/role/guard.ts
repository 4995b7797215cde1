import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { mistake } from '../support/errors';

/** The function that each role works for alone. */
const guarded = new WeakMap<iam.IRole, IConstruct>();

/** Notes that a role works for one function only. Two such functions would shut each other out. */
export function guardRole(fn: IConstruct, role: iam.IRole): void {
  const other = guarded.get(role);
  if (other && other !== fn) {
    throw mistake(fn, {
      code: 'RoleGuardedTwice',
      property: 'restrictRoleToFunction',
      allowed: 'true for one function of a role at most',
      got: `true for '${other.node.path}', too`,
      fix: 'give each function a role of its own, which it gets when role is left out',
    });
  }
  guarded.set(role, fn);
}
