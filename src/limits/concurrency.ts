import { Range } from './range';

/** Reserved concurrency of a function: 0 throttles every invocation. The account's quota bounds it above. */
export const RESERVED_CONCURRENCY: Range = {
  min: 0,
  max: Infinity,
  unit: 'concurrent executions',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html',
};
