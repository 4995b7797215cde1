import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ResourcePolicy, ResourcePolicyMode } from '../permissions/resource-policy';
import { ProvisionedConcurrency } from '../release/aliases/provisioned-concurrency';

/** What an alias is made of; its function made and checked it. */
export interface AliasParts {
  readonly aliasName: string;
  readonly version: lambda.IVersion;
  readonly options: lambda.AliasOptions;
  readonly provisionedConcurrency?: ProvisionedConcurrency;
  /** The resource policy that is there already; none for an alias that gets its own. */
  readonly resourcePolicy?: ResourcePolicy;
  readonly resourcePolicyMode?: ResourcePolicyMode;
}
