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

/**
 * Bytes of a template, and so of all inline code in it (1 MB). The archive that CloudFormation makes of inline code may
 * have 4 MB, which no text in a template can reach.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const MAX_TEMPLATE_BYTES = 1_048_576;

/**
 * Handlers in inline code, which CloudFormation keeps in a file called index.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html
 */
export const INLINE_HANDLER = /^(\.\/|\/var\/task\/)?index\./;
