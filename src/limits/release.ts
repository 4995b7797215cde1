import { Range } from './range';

/** Where AWS states the quotas of CodeDeploy. */
const CODEDEPLOY_QUOTAS = 'https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html';

/** Share of the traffic that moves in one step. 0 would move nothing, and 100 everything at once. */
export const SHIFTED_PERCENT: Range = {
  min: 1,
  max: 99,
  unit: 'percent',
  source: 'https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_TimeBasedCanary.html',
};

/** Time between the first and the last step of a deployment: at most 48 hours, which cannot be raised. */
export const SHIFTING_TIME: Range = { min: 1, max: 2_880, unit: 'minutes', source: CODEDEPLOY_QUOTAS };

/**
 * Alarms of a deployment group. The quotas say 50, adjustable; the API and CloudFormation say 10: more may be refused.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-codedeploy-deploymentgroup-alarmconfiguration.html
 */
export const ALARMS_SURELY_TAKEN = 10;

/** Share of the traffic that an alias sends to its second version, of 1. */
export const VERSION_WEIGHT: Range = {
  min: 0,
  max: 1,
  unit: '(a share of the traffic)',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html',
};

/** All variables of a function together, names and values. */
export const ENVIRONMENT_BYTES: Range = {
  min: 0,
  max: 4_096,
  unit: 'bytes',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
};
