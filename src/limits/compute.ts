import { Range } from './range';

/** Memory of a function on default compute. */
export const MEMORY: Range = {
  min: 128,
  max: 10_240,
  unit: 'MB',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
};

/** The most memory that a function can have at all: on Lambda Managed Instances (a capacity provider). */
export const MEMORY_WITH_CAPACITY_PROVIDER: Range = {
  min: 128,
  max: 32_768,
  unit: 'MB',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-scaling.html',
};

/** Timeout of a function on default compute. */
export const TIMEOUT: Range = {
  min: 1,
  max: 900,
  unit: 'seconds',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html',
};

/**
 * Timeout of a function that is given none, in seconds.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
 */
export const DEFAULT_TIMEOUT = 3;

/** The longest timeout at all: asynchronous and polled invocations on Lambda Managed Instances. */
export const TIMEOUT_WITH_CAPACITY_PROVIDER: Range = {
  min: 1,
  max: 5_400,
  unit: 'seconds',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html',
};
