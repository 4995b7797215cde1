from pathlib import Path

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_destinations as destinations
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from cdk_event_functions import EventFunction, PullSource, PushSource
from constructs import Construct

# The handlers and their layer are those of the TypeScript example: Lambda does not mind who deploys them.
ASSETS = Path(__file__).parent.parent / "order-pipeline"


class OrderPipelineStack(Stack):
    """Order files are dropped into a bucket; each order in them ends up in a table."""

    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)

        inbox = s3.Bucket(
            self,
            "Inbox",
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            enforce_ssl=True,
        )
        failed_files = sqs.Queue(self, "FailedFiles", enforce_ssl=True, retention_period=Duration.days(14))
        failed_orders = sqs.Queue(self, "FailedOrders", enforce_ssl=True, retention_period=Duration.days(14))
        orders = sqs.Queue(
            self,
            "Orders",
            enforce_ssl=True,
            visibility_timeout=Duration.minutes(3),  # six times the timeout of the function that polls it
            dead_letter_queue=sqs.DeadLetterQueue(queue=failed_orders, max_receive_count=5),
        )
        table = dynamodb.TableV2(
            self,
            "Table",
            partition_key=dynamodb.Attribute(name="orderId", type=dynamodb.AttributeType.STRING),
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            removal_policy=RemovalPolicy.RETAIN,
        )

        common = lambda_.LayerVersion(
            self,
            "Common",
            description="Parsing, validation and logging for all order functions",
            code=lambda_.Code.from_asset(str(ASSETS / "layers/common")),
            compatible_runtimes=[lambda_.Runtime.NODEJS_22_X],
        )

        receive = EventFunction(
            self,
            "ReceiveOrders",
            description="Reads order files and sends each order to the queue",
            runtime=lambda_.Runtime.NODEJS_22_X,
            architecture=lambda_.Architecture.ARM_64,
            handler="index.handler",
            code=lambda_.Code.from_asset(str(ASSETS / "functions/receive-orders")),
            layers=[common],
            memory_size=512,
            timeout=Duration.minutes(1),
            reserved_concurrent_executions=10,
            environment={"QUEUE_URL": orders.queue_url},
            log_group_retention=logs.RetentionDays.THREE_MONTHS,
            on_failure=destinations.SqsDestination(failed_files),
        )
        receive.add_event_source(
            PushSource.bucket(inbox, filters=[s3.NotificationKeyFilter(prefix="orders/", suffix=".ndjson")])
        )
        inbox.grant_read(receive, "orders/*")
        orders.grant_send_messages(receive)

        store = EventFunction(
            self,
            "StoreOrders",
            description="Writes each order of the queue to the table, once",
            runtime=lambda_.Runtime.NODEJS_22_X,
            architecture=lambda_.Architecture.ARM_64,
            handler="index.handler",
            code=lambda_.Code.from_asset(str(ASSETS / "functions/store-orders")),
            layers=[common],
            timeout=Duration.seconds(30),
            reserved_concurrent_executions=20,
            environment={"TABLE_NAME": table.table_name},
            log_group_retention=logs.RetentionDays.THREE_MONTHS,
        )
        store.add_event_source(
            PullSource.queue(orders, batch_size=10, max_concurrency=20, report_batch_item_failures=True)
        )
        table.grant(store, "dynamodb:PutItem")
