import { Duration } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { checkFilterPatterns, checkFilters } from './filter-checks';
import { basicAuth, mayLogIn, warnOfLongTimeout } from './logged-in';
import { addMapping, mayRead } from './mapping';
import { PullSourceBase } from './pull-source-base';
import { BROKER_ACTIONS, BROKER_BATCH_SIZE, BROKER_BATCHING_WINDOW, BROKER_QUEUE_NAME } from '../../limits/broker-mapping';
import { FilteredSource } from '../../limits/event-filters';
import { checkSeconds, checkWholeNumber } from '../../support/checks';
import { mistake } from '../../support/errors';
import { idPart } from '../../support/id-part';
import { isKnown } from '../../support/tokens';

/** How Lambda reads a queue of a broker of Amazon MQ. */
export interface BrokerSourceOptions {
  /**
   * Name of the queue: 1 to 1,000 characters. Topics cannot be read; a virtual topic can, by its queue.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html
   */
  readonly queueName: string;

  /**
   * The secret with `username` and `password` of a user of the broker. The execution role may read it, and decrypt it with its key.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html
   */
  readonly secret: secretsmanager.ISecret;

  /**
   * The most messages of one batch: from 1 to 10,000. A batch never has more than 6 MB.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-mq-params.html
   * @default 100
   */
  readonly batchSize?: number;

  /**
   * How long messages are gathered for a batch: whole seconds, from 0 to 300. Once it was set, only a new mapping has the default again.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
   * @default - half a second
   */
  readonly maxBatchingWindow?: Duration;

  /**
   * Patterns of which a message must match one to reach the function, under the key `data`; the others are dropped. Up to 5, or 10 after a
   * quota increase.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-mq-filtering.html
   * @default - all messages
   */
  readonly filters?: { [key: string]: any }[];

  /**
   * The key that the filters are encrypted with. Only with `filters`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
   * @default - a key that AWS owns
   */
  readonly filterEncryption?: kms.IKey;

  /**
   * Whether Lambda reads the queue. While it does not, messages may expire.
   *
   * @default true
   */
  readonly enabled?: boolean;
}

/** A queue of a broker that Lambda reads for a function: what is the same for Apache ActiveMQ and RabbitMQ. */
export abstract class BrokerPullSource extends PullSourceBase {
  /** @internal */
  protected readonly _brokerArn: string;

  /** @internal */
  protected readonly _options: BrokerSourceOptions;

  /** @internal */
  protected abstract readonly _kind: string;

  /** @internal */
  protected abstract readonly _records: FilteredSource;

  /** @internal */
  constructor(brokerArn: string, options: BrokerSourceOptions) {
    super();
    checkBroker(brokerArn);
    checkMapping(options);
    checkFilters(options.secret, options, { record: 'message', tooMany: 'BrokerFiltersTooMany', keyAlone: 'BrokerFilterKeyWithoutFilters' });
    this._brokerArn = brokerArn;
    this._options = options;
  }

  /** Called by `addEventSource()`: makes the mapping, and lets the execution role find the broker, reach it and log in. */
  public bind(target: lambda.IFunction): void {
    const { queueName, secret, ...mapping } = this._options;
    checkFilterPatterns(secret, this._records, mapping.filters);
    const made = addMapping(target, {
      id: [this._kind, ...[this._brokerArn, queueName, ...this._within].map((part) => idPart(target, part))].join(':'),
      grants: [mayRead(target, [this._brokerArn], BROKER_ACTIONS), ...mayLogIn(target, secret)],
      options: {
        ...mapping,
        eventSourceArn: this._brokerArn,
        sourceAccessConfigurations: [basicAuth(secret), ...this._furtherAccess()],
      },
    });
    // The CDK has no name for it.
    (made.node.defaultChild as lambda.CfnEventSourceMapping).queues = [queueName];
    warnOfLongTimeout(target, 'messages of Amazon MQ');
  }

  /**
   * What tells queues of the same name apart.
   *
   * @internal
   */
  protected get _within(): string[] {
    return [];
  }

  /** @internal */
  protected _furtherAccess(): lambda.SourceAccessConfiguration[] {
    return [];
  }
}

function checkBroker(brokerArn: string): void {
  if (!isKnown(brokerArn) || /^arn:[a-z-]+:mq:[a-z0-9-]+:\d{12}:broker:[^:]+:[^:]+$/.test(brokerArn)) return;
  throw mistake(undefined, {
    code: 'BrokerArnMalformed',
    property: 'brokerArn',
    allowed: "the ARN of a broker, such as 'arn:aws:mq:eu-west-1:111122223333:broker:orders:b-9bcfa592-423a-4942-879d-eb284b418fc8'",
    got: brokerArn,
    fix: "take 'attrArn' of a CfnBroker, or the ARN that the console shows",
  });
}

function checkMapping({ queueName, secret, batchSize, maxBatchingWindow }: BrokerSourceOptions): void {
  const { min, max, unit } = BROKER_QUEUE_NAME;
  if (isKnown(queueName) && (queueName.length < min || queueName.length > max)) {
    throw mistake(secret, {
      code: 'BrokerQueueNameMalformed', property: 'queueName', allowed: `${min} to ${max} ${unit}`, got: queueName, fix: 'name one queue of the broker',
    });
  }
  checkWholeNumber(secret, batchSize, BROKER_BATCH_SIZE, { code: 'BrokerBatchSizeOutOfRange', property: 'batchSize', fix: 'leave it out for 100' });
  checkSeconds(secret, maxBatchingWindow, BROKER_BATCHING_WINDOW, {
    code: 'BrokerBatchingWindowOutOfRange', property: 'maxBatchingWindow', fix: 'Lambda gathers messages for at most 5 minutes',
  });
}
