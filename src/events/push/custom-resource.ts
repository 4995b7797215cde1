import { Annotations, CustomResource, Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct, Dependable, DependencyGroup, IConstruct } from 'constructs';
import { AsynchronousSourceOptions } from './asynchronous-options';
import { PushSourceBase } from './push-source-base';
import { createResourceEvent, deleteResourceEvent, updateResourceEvent } from './samples/custom-resource';
import { timeoutOf } from './timeout-of';
import { keepFailedEvents } from '../../failure/failed-events';
import { CUSTOM_RESOURCE, CUSTOM_TYPE, SERVICE_TIMEOUT } from '../../limits/sources/custom-resource';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { checkSeconds } from '../../support/checks';
import { mistake } from '../../support/errors';
import { merged } from '../../support/merge';
import { isKnown, isKnownThroughout } from '../../support/tokens';

const ANY_TYPE = 'AWS::CloudFormation::CustomResource';

/** What CloudFormation hands to the function, and how long it waits. */
export interface CustomResourceSourceOptions extends AsynchronousSourceOptions {
  /**
   * Type of the resource: `Custom::` and letters, digits and any of `_@-`, 60 characters in all.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
   * @default 'AWS::CloudFormation::CustomResource'
   */
  readonly resourceType?: string;

  /**
   * What the function gets as `ResourceProperties`: CloudFormation hands over numbers and booleans as text. When one of them
   * changes, the function is invoked with `Update`; new code alone invokes nothing.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
   * @default - the function gets the type of the request alone
   */
  readonly properties?: { [name: string]: any };

  /**
   * How long CloudFormation waits for the answer: whole seconds, from 1 to 3,600. A function that fails before it answers is waited
   * for that long.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
   * @default Duration.hours(1)
   */
  readonly serviceTimeout?: Duration;

  /**
   * What happens when the resource leaves the stack. With RETAIN the function is not invoked.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** A custom resource that a function stands for. Made by `PushSource.customResource()`. */
export class CustomResourcePushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics = CUSTOM_RESOURCE;

  private made?: CustomResource;

  /** @internal */
  constructor(private readonly scope: Construct, private readonly id: string, private readonly options: CustomResourceSourceOptions) {
    super();
    this.checkType();
    this.checkProperties();
    checkSeconds(scope, options.serviceTimeout, SERVICE_TIMEOUT, {
      code: 'CustomResourceTimeoutOutOfRange', property: 'serviceTimeout', fix: 'leave it out for 3,600',
    });
  }

  /**
   * The resource, for what the function answers as `Data`: `resource.getAttString('Name')`. There is one as soon as the source is added
   * to a function.
   */
  public get resource(): CustomResource {
    if (this.made) return this.made;
    throw mistake(this.scope, {
      code: 'CustomResourceWithoutFunction',
      property: 'resource',
      allowed: 'read after the source was added to a function',
      got: undefined,
      fix: 'call addEventSource() with the source first',
    });
  }

  /** Called by `addEventSource()`: makes the resource, after all that the function may do, so that it is deleted before. */
  public bind(target: lambda.IFunction): void {
    this.checkFirst(target);
    const { keepFailedEvents: isKept = true, resourceType: type, ...props } = this.options;
    if (isKept) keepFailedEvents(target);
    // The CDK does not take its own default.
    const resourceType = type === ANY_TYPE ? undefined : type;
    this.made = new CustomResource(this.scope, this.id, { ...props, resourceType, serviceToken: target.functionArn });
    this.made.node.addDependency(rightsOf(target));
    this.warnOfTimeout(target);
  }

  /**
   * An event as the handler receives it from CloudFormation, for unit tests: that of a `Create`, or of what `RequestType` says.
   *
   * @param overrides parts of the event that are to be different; lists are gone through entry by entry
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
   */
  public sampleEvent(overrides: { [name: string]: any } = {}): { [name: string]: any } {
    return merged(this._sampleEvent(overrides.RequestType), overrides) as { [name: string]: any };
  }

  /** @internal */
  protected _sampleEvent(requestType?: unknown): object {
    const { properties = {}, resourceType } = this.options;
    const sample = requestType === 'Update' ? updateResourceEvent : requestType === 'Delete' ? deleteResourceEvent : createResourceEvent;
    const known = Object.entries(properties).filter(([, value]) => isKnownThroughout(value));
    return sample(asHandedOver(Object.fromEntries(known)) as { [name: string]: unknown }, isKnown(resourceType) ? resourceType : undefined);
  }

  private warnOfTimeout(target: lambda.IFunction): void {
    const { serviceTimeout } = this.options;
    const waits = serviceTimeout?.isUnresolved() ? undefined : serviceTimeout?.toSeconds();
    const takes = timeoutOf(target);
    if (waits === undefined || takes === undefined || waits >= takes) return;
    Annotations.of(this.resource).addWarningV2(
      'cdk-event-functions:custom-resource-waits-long-enough',
      `'serviceTimeout' must be at least ${takes} seconds, the timeout of ${target.node.path}, got ${waits}; `
      + 'the deployment fails while the function goes on: lengthen it, or shorten the timeout of the function',
    );
  }

  private checkType(): void {
    const { resourceType } = this.options;
    if (!isKnown(resourceType) || CUSTOM_TYPE.test(resourceType) || resourceType === ANY_TYPE) return;
    throw mistake(this.scope, {
      code: 'CustomResourceTypeMalformed',
      property: 'resourceType',
      allowed: "'Custom::' and letters, digits and any of _@-, at most 60 characters in all",
      got: resourceType,
      fix: "leave it out, or choose a type such as 'Custom::Schema'",
    });
  }

  private checkProperties(): void {
    const taken = Object.keys(this.options.properties ?? {}).find((name) => name === 'ServiceToken' || name === 'ServiceTimeout');
    if (taken === undefined) return;
    throw mistake(this.scope, {
      code: 'CustomResourcePropertyTaken',
      property: `properties.${taken}`,
      allowed: 'left out',
      got: 'a value',
      fix: taken === 'ServiceToken' ? 'it is the function that the source is added to' : "use 'serviceTimeout'",
    });
  }

  private checkFirst(target: lambda.IFunction): void {
    if (!this.made) return;
    throw mistake(this.scope, {
      code: 'CustomResourceTwice',
      property: 'customResource',
      allowed: 'added to one function',
      got: target.node.path,
      fix: 'a resource has one function that stands for it: make a source for each',
    });
  }
}

/**
 * The policies of the function, of which a custom resource has to be made last and deleted first: also those that come later, and those
 * that the CDK keeps apart from the role.
 */
function rightsOf(target: lambda.IFunction): DependencyGroup {
  const group = new DependencyGroup();
  const policiesIn = ({ node }: IConstruct) => node.findAll().filter((one) => one instanceof iam.Policy || one instanceof iam.ManagedPolicy);
  Dependable.implement(group, {
    get dependencyRoots() {
      const fn = target instanceof lambda.QualifiedFunctionBase ? target.lambda : target;
      const { role } = target;
      const places: IConstruct[] = [target, fn, ...role ? [role] : []];
      return [...new Set(places.filter(({ node }) => node.root === target.node.root).flatMap(policiesIn))];
    },
  });
  return group;
}

/** As CloudFormation hands properties over: numbers and booleans as text. */
function asHandedOver(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asHandedOver);
  if (typeof value !== 'object' || value === null) return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, asHandedOver(part)]));
}
