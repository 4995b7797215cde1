import { Names, Stack, Validations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AsynchronousSourceOptions } from './asynchronous-options';
import { PushSourceBase } from './push-source-base';
import { topicEvent } from './samples/topic';
import { checkDeadLetterKey, checkDeadLetterQueue, letUseKey } from '../../failure/dead-letters';
import { keepFailedEvents } from '../../failure/failed-events';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { TOPIC } from '../../limits/sources/topic';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** Which messages of a topic invoke the function. */
export interface TopicSourceOptions extends AsynchronousSourceOptions {
  /**
   * What the attributes of a message must be like. Up to five attributes, of which all must match.
   *
   * Cannot be given with `filterPolicyWithMessageBody`: a subscription has one filter policy.
   *
   * @see https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
   * @default - all messages
   */
  readonly filterPolicy?: { [attribute: string]: sns.SubscriptionFilter };

  /**
   * What the body of a message, which must be JSON, must be like. Up to five members at the top, of which all must match.
   *
   * Cannot be given with `filterPolicy`: a subscription has one filter policy.
   *
   * @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html
   * @default - all messages
   */
  readonly filterPolicyWithMessageBody?: { [attribute: string]: sns.FilterOrPolicy };

  /**
   * Where Amazon SNS sends messages that it cannot hand over to Lambda, for want of permission or after 23 days of trying. A standard
   * queue of the account and Region of the function.
   *
   * It gets no message for which the function failed: those are in the hands of Lambda, see `keepFailedEvents`.
   *
   * @see https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
   * @default - messages that cannot be handed over are lost
   */
  readonly deadLetterQueue?: sqs.IQueue;
}

/** A topic that invokes a function. Made by `PushSource.topic()`. */
export class TopicPushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics = TOPIC;

  /** @internal */
  constructor(private readonly topic: sns.ITopic, private readonly options: TopicSourceOptions) {
    super();
    this.checkTopic();
    this.checkFilters();
    checkDeadLetterQueue(topic, options.deadLetterQueue);
    checkDeadLetterKey(topic, options.deadLetterQueue);
  }

  /** Called by `addEventSource()`: subscribes the function to the topic, and permits the topic to invoke. */
  public bind(target: lambda.IFunction): void {
    const { keepFailedEvents: isKept = true, ...subscriptionProps } = this.options;
    this.checkNotSubscribed(target);
    if (isKept) keepFailedEvents(target);
    const lambdaSubscription = new LambdaSubscription(target, subscriptionProps);
    // The id that the CDK gives, unless another topic with the same id has it.
    const id = target.node.tryFindChild(this.topic.node.id) ? Names.nodeUniqueId(this.topic.node) : this.topic.node.id;
    const subscription = this.topic.addSubscription({ bind: (topic) => ({ ...lambdaSubscription.bind(topic), subscriberId: id }) });
    // A message that comes before the permission is not tried again: SNS takes that for an error of the client.
    const permission = target.permissionsNode.tryFindChild(`AllowInvoke:${Names.nodeUniqueId(this.topic.node)}`);
    if (permission) subscription.node.addDependency(permission);
    if (target instanceof lambda.QualifiedFunctionBase) Validations.of(subscription).acknowledge(ALIAS_AS_ENDPOINT);
    this.permitDeadLetters();
  }

  /** @internal */
  protected _sampleEvent(): object {
    return isKnown(this.topic.topicArn) ? topicEvent(this.topic.topicArn) : topicEvent();
  }

  private permitDeadLetters(): void {
    const { account, region } = this.topic.env;
    const anyTopic = Stack.of(this.topic).formatArn({ service: 'sns', account, region, resource: '*' });
    letUseKey(this.options.deadLetterQueue, 'sns.amazonaws.com', { ArnLike: { 'aws:SourceArn': anyTopic } });
  }

  private checkTopic(): void {
    if (!this.topic.fifo) return;
    throw mistake(this.topic, {
      code: 'TopicFifo',
      property: 'topic',
      allowed: 'a standard topic',
      got: this.topic.node.path,
      fix: 'subscribe a FIFO queue to it and use PullSource.queue(): FIFO topics deliver to queues only',
    });
  }

  private checkFilters(): void {
    const { filterPolicy, filterPolicyWithMessageBody } = this.options;
    if (filterPolicy && filterPolicyWithMessageBody) {
      throw mistake(this.topic, {
        code: 'TopicFilterPoliciesBoth',
        property: 'filterPolicyWithMessageBody',
        allowed: "left out when 'filterPolicy' is given",
        got: Object.keys(filterPolicyWithMessageBody),
        fix: 'filter by attributes or by the body: a subscription has one filter policy',
      });
    }
    for (const [property, policy] of Object.entries({ filterPolicy, filterPolicyWithMessageBody })) {
      const names = Object.keys(policy ?? {});
      if (policy === undefined || (names.length > 0 && names.length <= MAX_FILTER_NAMES)) continue;
      throw mistake(this.topic, {
        code: names.length === 0 ? 'TopicFilterPolicyEmpty' : 'TopicFilterPolicyTooLong',
        property,
        allowed: `between 1 and ${MAX_FILTER_NAMES} names`,
        got: names,
        fix: names.length === 0 ? 'leave it out for all messages' : 'filter by fewer names, or in the function',
      });
    }
  }

  private checkNotSubscribed(target: lambda.IFunction): void {
    const { topicArn } = this.topic;
    const twin = target.node.children.find((child) => child instanceof sns.Subscription
      && (child.node.defaultChild as sns.CfnSubscription).topicArn === topicArn);
    if (!twin) return;
    throw mistake(target, {
      code: 'TopicSubscribedTwice',
      property: 'topic',
      allowed: 'a topic to which the function is not subscribed yet',
      got: this.topic.node.path,
      fix: 'say all that is to match in one filter policy: Amazon SNS keeps one subscription per topic and function',
    });
  }
}

/**
 * What the validation of the CDK says of a subscription whose endpoint is no `AWS::Lambda::Function`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html
 */
const ALIAS_AS_ENDPOINT = {
  id: 'CloudFormation-Validate::W3694',
  reason: 'Amazon SNS invokes whatever function ARN it is given, with the alias or version in it',
};

/** Names in one filter policy. @see https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
const MAX_FILTER_NAMES = 5;
