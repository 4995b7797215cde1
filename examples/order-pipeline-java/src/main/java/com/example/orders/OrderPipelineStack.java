package com.example.orders;

import io.github.cdkeventfunctions.BucketSourceOptions;
import io.github.cdkeventfunctions.EventFunction;
import io.github.cdkeventfunctions.PullSource;
import io.github.cdkeventfunctions.PushSource;
import io.github.cdkeventfunctions.QueueSourceOptions;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.NotificationKeyFilter;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** Order files are dropped into a bucket; each order in them ends up in a table. */
public class OrderPipelineStack extends Stack {
    // The handlers and their layer are those of the TypeScript example: Lambda does not mind who deploys them.
    // cdk runs the app in the folder of cdk.json.
    private static final String ASSETS = "../order-pipeline/";

    public OrderPipelineStack(final Construct scope, final String id) {
        this(scope, id, null);
    }

    public OrderPipelineStack(final Construct scope, final String id, final StackProps props) {
        super(scope, id, props);

        Bucket inbox = Bucket.Builder.create(this, "Inbox")
                .encryption(BucketEncryption.S3_MANAGED)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .enforceSsl(true)
                .build();
        Queue failedFiles = Queue.Builder.create(this, "FailedFiles")
                .enforceSsl(true)
                .retentionPeriod(Duration.days(14))
                .build();
        Queue failedOrders = Queue.Builder.create(this, "FailedOrders")
                .enforceSsl(true)
                .retentionPeriod(Duration.days(14))
                .build();
        Queue orders = Queue.Builder.create(this, "Orders")
                .enforceSsl(true)
                .visibilityTimeout(Duration.minutes(3)) // six times the timeout of the function that polls it
                .deadLetterQueue(DeadLetterQueue.builder().queue(failedOrders).maxReceiveCount(5).build())
                .build();
        TableV2 table = TableV2.Builder.create(this, "Table")
                .partitionKey(Attribute.builder().name("orderId").type(AttributeType.STRING).build())
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build())
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();

        LayerVersion common = LayerVersion.Builder.create(this, "Common")
                .description("Parsing, validation and logging for all order functions")
                .code(Code.fromAsset(ASSETS + "layers/common"))
                .compatibleRuntimes(List.of(Runtime.NODEJS_22_X))
                .build();

        EventFunction receive = EventFunction.Builder.create(this, "ReceiveOrders")
                .description("Reads order files and sends each order to the queue")
                .runtime(Runtime.NODEJS_22_X)
                .architecture(Architecture.ARM_64)
                .handler("index.handler")
                .code(Code.fromAsset(ASSETS + "functions/receive-orders"))
                .layers(List.of(common))
                .memorySize(512)
                .timeout(Duration.minutes(1))
                .reservedConcurrentExecutions(10)
                .environment(Map.of("QUEUE_URL", orders.getQueueUrl()))
                .logGroupRetention(RetentionDays.THREE_MONTHS)
                .onFailure(new SqsDestination(failedFiles))
                .build();
        receive.addEventSource(PushSource.bucket(inbox, BucketSourceOptions.builder()
                .filters(List.of(NotificationKeyFilter.builder().prefix("orders/").suffix(".ndjson").build()))
                .build()));
        inbox.grantRead(receive, "orders/*");
        orders.grantSendMessages(receive);

        EventFunction store = EventFunction.Builder.create(this, "StoreOrders")
                .description("Writes each order of the queue to the table, once")
                .runtime(Runtime.NODEJS_22_X)
                .architecture(Architecture.ARM_64)
                .handler("index.handler")
                .code(Code.fromAsset(ASSETS + "functions/store-orders"))
                .layers(List.of(common))
                .timeout(Duration.seconds(30))
                .reservedConcurrentExecutions(20)
                .environment(Map.of("TABLE_NAME", table.getTableName()))
                .logGroupRetention(RetentionDays.THREE_MONTHS)
                .build();
        store.addEventSource(PullSource.queue(orders, QueueSourceOptions.builder()
                .batchSize(10)
                .maxConcurrency(20)
                .reportBatchItemFailures(true)
                .build()));
        table.grant(store, "dynamodb:PutItem");
    }
}
