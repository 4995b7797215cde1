import { MAX_UNZIPPED_BYTES } from './packaging';
import { Range } from './range';

/**
 * ARN of a layer version, and of one that AWS keeps without account and Region.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
 */
export const LAYER_VERSION_ARN =
  /^(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+|arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+)$/;

/** Bytes of one layer, unzipped: no function can use one that has more than a function may have altogether. */
export const LAYER_BYTES: Range = {
  min: 1,
  max: MAX_UNZIPPED_BYTES,
  unit: 'bytes',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
};
