import { FUNCTION_URL } from './function-url';
import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

const ORIGIN_SETTINGS = 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html';

/**
 * Distributions of Amazon CloudFront that sign their calls of function URLs. Both permissions are held to the distribution.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
export const DISTRIBUTION: SourceSemantics = {
  service: 'Amazon CloudFront (function URL)',
  invocation: InvocationMode.SYNCHRONOUS,
  principal: 'cloudfront.amazonaws.com',
  conditionKeys: ['aws:SourceArn'],
  // of DownloadDistValuesOrigin, "Response timeout"
  retries: 'CloudFront tries GET and HEAD again when no answer comes in time, three attempts by default; nobody tries others again',
  failedEvents: 'nowhere: the viewer gets the error of the function, or an error of status 504 when no answer comes in time',
  limits: [
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html
    { name: "time until the answer begins, unless 'readTimeout' says otherwise", value: 30, unit: 'seconds' },
    ...FUNCTION_URL.limits.filter(({ unit }) => unit === 'bytes'),
  ],
  eventType: FUNCTION_URL.eventType,
  documentation: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html',
};

/** How long CloudFront waits by default for the first byte of an answer, and between two parts of it. */
export const RESPONSE_TIMEOUT = { seconds: 30, source: ORIGIN_SETTINGS } as const;

/**
 * A pattern of paths.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html
 */
export const PATH_PATTERN = /^[A-Za-z0-9_\-.*$/~"'@:+&?]{1,255}$/;
