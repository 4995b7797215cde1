import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ActiveMqPullSource } from './active-mq';
import { BrokerSourceOptions } from './broker';
import { DocumentDbPullSource, DocumentDbSourceOptions } from './document-db';
import { KafkaPullSource, KafkaSourceOptions } from './kafka';
import { MskClusterPullSource, MskClusterSourceOptions } from './msk-cluster';
import { OwnQueuePullSource, OwnQueueSourceOptions } from './own-queue';
import { QueuePullSource } from './queue';
import { QueueSourceOptions } from './queue-options';
import { RabbitMqPullSource, RabbitMqSourceOptions } from './rabbit-mq';
import { StreamPullSource, StreamSourceOptions } from './stream';
import { StreamConsumerPullSource, StreamConsumerSourceOptions } from './stream-consumer';
import { TablePullSource, TableSourceOptions } from './table';

/**
 * Sources that Lambda polls on behalf of a function, through an event source mapping.
 *
 * Each factory returns a `lambda.IEventSource` for `addEventSource()` of any function; on an `EventFunction` the
 * mapping invokes the live alias, and the execution role may read from the source.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
 */
export class PullSource {
  /**
   * Lambda reads a queue of a broker of Apache ActiveMQ in Amazon MQ and invokes the function with batches of messages, five at once at most.
   *
   * A failed batch is tried again as a whole; a message that came back six times goes to the dead-letter queue of the broker. Lambda is in
   * the subnets and security groups of the broker: these must let it reach the broker, and Lambda, AWS STS and Secrets Manager
   * (a NAT gateway or VPC endpoints). Broker and function must be in the same account; the function may take 14 minutes.
   *
   * @param brokerArn ARN of the broker; for a `CfnBroker` its `attrArn`
   * @param options the queue, the secret of the user who reads it, and how Lambda polls
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html
   * @example
   * import * as amazonmq from 'aws-cdk-lib/aws-amazonmq';
   * import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
   * import { EventFunction, PullSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * declare const broker: amazonmq.CfnBroker;
   * declare const secret: secretsmanager.Secret;
   * orders.addEventSource(PullSource.activeMq(broker.attrArn, { queueName: 'orders', secret }));
   */
  public static activeMq(brokerArn: string, options: BrokerSourceOptions): ActiveMqPullSource {
    return new ActiveMqPullSource(brokerArn, options);
  }

  /**
   * Lambda reads a change stream of a cluster of Amazon DocumentDB and invokes the function with batches of changes, in their order, one after
   * the other.
   *
   * A failed batch is tried until it succeeds: a bad event holds up the stream, and when its events expire, Lambda switches the mapping
   * off. So let the function put aside what it cannot handle. Nothing can be filtered, and there is no on-failure destination.
   *
   * The cluster is one of version 4.0 or 5.0 with instances, TLS and change streams that are enabled for the database or collection
   * (`modifyChangeStreams`), in the same account and Region. Lambda is in the subnets and security groups of the cluster: these must let it
   * reach the cluster, and Lambda, AWS STS and Secrets Manager (a NAT gateway or VPC endpoints). The function may take 14 minutes.
   *
   * @param cluster the cluster
   * @param options the database, the secret of the user who reads it, and how Lambda polls
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-documentdb.html
   * @example
   * import * as docdb from 'aws-cdk-lib/aws-docdb';
   * import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
   * import { EventFunction, PullSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * declare const cluster: docdb.DatabaseCluster;
   * declare const secret: secretsmanager.Secret;
   * orders.addEventSource(PullSource.documentDb(cluster, { databaseName: 'shop', collectionName: 'orders', secret }));
   */
  public static documentDb(cluster: docdb.IDatabaseCluster, options: DocumentDbSourceOptions): DocumentDbPullSource {
    return new DocumentDbPullSource(cluster, options);
  }

  /**
   * Lambda reads a topic of a cluster of Apache Kafka that AWS does not run. Records that cannot be processed end as with `mskCluster()`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kafka.html
   * @example
   * import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
   * import { EventFunction, KafkaAuthentication, PullSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * declare const login: secretsmanager.ISecret;
   * orders.addEventSource(PullSource.kafka({
   *   bootstrapServers: ['broker-1.example.com:9092', 'broker-2.example.com:9092'],
   *   topic: 'orders',
   *   authentication: KafkaAuthentication.scram512(login),
   *   provisionedPollerConfig: { minimumPollers: 1, maximumPollers: 3 },
   * }));
   */
  public static kafka(options: KafkaSourceOptions): KafkaPullSource {
    return new KafkaPullSource(options);
  }

  /**
   * Lambda reads a topic of a cluster of Amazon MSK, be it serverless or not, and invokes the function with batches of records, partition by
   * partition.
   *
   * A failed batch holds its partition until it succeeds or the topic drops it. Only with `provisionedPollerConfig` it is ever given up: it is
   * halved and tried ten times again, and an encrypted queue keeps where in the topic it is.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
   * @example
   * import * as msk from 'aws-cdk-lib/aws-msk';
   * import { EventFunction, PullSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * declare const cluster: msk.CfnServerlessCluster;
   * orders.addEventSource(PullSource.mskCluster({
   *   clusterArn: cluster.attrArn,
   *   topic: 'orders',
   *   provisionedPollerConfig: { minimumPollers: 1, maximumPollers: 3 },
   * }));
   */
  public static mskCluster(options: MskClusterSourceOptions): MskClusterPullSource {
    return new MskClusterPullSource(options);
  }

