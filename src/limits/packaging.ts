/**
 * Layers of one function, AWS's extension layers (Insights, ADOT, Parameters and Secrets) counted.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const MAX_LAYERS = 5;

/**
 * Bytes of a function's code plus all its layers, unzipped (250 MB). Not adjustable.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const MAX_UNZIPPED_BYTES = 262_144_000;

/**
 * Bytes of a zip archive that is uploaded to the API or the console directly (50 MB). From S3, where the CDK puts assets,
 * there is no such limit.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const MAX_UPLOADED_BYTES = 52_428_800;
