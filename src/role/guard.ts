import { Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { asTextOfApp } from '../support/as-text';
import { mistake } from '../support/errors';

/** The function that each role works for alone, by the ARN of the role. Stages may go to accounts of their own. */
const guarded = new WeakMap<IConstruct, Map<string, IConstruct>>();

/**
 * Notes that a role works for one function only. Two such functions would shut each other out.
 *
 * One role may be there as several objects: imported twice, or with and without policy updates.
 */
export function guardRole(fn: IConstruct, role: iam.IRole): void {
  const stage = Stage.of(fn) ?? fn.node.root;
  const ofStage = guarded.get(stage) ?? new Map<string, IConstruct>();
  const arn = String(asTextOfApp(role.roleArn, role));
  const other = ofStage.get(arn);
  if (other && other !== fn) {
    throw mistake(fn, {
      code: 'RoleGuardedTwice',
      property: 'restrictRoleToFunction',
      allowed: 'true for one function of a role at most',
      got: `true for '${other.node.path}', too`,
      fix: 'give each function a role of its own, which it gets when role is left out',
    });
  }
  guarded.set(stage, ofStage.set(arn, fn));
}
