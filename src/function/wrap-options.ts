import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ResourcePolicyMode } from '../permissions/resource-policy';

/** Options of a live alias around a function that is there already. */
export interface WrapOptions {
  /**
   * Name of the live alias: 1 to 128 letters, digits, hyphens and underscores; not digits only.
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
   * How the statements about who may invoke the live alias are rendered.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
   * @default ResourcePolicyMode.PERMISSIONS
   */
  readonly resourcePolicyMode?: ResourcePolicyMode;
}
