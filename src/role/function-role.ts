import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ExecutionRole } from './execution-role';
import { insteadOf } from './replaced-policies';

/**
 * The role that a function makes for itself: an AWS managed policy that the CDK attaches for a feature becomes the
 * statement of that feature. Not exported: users see an `iam.IRole`.
 */
export class FunctionRole extends ExecutionRole {
  public addManagedPolicy(policy: iam.IManagedPolicy): void {
    const statement = insteadOf(policy, Stack.of(this));
    if (statement) this.addToPrincipalPolicy(statement);
    else super.addManagedPolicy(policy);
  }
}
