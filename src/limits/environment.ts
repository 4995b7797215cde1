/**
 * The most that all environment variables of a function have together, in bytes: of the object with names and values, written as JSON
 * without spaces, as Lambda measures it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-deployment.html
 */
export const MAX_ENVIRONMENT_BYTES = 4096;
