import { Stack } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { LambdaTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { PushSourceBase } from './push-source-base';
import { loadBalancerEvent } from './samples/load-balancer';
import { LOAD_BALANCER, RULE_PRIORITY } from '../../limits/sources/load-balancer';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { checkWholeNumber } from '../../support/checks';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** Which requests of a load balancer invoke the function. */
export interface LoadBalancerSourceOptions {
  /**
   * Which requests invoke the function: those that match all of these. At least one, and together with `priority`.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html
   * @default - every request that no other rule of the listener takes
   */
  readonly conditions?: elbv2.ListenerCondition[];

  /**
   * Place of the rule among those of the listener, which are tried from the lowest number up: 1 to 50,000, each once.
   * Together with `conditions`.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html
   * @default - the function is the default action of the listener
   */
  readonly priority?: number;

  /**
   * Check the function's health, `{}` with the defaults of the CDK: the load balancer invokes it every 35 seconds, which is
   * paid for as other requests are, and answers with 503 while it is unhealthy.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
   * @default - health is not checked
   */
  readonly healthCheck?: elbv2.HealthCheck;

  /**
   * Whether headers and parameters that come several times come as lists, in `multiValueHeaders` and
   * `multiValueQueryStringParameters`. The function must answer with `multiValueHeaders` then, too. Otherwise the last value
   * counts.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
   * @default false
   */
  readonly multiValueHeaders?: boolean;

  /**
   * Name of the target group: at most 32 letters, digits and hyphens.
   *
   * @default - CloudFormation makes one
   */
  readonly targetGroupName?: string;
}

/** A load balancer that invokes a function. Made by `PushSource.loadBalancer()`. */
export class LoadBalancerPushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics = LOAD_BALANCER;

  /** @internal */
  constructor(private readonly listener: elbv2.IApplicationListener, private readonly options: LoadBalancerSourceOptions) {
    super();
    const { priority, conditions } = options;
    checkWholeNumber(listener, priority, RULE_PRIORITY, {
      code: 'LoadBalancerPriority', property: 'priority', fix: 'number the rules of a listener with gaps, such as 10, 20, 30',
    });
    const complete = priority === undefined ? conditions === undefined : conditions !== undefined && conditions.length > 0;
    if (complete) return;
    throw mistake(listener, {
      code: priority === undefined ? 'LoadBalancerPriorityMissing' : 'LoadBalancerConditionsMissing',
      property: priority === undefined ? 'priority' : 'conditions',
      allowed: priority === undefined ? "given together with 'conditions'" : "at least one condition, together with 'priority'",
      got: priority === undefined ? undefined : conditions,
      fix: 'leave out both to take all requests that no other rule takes',
    });
  }

  /** Called by `addEventSource()`: makes a target group of the function, permitted to invoke it, and forwards to it. */
  public bind(target: lambda.IFunction): void {
    const { conditions, priority, healthCheck, multiValueHeaders, targetGroupName } = this.options;
    const id = `${target.node.id}${priority === undefined ? 'Default' : isKnown(priority) ? priority : ''}`;
    const group = new elbv2.ApplicationTargetGroup(this.listener as unknown as Construct, `${id}Group`, {
      targetType: elbv2.TargetType.LAMBDA,
      targets: [new LambdaTarget(target)],
      targetGroupName,
      multiValueHeadersEnabled: multiValueHeaders,
      // For functions they are switched off unless somebody says otherwise.
      healthCheck: healthCheck && { enabled: true, ...healthCheck },
    });
    this.listener.addTargetGroups(id, { targetGroups: [group], conditions, priority });
    holdToAccount(target);
  }

  /** @internal */
  protected _sampleEvent(): object {
    return loadBalancerEvent(this.options.multiValueHeaders ?? false);
  }
}

/** The CDK lets in the load balancers of all accounts; they have to be in that of the function. */
function holdToAccount(target: lambda.IFunction): void {
  const sourceArn = Stack.of(target).formatArn({ service: 'elasticloadbalancing', resource: 'targetgroup', resourceName: '*' });
  for (const permission of target.node.children) {
    if (permission instanceof lambda.CfnPermission && permission.principal === LOAD_BALANCER.principal) permission.sourceArn ??= sourceArn;
  }
}
