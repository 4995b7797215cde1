/** What CloudFront lets functions have that it runs for an event (Lambda@Edge). */
export interface EdgeLimits {
  readonly seconds: number;
  /** In MB; left out where that of Lambda applies. */
  readonly memory?: number;
}

/**
 * Viewer events and origin events, by the beginning of their names.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-lambda-at-edge
 */
export const EDGE_LIMITS: Readonly<Record<string, EdgeLimits | undefined>> = {
  viewer: { seconds: 5, memory: 128 },
  origin: { seconds: 30 },
};

/** The Region of functions that CloudFront runs. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html */
export const EDGE_REGION = 'us-east-1';

/** Temporary storage of functions that CloudFront runs, in MB. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html */
export const EDGE_STORAGE = 512;
