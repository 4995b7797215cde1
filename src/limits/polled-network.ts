import { Range } from './range';

/**
 * Actions with which Lambda reaches brokers and clusters in a VPC. AWS documents them without a narrower resource.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html
 */
export const REACHING_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
] as const;

/** Timeout of functions for which Lambda polls brokers, topics of Kafka and change streams: the rest is for errors and retries. */
export const POLLED_TIMEOUT: Range = {
  min: 1,
  max: 840,
  unit: 'seconds',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html',
};
