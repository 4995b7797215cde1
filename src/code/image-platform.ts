import { IPropertyInjector, PropertyInjectors } from 'aws-cdk-lib';
import { DockerImageAsset, DockerImageAssetProps, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';

/** The id that the CDK gives to the image of a function, within the function. */
const IMAGE_OF_FUNCTION = 'AssetImage';

/**
 * Builds the image of a function for the architecture of the function, unless a platform is given. Without one, an image
 * is built for whatever machine builds it.
 *
 * The CDK does so itself where `architecture` is given to an image function, and then the platform is part of the asset
 * hash. Where it is not given, the hash stays what it was: a live stack that changes the class builds no new image.
 *
 * Property injection, because an image is not described to anybody before it is bound.
 */
export function buildForArchitecture(scope: IConstruct, architecture: lambda.Architecture = lambda.Architecture.X86_64): void {
  const theirs = injectorAbove(scope);
  PropertyInjectors.of(scope).add({
    constructUniqueId: DockerImageAsset.PROPERTY_INJECTION_ID,
    inject: (original: DockerImageAssetProps, context) => {
      const props: DockerImageAssetProps = theirs ? theirs.inject(original, context) : original;
      if (context.id !== IMAGE_OF_FUNCTION || props.platform !== undefined) return props;
      return {
        ...props,
        platform: Platform.custom(architecture.dockerPlatform),
        invalidation: { ...props.invalidation, platform: false },
      };
    },
  });
}

/** What the CDK would ask without ours: it asks the nearest injector only. */
function injectorAbove(scope: IConstruct): IPropertyInjector | undefined {
  const above = scope.node.scopes.slice(0, -1).reverse().filter((construct) => PropertyInjectors.hasPropertyInjectors(construct));
  const found = above.map((construct) => PropertyInjectors.of(construct).for(DockerImageAsset.PROPERTY_INJECTION_ID));
  return found.find((injector) => injector !== undefined);
}
