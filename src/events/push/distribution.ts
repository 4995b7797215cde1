import { Annotations } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { FunctionOrigin, FunctionOriginOptions } from './function-origin';
import { PushSourceBase } from './push-source-base';
import { distributionEvent } from './samples/distribution';
import { DISTRIBUTION, PATH_PATTERN } from '../../limits/sources/distribution';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/**
 * Which requests of a distribution invoke the function, and what becomes of its answers. Three defaults are other than those of the CDK:
 * `cachePolicy` is `CACHING_DISABLED`, so that each request invokes the function; `originRequestPolicy` is `ALL_VIEWER_EXCEPT_HOST_HEADER`,
 * so that the function sees the whole request; `viewerProtocolPolicy` is `REDIRECT_TO_HTTPS`.
 */
export interface DistributionSourceOptions extends cloudfront.AddBehaviorOptions {
  /**
   * Paths that the function answers, such as `/api/*`: up to 255 letters, digits and signs, `*` and `?` standing for others. The first
   * behavior that matches takes the request, in the order in which they were added. All other paths are those of the default
   * behavior, for which there is `FunctionOrigin`.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html
   */
  readonly pathPattern: string;

  /**
   * How CloudFront calls the function: how long it waits, with which headers, ...
   *
   * @default - as CloudFront does by default
   */
  readonly origin?: FunctionOriginOptions;
}

/** A distribution that invokes a function by its URL. Made by `PushSource.distribution()`. */
export class DistributionPushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics = DISTRIBUTION;

  /** @internal */
  constructor(private readonly distribution: cloudfront.Distribution, private readonly options: DistributionSourceOptions) {
    super();
    const { pathPattern } = options;
    const isDefault = pathPattern === '*';
    if (!isKnown(pathPattern) || (PATH_PATTERN.test(pathPattern) && !isDefault)) return;
    throw mistake(distribution, {
      code: isDefault ? 'DistributionPathDefault' : 'DistributionPathMalformed',
      property: 'pathPattern',
      allowed: isDefault ? 'a part of all paths' : 'up to 255 letters, digits and signs such as /-_.*?',
      got: pathPattern,
      fix: isDefault ? "give the distribution 'defaultBehavior: { origin: new FunctionOrigin(fn) }' for all paths" : "write it as '/api/*'",
    });
  }

  /** Called by `addEventSource()`: adds a behavior with the function as its origin, and permits the distribution to call it. */
  public bind(target: lambda.IFunction): void {
    const { pathPattern, origin, ...behavior } = this.options;
    this.take(pathPattern);
    this.warnOfHost();
    this.distribution.addBehavior(pathPattern, origin ? new FunctionOrigin(target, origin) : this.originOf(target), {
      cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
      originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      ...behavior,
    });
  }

  /** @internal */
  protected _sampleEvent(): object {
    const { pathPattern } = this.options;
    if (!isKnown(pathPattern)) return distributionEvent();
    const path = pathPattern.replace(/\*/g, 'value').replace(/\?/g, 'v');
    return distributionEvent(path.startsWith('/') ? path : `/${path}`);
  }

  /** A second behavior of the same paths would never be asked. */
  private take(pathPattern: string): void {
    const taken = taking(this.distribution).patterns;
    if (taken.has(pathPattern)) {
      throw mistake(this.distribution, {
        code: 'DistributionPathTaken',
        property: 'pathPattern',
        allowed: 'different for each function of a distribution',
        got: pathPattern,
        fix: 'the first behavior takes all of its requests: give each function paths of its own',
      });
    }
    taken.add(pathPattern);
  }

  /** A function that answers several paths by default options is one origin. */
  private originOf(target: lambda.IFunction): FunctionOrigin {
    const { origins } = taking(this.distribution);
    const origin = origins.get(target) ?? new FunctionOrigin(target);
    origins.set(target, origin);
    return origin;
  }

  private warnOfHost(): void {
    const { originRequestPolicy } = this.options;
    if (originRequestPolicy !== cloudfront.OriginRequestPolicy.ALL_VIEWER) return;
    Annotations.of(this.distribution).addWarningV2(
      'cdk-event-functions:distribution-keeps-host',
      "'originRequestPolicy' must be OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER for a function, got ALL_VIEWER; "
      + 'function URLs expect their own name in the header Host, not that of the distribution: leave it out',
    );
  }
}

interface Taken {
  readonly patterns: Set<string>;
  readonly origins: Map<lambda.IFunction, FunctionOrigin>;
}

/** What sources have added to each distribution. */
const takenOf = new WeakMap<cloudfront.Distribution, Taken>();

function taking(distribution: cloudfront.Distribution): Taken {
  const taken = takenOf.get(distribution) ?? { patterns: new Set(), origins: new Map() };
  takenOf.set(distribution, taken);
  return taken;
}
