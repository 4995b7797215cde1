import { FeatureFlags } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { USE_CDK_MANAGED_LAMBDA_LOGGROUP } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { mistake } from '../support/errors';

/** The props that decide where a function logs. */
export interface LogChoice extends lambda.FunctionOptions {
  readonly logGroupRetention?: logs.RetentionDays;
}

/** CloudFormation knows no value for "for ever"; leaving the property out means it. */
const FOREVER = undefined;

/**
 * The log group of a function when it can be made before the function: the user's, or one of ours.
 *
 * `undefined` when the CDK makes the group, named after the function (see `applyRetention`). Ours has a generated
 * name, since `/aws/lambda/<function>` of a function that has run already exists outside the stack.
 */
export function logGroupBefore(scope: Construct, props: LogChoice): logs.ILogGroupRef | undefined {
  checkRetention(scope, props);
  if (props.logGroup || madeByCdk(scope, props)) return props.logGroup;
  return new logs.LogGroup(scope, 'LogGroup', {
    retention: props.logGroupRetention,
    removalPolicy: props.logRemovalPolicy,
  });
}

/** Sets the retention of the log group that the CDK made for a function, where it made one and was asked to. */
export function applyRetention(fn: lambda.Function, retention?: logs.RetentionDays): void {
  const group = fn.node.tryFindChild('LogGroup')?.node.defaultChild;
  if (retention === undefined || !(group && logs.CfnLogGroup.isCfnLogGroup(group))) return;
  group.retentionInDays = retention === logs.RetentionDays.INFINITE ? FOREVER : retention;
}

/** Whether the CDK makes a log group of the function's name: by feature flag, or for the deprecated `logRetention`. */
function madeByCdk(scope: Construct, props: LogChoice): boolean {
  return props.logRetention !== undefined || FeatureFlags.of(scope).isEnabled(USE_CDK_MANAGED_LAMBDA_LOGGROUP) === true;
}

function checkRetention(scope: Construct, { logGroupRetention, logGroup, logRetention }: LogChoice): void {
  if (logGroupRetention === undefined || (logGroup === undefined && logRetention === undefined)) return;
  throw mistake(scope, {
    code: 'RetentionGivenTwice',
    property: 'logGroupRetention',
    allowed: `left out when '${logGroup ? 'logGroup' : 'logRetention'}' is given`,
    got: logGroupRetention,
    fix: logGroup ? 'set the retention on the log group itself' : "drop 'logRetention', which is deprecated",
  });
}
