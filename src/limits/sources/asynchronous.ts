/**
 * What is the same for all services that hand events to Lambda.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export const ASYNCHRONOUS_RETRIES = 'Lambda tries again twice, after one and two minutes; while it is throttled for up to 6 hours';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
export const ASYNCHRONOUS_FAILURES = 'in the on-failure destination or the dead-letter queue of the function; without them it is lost';
