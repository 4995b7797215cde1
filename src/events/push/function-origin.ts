import { Annotations, Duration, Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { FunctionUrlOrigin, FunctionUrlOriginWithOACProps } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { distributionEvent } from './samples/distribution';
import { urlOf } from './url-of';
import { DISTRIBUTION, RESPONSE_TIMEOUT } from '../../limits/sources/distribution';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { merged } from '../../support/merge';
import { isKnown } from '../../support/tokens';

/** How CloudFront calls the URL of a function. */
export interface FunctionOriginOptions extends FunctionUrlOriginWithOACProps {
  /**
   * Whether the function answers in one piece or as a stream. The URL of a function that has one already must be of that kind.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
   * @default - that of the URL that the function has, or else InvokeMode.BUFFERED
   */
  readonly invokeMode?: lambda.InvokeMode;
}

/**
 * A function as the origin of a distribution, for its default behavior or one of several paths.
 *
 * Amazon CloudFront calls the URL of the function, synchronously, and signs its calls; of an `EventFunction` it is the URL of the live
 * alias, which is made if there is none. Only the distribution may call it, by both permissions that URLs ask for since October 2025.
 *
 * Viewers that send a body (PUT, POST) must send its SHA-256 in the header `x-amz-content-sha256`, as Lambda takes no unsigned bodies. The
 * header `Authorization` of viewers is replaced by the signature. The header `Host` must not be passed on: take
 * `OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER`. By default, behaviors take GET and HEAD only and keep answers for a day.
 *
 * The distribution must be in a stack of the Region of the function, while its certificate is one of us-east-1. A function that may take
 * longer than CloudFront waits (`readTimeout`, 30 seconds by default) is warned about.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 * @example
 * import { CachePolicy, Distribution, OriginRequestPolicy } from 'aws-cdk-lib/aws-cloudfront';
 * import { EventFunction, FunctionOrigin } from 'cdk-event-functions';
 *
 * declare const shop: EventFunction;
 * new Distribution(this, 'Site', {
 *   defaultBehavior: {
 *     origin: new FunctionOrigin(shop),
 *     cachePolicy: CachePolicy.CACHING_DISABLED,
 *     originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
 *   },
 * });
 */
export class FunctionOrigin implements cloudfront.IOrigin {
  /** How CloudFront invokes, who tries again, and where a failed event ends. */
  public readonly semantics: SourceSemantics = DISTRIBUTION;

  /**
   * @param target the function that answers
   * @param options how CloudFront calls it
   */
  constructor(private readonly target: lambda.IFunction, private readonly options: FunctionOriginOptions = {}) {
    checkControl(target, options.originAccessControl);
  }

  /** Called by the distribution: gives the function its URL, and permits the distribution to call it. */
  public bind(scope: Construct, options: cloudfront.OriginBindOptions): cloudfront.OriginBindConfig {
    this.checkRegion(scope);
    const { invokeMode: _, originAccessControl: given, ...props } = this.options;
    const url = this.url();
    const originAccessControlId = given?.originAccessControlRef.originAccessControlId ?? props.originAccessControlId
      ?? new cloudfront.FunctionUrlOriginAccessControl(scope, 'FunctionUrlOriginAccessControl').originAccessControlId;
    // Not the CDK's origin with access control: it permits by itself, one of two actions, and takes no control that is imported.
    const config = new FunctionUrlOrigin(url, { ...props, originAccessControlId }).bind(scope, options);
    this.permit(scope, options.distributionId);
    this.warnOfTimeout(url);
    return config;
  }

  /**
   * An event as the handler receives it from CloudFront, for unit tests: that of a function URL, with the headers that CloudFront adds.
   *
   * @param overrides parts of the event that are to be different; lists are gone through entry by entry
   * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
   */
  public sampleEvent(overrides: { [name: string]: any } = {}): { [name: string]: any } {
    return merged(distributionEvent(), overrides) as { [name: string]: any };
  }

  private url(): lambda.FunctionUrl {
    const { target, options: { invokeMode } } = this;
    const present = urlOf(target);
    if (!present) return target.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM, invokeMode });
    if (present.authType !== lambda.FunctionUrlAuthType.AWS_IAM) {
      throw mistake(target, {
        code: 'FunctionOriginPublicUrl',
        property: 'authType',
        allowed: 'FunctionUrlAuthType.AWS_IAM for a URL behind a distribution',
        got: present.authType,
        fix: 'leave it out: everyone could pass by the distribution, which signs its calls',
      });
    }
    const { invokeMode: mode = lambda.InvokeMode.BUFFERED } = present.node.defaultChild as lambda.CfnUrl;
    if (invokeMode !== undefined && mode !== invokeMode) {
      throw mistake(target, {
        code: 'FunctionOriginInvokeMode',
        property: 'invokeMode',
        allowed: `${mode}, as of the URL that the function has`,
        got: invokeMode,
        fix: 'say it where the URL is made first, and leave it out here',
      });
    }
    return present;
  }

  /** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html */
  private permit(scope: Construct, distributionId = '*'): void {
    const principal = new iam.ServicePrincipal('cloudfront.amazonaws.com');
    const sourceArn = Stack.of(scope).formatArn({ service: 'cloudfront', region: '', resource: 'distribution', resourceName: distributionId });
    // Beside the distribution, whose id they have: it names the URL already.
    for (const action of ['InvokeFunctionUrl', 'InvokeFunction']) {
      this.target.addPermission(`Allow${action}`, { principal, action: `lambda:${action}`, sourceArn, scope });
    }
  }

  /** A permission can only be made in the Region of its function. Distributions are everywhere, wherever they are made. */
  private checkRegion(scope: Construct): void {
    const [region, own] = [Stack.of(scope).region, this.target.env.region];
    if (!isKnown(region) || !isKnown(own) || region === own) return;
    throw mistake(scope, {
      code: 'FunctionOriginOtherRegion',
      property: 'env.region',
      allowed: `'${own}', that of the function, for the stack of the distribution`,
      got: region,
      fix: 'only the certificate and the web ACL of a distribution must be in us-east-1: make the distribution in the Region of the function',
    });
  }

  private warnOfTimeout(url: lambda.FunctionUrl): void {
    const { invokeMode } = url.node.defaultChild as lambda.CfnUrl;
    const { timeout, lambda: of } = this.target as { readonly timeout?: Duration; readonly lambda?: { readonly timeout?: Duration } };
    const [longest, waits] = [timeout ?? of?.timeout, this.options.readTimeout ?? Duration.seconds(RESPONSE_TIMEOUT.seconds)];
    // A stream begins before the function is done.
    if (invokeMode === lambda.InvokeMode.RESPONSE_STREAM || !longest || longest.isUnresolved()) return;
    if (longest.toSeconds() <= waits.toSeconds()) return;
    Annotations.of(this.target).addWarningV2(
      'cdk-event-functions:distribution-waits-long-enough',
      `'timeout' must be at most ${waits.toSeconds()} seconds for a function behind a distribution that waits no longer, got ${longest.toSeconds()}; `
      + "viewers get an error of status 504 then, and GET and HEAD are tried again: shorten the timeout, or set 'readTimeout' of the origin",
    );
  }
}

/** Refuses controls of this app that sign nothing, or calls of something else. */
function checkControl(target: lambda.IFunction, control: cloudfront.IOriginAccessControlRef | undefined): void {
  const resource = control?.node.children.find((child) => child instanceof cloudfront.CfnOriginAccessControl);
  if (!(resource instanceof cloudfront.CfnOriginAccessControl) || !isKnown(resource.originAccessControlConfig)) return;
  const config = resource.originAccessControlConfig as cloudfront.CfnOriginAccessControl.OriginAccessControlConfigProperty;
  const { originAccessControlOriginType: type, signingBehavior } = config;
  if (type === 'lambda' && signingBehavior !== 'never') return;
  throw mistake(target, {
    code: 'FunctionOriginUnsigned',
    property: 'originAccessControl',
    allowed: 'one that signs calls of functions',
    got: type === 'lambda' ? `signing: ${signingBehavior}` : type,
    fix: 'leave it out, or give a FunctionUrlOriginAccessControl that signs: the URL takes signed calls only',
  });
}
