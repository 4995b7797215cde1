import * as path from 'path';
import { CfnResource, FileAssetLocation, FileAssetPackaging, Lazy, Names, Stack, Stage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as nodejs from 'aws-cdk-lib/aws-lambda-nodejs';
import * as cxapi from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { Batch } from './batch';
import { EsbuildOptions } from './bundle-options';
import { Request } from './request';
import { SourceFiles } from './source-files';
import { StagedBundle } from './staging';
import { isBeingRead } from '../../support/being-read';

/** Where code is for those who only look at the function: nobody waits for esbuild to be told where failed events end. */
const NOT_BUNDLED = { bucketName: 'not-bundled', objectKey: 'not-bundled' };

/** What `BundledCode` is made of. */
export interface BundledCodeProps extends SourceFiles {
  readonly options: EsbuildOptions;
  readonly bundling?: nodejs.BundlingOptions;
}

/**
 * Code that esbuild bundles, with that of all other functions of the app, when the app is synthesized.
 *
 * Nothing is bundled when the function is made: where its code is becomes known when it is asked for.
 */
export class BundledCode extends lambda.Code {
  public readonly isInline = false;

  private staged?: () => StagedBundle;

  constructor(private readonly props: BundledCodeProps) {
    super();
  }

  public bind(scope: Construct): lambda.CodeConfig {
    const request = this.requestFor(scope);
    const batch = Batch.of(scope);
    batch.add(request);
    const staged = this.staged = () => batch.bundleOf(request);
    let published: FileAssetLocation | undefined;
    const location = () => isBeingRead() ? NOT_BUNDLED : published ??= publish(scope, staged());
    return {
      s3Location: {
        bucketName: Lazy.string({ produce: () => location().bucketName }),
        objectKey: Lazy.string({ produce: () => location().objectKey }),
      },
    };
  }

  /** Tells `sam local` and others where the code is, as all assets of the CDK do. */
  public bindToResource(resource: CfnResource, options: lambda.ResourceBindOptions = {}): void {
    if (!resource.node.tryGetContext(cxapi.ASSET_RESOURCE_METADATA_ENABLED_CONTEXT)) return;
    resource.addMetadata(cxapi.ASSET_RESOURCE_METADATA_PATH_KEY, Lazy.string({
      produce: () => isBeingRead() ? NOT_BUNDLED.objectKey : fileName(resource, this.staged!()),
    }));
    resource.addMetadata(cxapi.ASSET_RESOURCE_METADATA_IS_BUNDLED_KEY, true);
    resource.addMetadata(cxapi.ASSET_RESOURCE_METADATA_PROPERTY_KEY, options.resourceProperty ?? 'Code');
  }

  private requestFor(scope: Construct): Request {
    const { entry, projectRoot, options, bundling } = this.props;
    return {
      scope,
      entry,
      projectRoot,
      options,
      metafile: bundling?.metafile ?? false,
      assetHash: bundling?.assetHash,
      salt: scope.node.tryGetContext('@aws-cdk/core:assetHashSalt') ?? '',
      // The CLI hands context over as text: -c cdk-event-functions:bundle-cache=false
      useCache: String(scope.node.tryGetContext('cdk-event-functions:bundle-cache')) !== 'false',
    };
  }
}

function publish(scope: Construct, staged: StagedBundle): FileAssetLocation {
  return Stack.of(scope).synthesizer.addFileAsset({
    packaging: FileAssetPackaging.ZIP_DIRECTORY,
    sourceHash: staged.hash,
    fileName: fileName(scope, staged),
    deployTime: true,
    displayName: `${Names.stackRelativeConstructPath(scope)}/Code`,
  });
}

/** The folder from where the manifest is, so that the cloud assembly can be moved; what is not in it, by its whole path. */
function fileName(scope: Construct, { folder }: StagedBundle): string {
  const stage = Stage.of(scope);
  const isOutside = stage === undefined || path.relative(stage.assetOutdir, folder).startsWith('..') || path.isAbsolute(path.relative(stage.assetOutdir, folder));
  return isOutside || scope.node.tryGetContext(cxapi.DISABLE_ASSET_STAGING_CONTEXT) ? folder : path.relative(stage.outdir, folder);
}
