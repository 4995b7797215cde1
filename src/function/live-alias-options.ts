import * as lambda from 'aws-cdk-lib/aws-lambda';
import { TrafficProfile } from '../concurrency/traffic-profile';
import { ResourcePolicyMode } from '../permissions/resource-policy';
import { ProvisionedConcurrency } from '../release/aliases/provisioned-concurrency';
import { Release } from '../release/shift/release';

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
   * Options of the live alias, for instance its description.
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
   * How many environments of the live alias are kept ready: a number, a schedule, or as many as the load asks for.
   *
   * Not with `additionalVersions`, SnapStart or tenant isolation, which Lambda refuses, and not with
   * `aliasOptions.provisionedConcurrentExecutions`. All aliases of a function together have at most its reserved concurrency.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
   * @default - environments start when they are needed
   */
  readonly provisionedConcurrency?: ProvisionedConcurrency;

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
   * How many versions to keep: with each new version, older ones are deleted that nothing uses.
   *
   * 2 to 1,000 versions (a whole number), counted from the newest, failed deployments included. Besides these, all are kept
   * that an alias points at, also with a weight while a deployment shifts traffic, or has pointed at before this
   * deployment; that have provisioned concurrency, an event source mapping or a resource policy of their own; and that have
   * durable executions running. Who names a version by number and is none of these, such as a role that may invoke it, is
   * not seen: give it an alias.
   *
   * A function of this library in your stack does this as part of a deployment, which never fails because of it. The first
   * deployment deletes nothing, and one deployment deletes at most 100 versions. A deployment that is rolled back
   * finds the version that it goes back to; so there are at least 2. After several deployments with `--no-rollback` it goes
   * back further: keep as many more.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
   * @default - all versions are kept, until their code fills the storage of the account
   */
  readonly keepVersions?: number;

  /**
   * Values by name that publish a new version when they change, besides code and configuration: as `addVersionInput()`.
   *
   * They are no secrets: their hash, and what the deployment decides, is added to the description of the function.
   *
   * @default - code and configuration alone decide
   */
  readonly versionInputs?: { [name: string]: string };

  /**
   * The traffic that the function is expected to have. At synthesis it is compared with the function's reserved and
   * provisioned concurrency, the timeout and the sources that Lambda polls; without a reservation also with the quota of the
   * account, less what the app reserves and provisions for others.
   *
   * Refuses traffic that the function surely cannot serve; warns of bursts and of what is held back by a source.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
   * @default - nothing is compared
   */
  readonly traffic?: TrafficProfile;
}
