import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { checkDelivery } from './delivery';
import { DeliveryOptions } from './delivery-options';
import { freeId } from './free-id';
import { PushSourceBase } from './push-source-base';
import { eventBridgeEvent } from './samples/event-bridge';
import { checkDeadLetterKey, checkDeadLetterQueue, letUseKey } from '../../failure/dead-letters';
import { keepFailedEvents } from '../../failure/failed-events';
import { EVENT_BRIDGE } from '../../limits/sources/event-bridge';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** Which events of a bus invoke the function. */
export interface EventBridgeSourceOptions extends DeliveryOptions {
  /**
   * What an event must be like. At least one member; all that are given must match.
   *
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
   */
  readonly eventPattern: events.EventPattern;

  /**
   * The bus that the events are on.
   *
   * @default - the default bus of the account, which has the events of AWS services
   */
  readonly eventBus?: events.IEventBus;

  /**
   * Name of the rule, between 1 and 64 characters. With a name, the source can serve one function only.
   *
   * @default - a name that CloudFormation makes
   */
  readonly ruleName?: string;

  /**
   * Description of the rule, at most 512 characters.
   *
   * @default - the rule is not described
   */
  readonly description?: string;

  /**
   * Whether the rule is on. While it is off, events are not kept.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * What the function receives, instead of the whole event. `sampleEvent()` is always the whole event.
   *
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
   * @default - the whole event
   */
  readonly event?: events.RuleTargetInput;

  /**
   * Where EventBridge sends events that it cannot hand over to Lambda. A standard queue of the stack of the function, or one that is
   * imported, whose owner must let EventBridge send to it.
   *
   * It gets no event for which the function failed: those are in the hands of Lambda, see `keepFailedEvents`.
   *
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
   * @default - events that cannot be handed over are lost
   */
  readonly deadLetterQueue?: sqs.IQueue;
}

/** A rule of Amazon EventBridge that invokes a function. Made by `PushSource.eventBridge()`. */
export class EventBridgePushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics = EVENT_BRIDGE;

  /** @internal */
  constructor(private readonly options: EventBridgeSourceOptions) {
    super();
    const { eventBus: scope, deadLetterQueue } = options;
    this.checkPattern();
    checkDelivery(scope, 'EventBridge', options);
    checkDeadLetterQueue(scope, deadLetterQueue);
    checkDeadLetterKey(scope, deadLetterQueue);
  }

  /** Called by `addEventSource()`: makes a rule beside the function, and permits it to invoke. */
  public bind(target: lambda.IFunction): void {
    const { eventPattern, eventBus, ruleName, description, enabled, event, deadLetterQueue, keepFailedEvents: isKept = true } = this.options;
    this.checkQueueIsNear(target);
    if (isKept) keepFailedEvents(target);
    const scope = target as unknown as Construct;
    const id = freeId(scope, isKnown(ruleName) ? `EventRule${ruleName}` : 'EventRule');
    const rule = new events.Rule(scope, id, { eventPattern, eventBus, ruleName, description, enabled });
    const lambdaTarget = new LambdaFunction(target, { event, deadLetterQueue });
    rule.addTarget({ bind: (of, targetId) => ({ ...lambdaTarget.bind(of, targetId), retryPolicy: this.retryPolicy() }) });
    letUseKey(deadLetterQueue, 'events.amazonaws.com', { StringEquals: { 'aws:SourceAccount': rule.env.account } });
  }

  /** @internal */
  protected _sampleEvent(): object {
    const { source: [source] = [], detailType: [detailType] = [] } = this.options.eventPattern;
    return eventBridgeEvent(plain(source), plain(detailType));
  }

  /** The CDK's target drops a number that is not known yet. */
  private retryPolicy(): events.CfnRule.RetryPolicyProperty | undefined {
    const { retryAttempts, maxEventAge } = this.options;
    if (retryAttempts === undefined && maxEventAge === undefined) return undefined;
    return { maximumRetryAttempts: retryAttempts, maximumEventAgeInSeconds: maxEventAge?.toSeconds() };
  }

  private checkPattern(): void {
    const { eventPattern, eventBus } = this.options;
    const members = Object.values(eventPattern ?? {}).filter((member) => member !== undefined);
    const nothing = members.findIndex((member) => Array.isArray(member) && member.length === 0);
    if (members.length > 0 && nothing < 0) return;
    throw mistake(eventBus, {
      code: 'EventBridgePatternEmpty',
      property: 'eventPattern',
      allowed: 'a pattern of at least one member, none of them an empty list',
      got: eventPattern,
      fix: "say which events, such as { source: ['shop.orders'] }",
    });
  }

  /** The policy of the queue names the rule, and the rule the queue: in two stacks each would wait for the other. */
  private checkQueueIsNear(target: lambda.IFunction): void {
    const { deadLetterQueue } = this.options;
    if (!(deadLetterQueue instanceof sqs.Queue) || Stack.of(deadLetterQueue) === Stack.of(target)) return;
    throw mistake(target, {
      code: 'EventBridgeDeadLetterQueueElsewhere',
      property: 'deadLetterQueue',
      allowed: 'a queue of the stack of the function',
      got: deadLetterQueue.node.path,
      fix: 'make the queue there, or import it by its ARN and let events.amazonaws.com send to it where it is made',
    });
  }
}

/** A text of a pattern that stands for itself; matchers are tokens. */
function plain(text: string | undefined): string | undefined {
  return isKnown(text) && typeof text === 'string' ? text : undefined;
}
