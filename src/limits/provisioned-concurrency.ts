import { Range } from './range';

/** Provisioned concurrency that is given as a number. None at all is said by leaving it out. */
export const PROVISIONED_CONCURRENCY: Range = {
  min: 1,
  max: Infinity,
  unit: 'provisioned concurrent executions',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_PutProvisionedConcurrencyConfig.html',
};

/** The bounds of scaling. At 0, nothing is provisioned. */
export const SCALED_PROVISIONED_CONCURRENCY: Range = {
  min: 0,
  max: Infinity,
  unit: 'provisioned concurrent executions',
  source: 'https://docs.aws.amazon.com/autoscaling/application/userguide/services-that-can-integrate-lambda.html',
};

/** Share of the provisioned concurrency that is to be in use. */
export const UTILIZATION: Range = {
  min: 0.1,
  max: 0.9,
  unit: 'of what is provisioned',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html',
};

/** What target tracking aims at if nothing is said; the value of AWS's own examples. */
export const DEFAULT_UTILIZATION = 0.7;

/** Pause between two activities of scaling. */
export const COOLDOWN: Range = {
  min: 0,
  max: Infinity,
  unit: 'seconds',
  source: 'https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html',
};

/** How many versions an alias may send traffic to besides its own. */
export const MOST_ADDITIONAL_VERSIONS = 1;
