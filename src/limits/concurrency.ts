import { Range } from './range';

/** Reserved concurrency of a function: 0 throttles every invocation. The account's quota bounds it above. */
export const RESERVED_CONCURRENCY: Range = {
  min: 0,
  max: Infinity,
  unit: 'concurrent executions',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html',
};

/** Provisioned concurrency of one alias or version. */
export const PROVISIONED_CONCURRENCY: Range = {
  min: 1,
  max: Infinity,
  unit: 'concurrent executions',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_PutProvisionedConcurrencyConfig.html',
};

/**
 * Concurrent executions that an account has in each Region, if AWS neither raised the quota nor, for a new account, begins lower.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const DEFAULT_CONCURRENCY_QUOTA = 1000;

/**
 * What must be left to functions without a reservation; all of the quota, where that is less. AWS documents the 100. Accounts
 * with a quota of 10 or 50 are refused with these numbers in place of it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 * @see https://github.com/aws-samples/s3-to-lambda-patterns/issues/36 (a quota of 50)
 * @see https://github.com/awslabs/fhir-works-on-aws-deployment/issues/691 (a quota of 10)
 */
export const LEAST_UNRESERVED_CONCURRENCY = 100;
