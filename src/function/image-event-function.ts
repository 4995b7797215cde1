import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ComposedFunction } from './composed-function';
import { EventFunctionOptions } from './event-function-options';
import { checkImageConfig, checkImageOptions } from '../code/image-checks';
import { ImageFunction } from '../code/image-function';
import { buildForArchitecture } from '../code/image-platform';

/**
 * Properties of an event function of a container image: all those of `lambda.DockerImageFunction`, and what the live
 * alias needs.
 *
 * `layers`, `adotInstrumentation`, `paramsAndSecrets` and `codeSigningConfig` are refused: Lambda has them for zip
 * archives only. With `insightsVersion` the role gets what Lambda Insights needs; the image must bring the extension.
 */
export interface ImageEventFunctionProps extends lambda.DockerImageFunctionProps, EventFunctionOptions {}

/**
 * A Lambda function of a container image, with everything around it, that is its own live alias.
 *
 * A drop-in for `lambda.DockerImageFunction`: the same id gives the same logical ids, so nothing is replaced on a live
 * stack. Besides what `EventFunction` does:
 *
 * - An image that is built with the app is built for the function's `architecture`, x86_64 by default, whatever machine
 *   builds it, unless it has a `platform` of its own.
 * - Layers are refused, also by `addLayers()`: copy their files into the image.
 * - A tag or digest that the deployment decides (a parameter that a pipeline sets) publishes a new version whenever it
 *   changes. Lambda looks a tag up when the function is deployed and not again: `latest`, or any tag that is moved to
 *   another image, leaves the old code running.
 *
 * The image must be in a private Amazon ECR repository of the function's Region.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 * @resource AWS::Lambda::Alias
 * @example
 * import * as ecr from 'aws-cdk-lib/aws-ecr';
 * import * as lambda from 'aws-cdk-lib/aws-lambda';
 * import { ImageEventFunction } from 'cdk-event-functions';
 *
 * declare const repository: ecr.IRepository;
 * const orders = new ImageEventFunction(this, 'Orders', {
 *   code: lambda.DockerImageCode.fromEcr(repository, { tagOrDigest: '1.4.2' }),
 *   architecture: lambda.Architecture.ARM_64,
 * });
 */
export class ImageEventFunction extends ComposedFunction {
  constructor(scope: Construct, id: string, props: ImageEventFunctionProps) {
    super(scope, id, props);
  }

  /** @internal */
  protected _makeFunction(id: string, props: lambda.DockerImageFunctionProps): lambda.Function {
    checkImageOptions(this, props);
    buildForArchitecture(this, props.architecture);
    const fn = new ImageFunction(this, id, props);
    checkImageConfig(this, fn);
    return fn;
  }
}
