import { CrossStackReferences, ReferenceStrength, RemovalPolicy, Size } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { declareLayer } from './declared-layer';
import { sharedArn } from './shared-arn';
import { isKnown } from '../support/tokens';

/** What is known of a layer that is made elsewhere. */
export interface SharedLayerFromArnOptions {
  /**
   * Size of all files in the layer, when unzipped: 1 to 262,144,000 bytes (250 MB). `unzip -l` of the layer tells it.
   *
   * Counts towards what the code and layers of a function may have together.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
   * @default - the size is unknown, and the checks say so
   */
  readonly unzippedSize?: Size;

  /**
   * Runtimes that the layer is for. A function with another runtime is refused when the layer is added to it.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html
   * @default - all runtimes
   */
  readonly compatibleRuntimes?: lambda.Runtime[];

  /**
   * Instruction sets that the layer is for. The rule `layer-supports-architecture` warns of functions with another one.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html
   * @default - all architectures
   */
  readonly compatibleArchitectures?: lambda.Architecture[];
}

/**
 * A layer that functions of other stacks can use, and that can change all the same.
 *
 * It is a `lambda.LayerVersion` with the same logical ids. What differs is what happens when its content changes:
 *
 * - No stack that uses it blocks the change: nothing is exported, whatever the feature flags of the app. Functions read
 *   the ARN from an output of the stack when they are deployed.
 * - They notice: the template of each function that uses it changes, so that its stack is deployed, and publishes a
 *   version with the new layer.
 * - Old versions stay, with their permissions: functions that still use them can be updated and rolled back. They count
 *   towards the code storage of the Region until somebody deletes them.
 *
 * Functions of another account need `addPermission()`, those of another Region a layer of their own. The deployments of
 * stacks that use the layer need `cloudformation:DescribeStacks`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html
 * @example
 * import * as lambda from 'aws-cdk-lib/aws-lambda';
 * import { EventFunction, SharedLayer } from 'cdk-event-functions';
 *
 * declare const platformStack: Stack;
 * const common = new SharedLayer(platformStack, 'Common', { code: lambda.Code.fromAsset('layers/common') });
 *
 * new EventFunction(this, 'Orders', {
 *   runtime: lambda.Runtime.NODEJS_22_X,
 *   handler: 'index.handler',
 *   code: lambda.Code.fromAsset('src/orders'),
 *   layers: [common],
 * });
 */
export class SharedLayer extends lambda.LayerVersion {
  /**
   * Use a layer that is made elsewhere, and say what this app cannot see: how large it is, and what it is for.
   *
   * Fails if the ARN is not that of a layer version (`arn:aws:lambda:eu-west-1:111122223333:layer:common:7`), or if the
   * size is none that a layer can have.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/adding-layers.html
   */
  public static fromArn(scope: Construct, id: string, layerVersionArn: string, options: SharedLayerFromArnOptions = {}): lambda.ILayerVersion {
    return declareLayer(scope, id, layerVersionArn, options);
  }

  /** The ARN of the version that is deployed last. Also as part of another value, it changes whenever the layer does. */
  public readonly layerVersionArn: string;

  private readonly cfnLayer: lambda.CfnLayerVersion;

  private readonly keep: RemovalPolicy;

  private readonly readers: string[] = [];

  constructor(scope: Construct, id: string, props: lambda.LayerVersionProps) {
    const keep = props.removalPolicy ?? RemovalPolicy.RETAIN;
    super(scope, id, { ...props, removalPolicy: keep });
    this.keep = keep;
    this.cfnLayer = this.node.defaultChild as lambda.CfnLayerVersion;
    this.layerVersionArn = sharedArn(this, this.cfnLayer);
    // An export could not change while it is in use, and a layer version changes with its content.
    CrossStackReferences.of(this).produce(ReferenceStrength.WEAK);
  }

  /**
   * Let another account, or all accounts of an organization, use the layer.
   *
   * The permission is kept as long as the version is: with the layer's `removalPolicy`, `RETAIN` by default. Functions of
   * the same account need none.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-layer-cross-account.html
   */
  public addPermission(id: string, permission: lambda.LayerVersionPermission): void {
    super.addPermission(id, permission);
    const cfnPermission = this.node.findChild(id) as lambda.CfnLayerVersionPermission;
    cfnPermission.layerVersionArn = this.cfnLayer.ref;
    // A permission is replaced together with the version that it is for; without this, that of the old one would go.
    cfnPermission.applyRemovalPolicy(this.keep);
    this.readers.push(permission.accountId);
  }

  /** @internal */
  public _isReadableBy(account: string): boolean {
    return this.readers.some((reader) => !isKnown(reader) || reader === '*' || reader.includes(account));
  }
}
