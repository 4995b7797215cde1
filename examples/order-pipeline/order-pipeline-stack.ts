import * as path from 'path';
import { Duration, RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { EventFunction, PullSource, PushSource } from 'cdk-event-functions';

/** Order files are dropped into a bucket; each order in them ends up in a table. */
export class OrderPipelineStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const inbox = new s3.Bucket(this, 'Inbox', {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
    });
    const failedFiles = new sqs.Queue(this, 'FailedFiles', { enforceSSL: true, retentionPeriod: Duration.days(14) });
    const failedOrders = new sqs.Queue(this, 'FailedOrders', { enforceSSL: true, retentionPeriod: Duration.days(14) });
    const orders = new sqs.Queue(this, 'Orders', {
      enforceSSL: true,
      visibilityTimeout: Duration.minutes(3), // six times the timeout of the function that polls it
      deadLetterQueue: { queue: failedOrders, maxReceiveCount: 5 },
    });
    const table = new dynamodb.TableV2(this, 'Table', {
      partitionKey: { name: 'orderId', type: dynamodb.AttributeType.STRING },
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });

    const common = new lambda.LayerVersion(this, 'Common', {
      description: 'Parsing, validation and logging for all order functions',
      code: lambda.Code.fromAsset(path.join(__dirname, 'layers/common')),
      compatibleRuntimes: [lambda.Runtime.NODEJS_22_X],
    });

    const receive = new EventFunction(this, 'ReceiveOrders', {
      description: 'Reads order files and sends each order to the queue',
      runtime: lambda.Runtime.NODEJS_22_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(path.join(__dirname, 'functions/receive-orders')),
      layers: [common],
      memorySize: 512,
      timeout: Duration.minutes(1),
      reservedConcurrentExecutions: 10,
      environment: { QUEUE_URL: orders.queueUrl },
      logGroupRetention: logs.RetentionDays.THREE_MONTHS,
      onFailure: new SqsDestination(failedFiles),
    });
    receive.addEventSource(PushSource.bucket(inbox, { filters: [{ prefix: 'orders/', suffix: '.ndjson' }] }));
    inbox.grantRead(receive, 'orders/*');
    orders.grantSendMessages(receive);

    const store = new EventFunction(this, 'StoreOrders', {
      description: 'Writes each order of the queue to the table, once',
      runtime: lambda.Runtime.NODEJS_22_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(path.join(__dirname, 'functions/store-orders')),
      layers: [common],
      timeout: Duration.seconds(30),
      reservedConcurrentExecutions: 20,
      environment: { TABLE_NAME: table.tableName },
      logGroupRetention: logs.RetentionDays.THREE_MONTHS,
    });
    store.addEventSource(PullSource.queue(orders, { batchSize: 10, maxConcurrency: 20, reportBatchItemFailures: true }));
    table.grant(store, 'dynamodb:PutItem');
  }
}
