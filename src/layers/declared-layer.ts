import { Size } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct, IConstruct } from 'constructs';
import { LAYER_BYTES, LAYER_VERSION_ARN } from '../limits/layers';
import { checkWholeNumber } from '../support/checks';
import { mistake } from '../support/errors';
import { isKnown } from '../support/tokens';

/** What a layer is said to be. */
export interface Declaration {
  readonly unzippedSize?: Size;
  readonly compatibleRuntimes?: lambda.Runtime[];
  readonly compatibleArchitectures?: lambda.Architecture[];
}

/** What the rules read in the assembly (`assembly/declared-layers.ts`), where they see no constructs. */
const METADATA = 'cdk-event-functions:layer';

/** A layer known by its ARN, with what it is said to be in its metadata. */
export function declareLayer(scope: Construct, id: string, layerVersionArn: string, declaration: Declaration): lambda.ILayerVersion {
  const { compatibleRuntimes = lambda.Runtime.ALL, compatibleArchitectures } = declaration;
  const layer = lambda.LayerVersion.fromLayerVersionAttributes(scope, id, { layerVersionArn, compatibleRuntimes });
  checkArn(layer, layerVersionArn);
  layer.node.addMetadata(METADATA, {
    arn: layerVersionArn,
    unzippedBytes: bytesOf(layer, declaration.unzippedSize),
    compatibleArchitectures: compatibleArchitectures?.map(({ name }) => name),
  });
  return layer;
}

function checkArn(scope: IConstruct, arn: string): void {
  if (!isKnown(arn) || LAYER_VERSION_ARN.test(arn)) return;
  throw mistake(scope, {
    code: 'LayerVersionArnMalformed',
    property: 'layerVersionArn',
    allowed: "the ARN of a layer version, such as 'arn:aws:lambda:eu-west-1:111122223333:layer:common:7'",
    got: arn,
    fix: 'copy the ARN of a version, which ends in a number',
  });
}

function bytesOf(scope: IConstruct, size: Size | undefined): number | undefined {
  if (size === undefined || size.isUnresolved()) return undefined;
  const bytes = size.toBytes();
  checkWholeNumber(scope, bytes, LAYER_BYTES, {
    code: 'LayerSizeOutOfRange',
    property: 'unzippedSize',
    fix: 'give the sum of all files in the layer, which no function can use if it is larger',
  });
  return bytes;
}
