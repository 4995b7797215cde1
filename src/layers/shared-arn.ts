import { createHash } from 'crypto';
import { FeatureFlags, IResolvable, IResolveContext, ReferenceStrength, Stack, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DEFAULT_CROSS_STACK_REFERENCES, LAMBDA_RECOGNIZE_LAYER_VERSION } from 'aws-cdk-lib/cx-api';
import { IConstruct } from 'constructs';
import { mistake } from '../support/errors';
import { isKnown } from '../support/tokens';

/** A layer as its ARN needs to know it. */
export interface Shared extends IConstruct {
  /** Whether a permission lets an account read the layer. */
  _isReadableBy(account: string): boolean;
}

/**
 * The ARN of a layer version, which says in the template of whoever names it that the content is another one.
 *
 * The name of an output does not change with what is in it. So the template of a function in another stack would stay
 * the same, `cdk deploy` would skip its stack, and its version would keep the id. A join of one text is that text,
 * whatever it is joined with: there we put a hash of the layer.
 */
export function sharedArn(layer: Shared, cfnLayer: lambda.CfnLayerVersion): string {
  return Token.asString(new SharedArn(layer, cfnLayer));
}

class SharedArn implements IResolvable {
  public readonly creationStack = [];

  constructor(private readonly layer: Shared, private readonly cfnLayer: lambda.CfnLayerVersion) {}

  public resolve(context: IResolveContext): unknown {
    const { ref } = this.cfnLayer;
    const producer = Stack.of(this.layer);
    const consumer = Stack.of(context.scope);
    if (consumer !== producer && context.preparing) checkConsumer(this.layer, context.scope);
    const isNoticed = consumer === producer && FeatureFlags.of(this.layer).isEnabled(LAMBDA_RECOGNIZE_LAYER_VERSION);
    return isNoticed ? ref : { 'Fn::Join': [this.contentHash(), [ref]] };
  }

  public toString(): string {
    return Token.asString(this);
  }

  /** All properties of a layer version replace it. */
  private contentHash(): string {
    const { content, compatibleArchitectures, compatibleRuntimes, description, layerName, licenseInfo, stack } = this.cfnLayer;
    const properties = stack.resolve({ content, compatibleArchitectures, compatibleRuntimes, description, layerName, licenseInfo });
    return createHash('sha256').update(JSON.stringify(properties)).digest('hex');
  }
}

/** Refuses functions that the deployment would refuse, or that would bring back what the layer is there to avoid. */
function checkConsumer(layer: Shared, scope: IConstruct): void {
  const producer = Stack.of(layer);
  const consumer = Stack.of(scope);
  if (differ(producer.region, consumer.region)) {
    throw mistake(functionOf(scope), {
      code: 'SharedLayerInOtherRegion',
      property: 'layers',
      allowed: `of the Region of the function, ${consumer.region}`,
      got: `${layer.node.path} in ${producer.region}`,
      fix: 'make a SharedLayer of the same code in a stack of each Region',
    });
  }
  if (outermost(producer) !== outermost(consumer) && isExported(producer, consumer)) {
    throw mistake(functionOf(scope), {
      code: 'SharedLayerInNestedStack',
      property: 'layers',
      allowed: 'of a stack that is not nested, to be used by functions of another one',
      got: layer.node.path,
      fix: `make the layer in the parent of the nested stack, since the CDK exports what it hands on; or set ${DEFAULT_CROSS_STACK_REFERENCES} to "weak"`,
    });
  }
  if (differ(producer.account, consumer.account)) checkAccount(layer, scope, consumer);
}

function checkAccount(layer: Shared, scope: IConstruct, consumer: Stack): void {
  // The CDK orders the deployments of stacks of one account only.
  consumer.addStackDependency(Stack.of(layer));
  if (layer._isReadableBy(consumer.account)) return;
  throw mistake(functionOf(scope), {
    code: 'SharedLayerNotPermitted',
    property: 'layers',
    allowed: `such that account ${consumer.account} may read`,
    got: `${layer.node.path} of account ${Stack.of(layer).account}`,
    fix: `call addPermission() of the layer for account ${consumer.account} or its organization`,
  });
}

/** Whether both are known and not the same. */
function differ(one: string, other: string): boolean {
  return isKnown(one) && isKnown(other) && one !== other;
}

/** The strength of a reference to something in a nested stack is that of the app, not that of the thing. */
function isExported(producer: Stack, consumer: Stack): boolean {
  return producer.nested && consumer.node.tryGetContext(DEFAULT_CROSS_STACK_REFERENCES) !== ReferenceStrength.WEAK;
}

function outermost(stack: Stack): Stack {
  return stack.nestedStackParent ? outermost(stack.nestedStackParent) : stack;
}

/** What the user made: the resource that is being written is within it. */
function functionOf(scope: IConstruct): IConstruct {
  return scope.node.scope ?? scope;
}
