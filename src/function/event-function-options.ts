import * as logs from 'aws-cdk-lib/aws-logs';
import { LiveAliasOptions } from './live-alias-options';

/** What every event function may be told about its live alias, log group, role and resource policy. */
export interface EventFunctionOptions extends LiveAliasOptions {
  /**
   * How long the function's log events are kept.
   *
   * Not together with `logGroup` or the deprecated `logRetention`: set it on the log group there.
   *
   * @default RetentionDays.TWO_YEARS
   */
  readonly logGroupRetention?: logs.RetentionDays;

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
