using System.Collections.Generic;
using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Lambda.Destinations;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.S3;
using Amazon.CDK.AWS.SQS;
using CdkEventFunctions;
using Constructs;
using Attribute = Amazon.CDK.AWS.DynamoDB.Attribute;

namespace OrderPipeline
{
    /// <summary>Order files are dropped into a bucket; each order in them ends up in a table.</summary>
    public class OrderPipelineStack : Stack
    {
        // The handlers and their layer are those of the TypeScript example: Lambda does not mind who deploys them.
        // cdk runs the app in the folder of cdk.json.
        private const string Assets = "../order-pipeline";

        public OrderPipelineStack(Construct scope, string id, IStackProps? props = null) : base(scope, id, props)
        {
            var inbox = new Bucket(this, "Inbox", new BucketProps
            {
                Encryption = BucketEncryption.S3_MANAGED,
                BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
                EnforceSSL = true,
            });
            var failedFiles = new Queue(this, "FailedFiles", new QueueProps { EnforceSSL = true, RetentionPeriod = Duration.Days(14) });
            var failedOrders = new Queue(this, "FailedOrders", new QueueProps { EnforceSSL = true, RetentionPeriod = Duration.Days(14) });
            var orders = new Queue(this, "Orders", new QueueProps
            {
                EnforceSSL = true,
                VisibilityTimeout = Duration.Minutes(3), // six times the timeout of the function that polls it
                DeadLetterQueue = new DeadLetterQueue { Queue = failedOrders, MaxReceiveCount = 5 },
            });
            var table = new TableV2(this, "Table", new TablePropsV2
            {
                PartitionKey = new Attribute { Name = "orderId", Type = AttributeType.STRING },
                PointInTimeRecoverySpecification = new PointInTimeRecoverySpecification { PointInTimeRecoveryEnabled = true },
                RemovalPolicy = RemovalPolicy.RETAIN,
            });

            var common = new LayerVersion(this, "Common", new LayerVersionProps
            {
                Description = "Parsing, validation and logging for all order functions",
                Code = Code.FromAsset($"{Assets}/layers/common"),
                CompatibleRuntimes = new[] { Runtime.NODEJS_22_X },
            });

            var receive = new EventFunction(this, "ReceiveOrders", new EventFunctionProps
            {
                Description = "Reads order files and sends each order to the queue",
                Runtime = Runtime.NODEJS_22_X,
                Architecture = Architecture.ARM_64,
                Handler = "index.handler",
                Code = Code.FromAsset($"{Assets}/functions/receive-orders"),
                Layers = new[] { common },
                MemorySize = 512,
                Timeout = Duration.Minutes(1),
                ReservedConcurrentExecutions = 10,
                Environment = new Dictionary<string, string> { ["QUEUE_URL"] = orders.QueueUrl },
                LogGroupRetention = RetentionDays.THREE_MONTHS,
                OnFailure = new SqsDestination(failedFiles),
            });
            receive.AddEventSource(PushSource.Bucket(inbox, new BucketSourceOptions
            {
                Filters = new[] { new NotificationKeyFilter { Prefix = "orders/", Suffix = ".ndjson" } },
            }));
            inbox.GrantRead(receive, "orders/*");
            orders.GrantSendMessages(receive);

            var store = new EventFunction(this, "StoreOrders", new EventFunctionProps
            {
                Description = "Writes each order of the queue to the table, once",
                Runtime = Runtime.NODEJS_22_X,
                Architecture = Architecture.ARM_64,
                Handler = "index.handler",
                Code = Code.FromAsset($"{Assets}/functions/store-orders"),
                Layers = new[] { common },
                Timeout = Duration.Seconds(30),
                ReservedConcurrentExecutions = 20,
                Environment = new Dictionary<string, string> { ["TABLE_NAME"] = table.TableName },
                LogGroupRetention = RetentionDays.THREE_MONTHS,
            });
            store.AddEventSource(PullSource.Queue(orders, new QueueSourceOptions
            {
                BatchSize = 10,
                MaxConcurrency = 20,
                ReportBatchItemFailures = true,
            }));
            table.Grant(store, "dynamodb:PutItem");
        }
    }
}
