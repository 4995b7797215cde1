import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ResourcePolicyMode } from '../permissions/resource-policy';
import { Release } from '../release/release';

/** What may be said about a live alias: of an event function, and of a function that is wrapped. */
export interface LiveAliasOptions {
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
   * How the traffic gets to a new version.
   *
   * What moves traffic in steps, tests it or watches it makes CodeDeploy resources below the construct `Release`; no other
   * resource changes. `cdk deploy` takes as long as the release does.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
   * @default Release.allAtOnce()
   */
  readonly release?: Release;

  /**
   * How the statements about who may invoke the live alias are rendered.
   *
   * Changing it on a live stack replaces all statements; invocations may be refused while that happens.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
   * @default ResourcePolicyMode.PERMISSIONS
   */
  readonly resourcePolicyMode?: ResourcePolicyMode;
}