  /**
   * Lambda polls a queue that is made for that, with a dead-letter queue: both encrypted, both as AWS recommends it.
   *
   * A message stays invisible for six times the timeout of the function, and is tried five times before it goes to `deadLetterQueue`, which
   * keeps it for 14 days. No more is read at once than is reserved for the function. Senders are given `queue`.
   *
   * @param scope where the queues are made
   * @param id id of the queue; that of the dead-letter queue ends with `DeadLetters`
   * @param options how Lambda polls it
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
   * @example
   * import * as s3 from 'aws-cdk-lib/aws-s3';
   * import * as notifications from 'aws-cdk-lib/aws-s3-notifications';
   * import { EventFunction, PullSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * declare const inbox: s3.Bucket;
   * const source = PullSource.newQueue(this, 'Orders');
   * orders.addEventSource(source);
   * inbox.addEventNotification(s3.EventType.OBJECT_CREATED, new notifications.SqsDestination(source.queue));
   */
  public static newQueue(scope: Construct, id: string, options: OwnQueueSourceOptions = {}): OwnQueuePullSource {
    return new OwnQueuePullSource(scope, id, options);
  }

  /**
   * Lambda polls an Amazon SQS queue, standard or FIFO, and invokes the function with batches of messages.
   *
   * Messages of a failed batch become visible again after the queue's visibility timeout; after `maxReceiveCount`
   * receives they go to the queue's dead-letter queue, if it has one, and else are tried until they expire. What Lambda reads and cannot hand
   * over because the function is throttled counts as received: so it reads no more at once than is reserved for the function
   * (`maxConcurrency`).
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
   * @example
   * import * as sqs from 'aws-cdk-lib/aws-sqs';
   * import { EventFunction, PullSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * const queue = new sqs.Queue(this, 'Queue');
   * orders.addEventSource(PullSource.queue(queue, { batchSize: 10, maxConcurrency: 5 }));
   */
  public static queue(queue: sqs.IQueue, options: QueueSourceOptions = {}): QueuePullSource {
    return new QueuePullSource(queue, options);
  }

  /**
   * Lambda reads a queue of a broker of RabbitMQ in Amazon MQ and invokes the function with batches of messages, one after the other.
   *
   * A failed batch is tried again as a whole, until it succeeds or the messages expire. For network, account and timeout the same holds as
   * for `activeMq()`.
   *
   * @param brokerArn ARN of the broker; for a `CfnBroker` its `attrArn`
   * @param options the queue, the secret of the user who reads it, and how Lambda polls
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html
   * @example
   * import * as amazonmq from 'aws-cdk-lib/aws-amazonmq';
   * import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
   * import { EventFunction, PullSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * declare const broker: amazonmq.CfnBroker;
   * declare const secret: secretsmanager.Secret;
   * orders.addEventSource(PullSource.rabbitMq(broker.attrArn, { queueName: 'orders', virtualHost: 'shop', secret }));
   */
  public static rabbitMq(brokerArn: string, options: RabbitMqSourceOptions): RabbitMqPullSource {
    return new RabbitMqPullSource(brokerArn, options);
  }

  /**
   * Lambda reads a data stream of Amazon Kinesis and invokes the function with batches of records, shard by shard.
   *
   * A failed batch is halved and tried ten times again, for records of up to 12 hours; then it is skipped, and an encrypted queue keeps where
   * in the stream it is. AWS's own default is to hold the shard for as long as the stream keeps the record.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
   * @example
   * import * as kinesis from 'aws-cdk-lib/aws-kinesis';
   * import { EventFunction, PullSource } from 'cdk-event-functions';
   *
   * declare const clicks: EventFunction;
   * clicks.addEventSource(PullSource.stream(new kinesis.Stream(this, 'Clicks'), { parallelizationFactor: 2 }));
   */
  public static stream(stream: kinesis.IStream, options: StreamSourceOptions = {}): StreamPullSource {
    return new StreamPullSource(stream, options);
  }

  /**
   * Lambda reads a data stream of Amazon Kinesis as a consumer that has a throughput of its own (enhanced fan-out), where other readers of the
   * stream share theirs. Records that cannot be processed end as with `stream()`.
   *
   * @see https://docs.aws.amazon.com/streams/latest/dev/enhanced-consumers.html
   * @example
   * import * as kinesis from 'aws-cdk-lib/aws-kinesis';
   * import { EventFunction, PullSource } from 'cdk-event-functions';
   *
   * declare const clicks: EventFunction;
   * const consumer = new kinesis.StreamConsumer(this, 'Reader', {
   *   stream: new kinesis.Stream(this, 'Clicks'),
   *   streamConsumerName: 'clicks',
   * });
   * clicks.addEventSource(PullSource.streamConsumer(consumer));
   */
  public static streamConsumer(consumer: kinesis.IStreamConsumer, options: StreamConsumerSourceOptions = {}): StreamConsumerPullSource {
    return new StreamConsumerPullSource(consumer, options);
  }

  /**
   * Lambda reads the stream of a table of Amazon DynamoDB and invokes the function with batches of changes, those of one item in their order.
   *
   * A failed batch is halved and tried ten times again, for changes of up to 12 hours; then it is skipped, and an encrypted queue keeps where
   * in the stream it is. No more than two functions should read the stream, and only one if the table has replicas.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
   * @example
   * import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
   * import { EventFunction, PullSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * const table = new dynamodb.TableV2(this, 'Table', {
   *   partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
   *   dynamoStream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
   * });
   * orders.addEventSource(PullSource.table(table, { batchSize: 50 }));
   */
  public static table(table: dynamodb.ITable, options: TableSourceOptions = {}): TablePullSource {
    return new TablePullSource(table, options);
  }

  private constructor() {}
}
