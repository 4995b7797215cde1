import { functionUrlEvent } from './function-url';
import { merged } from '../../../support/merge';

/**
 * A request of a viewer: that of a function URL, with the headers that CloudFront adds. Who signed is left out, as AWS does not document
 * what stands there for a distribution.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
 */
export function distributionEvent(path?: string) {
  return merged(functionUrlEvent(), {
    ...path === undefined ? {} : { rawPath: path },
    headers: {
      'via': '2.0 0a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d.cloudfront.net (CloudFront)',
      'x-amz-cf-id': 'Xl3vBYbGqUqRGpqYX9pEEAh6ltmOCyGZxTPbMNBWd7pnAzUXvEXAMPLE==',
      'x-forwarded-for': '192.0.2.1',
    },
    requestContext: { authorizer: undefined, ...path === undefined ? {} : { http: { path } } },
  }) as ReturnType<typeof functionUrlEvent>;
}
