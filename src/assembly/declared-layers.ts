import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { DeclaredLayer, isObject, Json } from '../model/template';

/** What `SharedLayer.fromArn()` leaves in the metadata of its construct. */
export const DECLARED_LAYER = 'cdk-event-functions:layer';

/** A declaration, and the construct that makes it. */
export interface DeclaredIn extends DeclaredLayer {
  readonly path: string;
}

/** What the constructs of a stack say of layers that they know by their ARN only. Metadata is anybody's: all of it is checked. */
export function readDeclaredLayers(artifact: CloudFormationStackArtifact): readonly DeclaredIn[] {
  return artifact.findMetadataByType(DECLARED_LAYER).flatMap(({ path, data }) => {
    const json = data as Json | undefined;
    if (!isObject(json) || json.arn === undefined || json.arn === null) return [];
    const { arn, unzippedBytes: bytes, compatibleArchitectures: architectures } = json;
    return [{
      path: path.slice(1),
      arn,
      ...typeof bytes === 'number' && bytes > 0 && { bytes },
      ...Array.isArray(architectures) && { architectures: architectures.map(String) },
    }];
  });
}
