import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as vpclattice from 'aws-cdk-lib/aws-vpclattice';
import { Construct } from 'constructs';
import { freeId } from './free-id';
import { checkRule, matchOf } from './lattice-match';
import { PushSourceBase } from './push-source-base';
import { latticeEvent, latticeEventV1 } from './samples/lattice';
import { LATTICE, LATTICE_GROUP_NAME, LATTICE_V1_TYPE } from '../../limits/sources/lattice';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** The form in which VPC Lattice hands a request to a function. */
export enum LatticeEventVersion {
  /** Each header and parameter has one value; who calls is not said. */
  V1 = 'V1',

  /** Headers and parameters have lists of values; service, network and caller are in `requestContext`. */
  V2 = 'V2',
}

/** The target group that a function is the target of. */
export interface LatticeTargetGroupSourceOptions {
  /**
   * The form of the event. To change it replaces the target group.
   *
   * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html#receive-event-from-service
   * @default LatticeEventVersion.V2
   */
  readonly eventVersion?: LatticeEventVersion;

  /**
   * Name of the target group: 3 to 128 lower-case letters, digits and single hyphens between them. A source with a name serves one
   * function.
   *
   * @default - CloudFormation makes one
   */
  readonly targetGroupName?: string;
}

/** Which requests of a listener invoke the function: those that match all of what is given, of which there must be something. */
export interface LatticeListenerSourceOptions extends LatticeTargetGroupSourceOptions {
  /**
   * Place of the rule among those of the listener, which are tried from the lowest number up: 1 to 100, each once.
   *
   * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/listeners.html
   */
  readonly priority: number;

  /**
   * The whole path, which begins with a slash, in upper and lower case as it is given; up to 128 characters. Not together with `pathPrefix`.
   *
   * @default - any path
   */
  readonly path?: string;

  /**
   * What the path begins with, a slash first, in upper and lower case as it is given; up to 128 characters. Not together with `path`.
   *
   * @default - any path
   */
  readonly pathPrefix?: string;

  /**
   * CONNECT, DELETE, GET, HEAD, OPTIONS, POST, PUT or TRACE.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-vpclattice-rule-httpmatch.html
   * @default - any method
   */
  readonly method?: string;

  /**
   * Headers with the value that they must have, in upper or lower case: up to 5, names up to 40 characters, values up to 128.
   *
   * @default - any headers
   */
  readonly headers?: { [name: string]: string };
}

/** A service of VPC Lattice that invokes a function. Made by `PushSource.latticeListener()` and `PushSource.latticeTargetGroup()`. */
export class LatticePushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics;

  private readonly groups = new Map<lambda.IFunction, vpclattice.CfnTargetGroup>();

  /** @internal */
  constructor(
    private readonly options: LatticeTargetGroupSourceOptions,
    private readonly listener?: vpclattice.CfnListener,
    private readonly rule?: LatticeListenerSourceOptions,
  ) {
    super();
    this.semantics = options.eventVersion === LatticeEventVersion.V1 ? { ...LATTICE, eventType: LATTICE_V1_TYPE } : LATTICE;
    const { targetGroupName: name } = options;
    if (listener && rule) checkRule(listener, rule);
    if (!isKnown(name) || LATTICE_GROUP_NAME.test(name)) return;
    throw mistake(listener, {
      code: 'LatticeGroupNameMalformed',
      property: 'targetGroupName',
      allowed: '3 to 128 lower-case letters, digits and single hyphens between them',
      got: name,
      fix: 'leave it out for a name that CloudFormation makes',
    });
  }

  /** Called by `addEventSource()`: makes a target group of the function, permitted to invoke it, and the rule that forwards to it. */
  public bind(target: lambda.IFunction): void {
    checkHere(target);
    const scope = target as unknown as Construct;
    const id = freeId(scope, 'LatticeTargetGroup');
    const group = new vpclattice.CfnTargetGroup(scope, id, {
      type: 'LAMBDA',
      name: this.options.targetGroupName,
      config: { lambdaEventStructureVersion: this.options.eventVersion ?? LatticeEventVersion.V2 },
      targets: [{ id: target.functionArn }],
    });
    this.groups.set(target, group);
    // VPC Lattice writes one itself, with the rights of who deploys: this one stays when a document replaces the policy.
    target.addPermission(`Allow${id}`, { principal: new iam.ServicePrincipal('vpc-lattice.amazonaws.com'), sourceArn: group.attrArn });
    const permission = target.node.tryFindChild(`Allow${id}`);
    const rule = this.forward(group);
    if (permission) rule?.node.addDependency(permission);
  }

  /**
   * The target group that a function is in by this source, for actions of listeners and rules. One service can use it.
   *
   * @param target the function that the source was added to; fails for others
   * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/target-groups.html
   */
  public targetGroupOf(target: lambda.IFunction): vpclattice.CfnTargetGroup {
    const group = this.groups.get(target);
    if (group) return group;
    throw mistake(target, {
      code: 'LatticeTargetGroupMissing',
      property: 'target',
      allowed: 'a function that this source was added to',
      got: target.node.path,
      fix: 'call addEventSource() of the function with this source before',
    });
  }

  /** @internal */
  protected _sampleEvent(): object {
    const { path, pathPrefix, method } = this.rule ?? {};
    const asked = path ?? pathPrefix;
    const sample = { path: isKnown(asked) ? asked : undefined, method: isKnown(method) ? method : undefined };
    return this.options.eventVersion === LatticeEventVersion.V1 ? latticeEventV1(sample) : latticeEvent(sample);
  }

  private forward(group: vpclattice.CfnTargetGroup): vpclattice.CfnRule | undefined {
    const { listener, rule } = this;
    if (!listener || !rule) return undefined;
    const id = isKnown(rule.priority) ? `Rule${rule.priority}` : freeId(listener, 'Rule');
    if (listener.node.tryFindChild(id)) {
      throw mistake(listener, {
        code: 'LatticePriorityTaken',
        property: 'priority',
        allowed: 'different for each function of a listener',
        got: rule.priority,
        fix: 'number the rules of a listener with gaps, such as 10, 20, 30',
      });
    }
    return new vpclattice.CfnRule(listener, id, {
      listenerIdentifier: listener.attrArn,
      serviceIdentifier: listener.attrServiceArn,
      priority: rule.priority,
      match: { httpMatch: matchOf(rule) },
      action: { forward: { targetGroups: [{ targetGroupIdentifier: group.attrArn, weight: 1 }] } },
    });
  }
}

/** A target group, which is made in the stack of the function, takes none of elsewhere. */
function checkHere(target: lambda.IFunction): void {
  const stack = Stack.of(target);
  for (const property of ['account', 'region'] as const) {
    const [own, there] = [stack[property], target.env[property]];
    if (!isKnown(own) || !isKnown(there) || own === there) continue;
    throw mistake(target, {
      code: 'LatticeFunctionElsewhere',
      property: `env.${property}`,
      allowed: `'${own}', that of the target group`,
      got: there,
      fix: 'make the target group where the function is: its service may be shared with other accounts',
    });
  }
}
