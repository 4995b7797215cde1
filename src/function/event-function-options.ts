import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { ResourcePolicyMode } from '../permissions/resource-policy';

/** What every event function may be told about its live alias, log group, role and resource policy. */
export interface EventFunctionOptions {
  /**
   * Name of the live alias.
   *
   * 1 to 128 letters, digits, hyphens and underscores; not digits only. Changing it replaces the alias, so that
   * callers who know the old ARN lose their target.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html
   * @default 'live'
   */
  readonly aliasName?: string;

  /**
   * Options of the live alias, for instance its provisioned concurrency.
   *
   * @default - the alias sends all traffic to the newest version
   */
  readonly aliasOptions?: lambda.AliasOptions;

  /**
   * How long the function's log events are kept.
   *
   * Not together with `logGroup` or the deprecated `logRetention`: set it on the log group there.
   *
   * @default RetentionDays.TWO_YEARS
   */
  readonly logGroupRetention?: logs.RetentionDays;

  /**
   * How the statements about who may invoke the live alias are rendered.
   *
   * Changing it on a live stack replaces all statements; invocations may be refused while that happens.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
   * @default ResourcePolicyMode.PERMISSIONS
   */
  readonly resourcePolicyMode?: ResourcePolicyMode;

  /**
   * Make what the execution role may do work for this function alone: a denial for the code of all other functions
   * that have the role.
   *
   * At most one function of a role. Calls that Lambda itself makes are not held to it, those for logs and traces aside.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
   * @default false
   */
  readonly restrictRoleToFunction?: boolean;

  /**
   * Leave the code of a function in a VPC what Lambda needs to connect it: to make, describe and delete network
   * interfaces.
   *
   * Without it the role that the function makes for itself denies that to the code, as AWS recommends. A role that is
   * handed in is never denied it.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-best-practice-security
   * @default false
   */
  readonly codeMayManageNetworkInterfaces?: boolean;
}
