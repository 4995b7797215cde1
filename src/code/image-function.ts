import * as lambda from 'aws-cdk-lib/aws-lambda';
import { layersOnImage } from './image-checks';

/**
 * `lambda.DockerImageFunction` that refuses layers, which the CDK adds to the template without a word when they are not
 * given as a prop.
 *
 * Not exported: users see a `lambda.Function`.
 */
export class ImageFunction extends lambda.DockerImageFunction {
  public addLayers(...layers: lambda.ILayerVersion[]): void {
    if (layers.length > 0) throw layersOnImage(this, 'layers', layers.map(({ node }) => node.id));
  }
}
