package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambdadestinations"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-event-functions/cdk-event-functions-go/cdkeventfunctions"
)

// The handlers and their layer are those of the TypeScript example: Lambda does not mind who deploys them.
// cdk runs the app in the folder of cdk.json.
const assets = "../order-pipeline/"

// NewOrderPipelineStack makes a stack in which order files are dropped into a bucket, and each order in them ends up in
// a table.
func NewOrderPipelineStack(scope constructs.Construct, id string, props *awscdk.StackProps) awscdk.Stack {
	stack := awscdk.NewStack(scope, jsii.String(id), props)

	inbox := awss3.NewBucket(stack, jsii.String("Inbox"), &awss3.BucketProps{
		Encryption:        awss3.BucketEncryption_S3_MANAGED,
		BlockPublicAccess: awss3.BlockPublicAccess_BLOCK_ALL(),
		EnforceSSL:        jsii.Bool(true),
	})
	failedFiles := awssqs.NewQueue(stack, jsii.String("FailedFiles"), &awssqs.QueueProps{
		EnforceSSL:      jsii.Bool(true),
		RetentionPeriod: awscdk.Duration_Days(jsii.Number(14)),
	})
	failedOrders := awssqs.NewQueue(stack, jsii.String("FailedOrders"), &awssqs.QueueProps{
		EnforceSSL:      jsii.Bool(true),
		RetentionPeriod: awscdk.Duration_Days(jsii.Number(14)),
	})
	orders := awssqs.NewQueue(stack, jsii.String("Orders"), &awssqs.QueueProps{
		EnforceSSL:        jsii.Bool(true),
		VisibilityTimeout: awscdk.Duration_Minutes(jsii.Number(3)), // six times the timeout of the function that polls it
		DeadLetterQueue:   &awssqs.DeadLetterQueue{Queue: failedOrders, MaxReceiveCount: jsii.Number(5)},
	})
	table := awsdynamodb.NewTableV2(stack, jsii.String("Table"), &awsdynamodb.TablePropsV2{
		PartitionKey: &awsdynamodb.Attribute{Name: jsii.String("orderId"), Type: awsdynamodb.AttributeType_STRING},
		PointInTimeRecoverySpecification: &awsdynamodb.PointInTimeRecoverySpecification{
			PointInTimeRecoveryEnabled: jsii.Bool(true),
		},
		RemovalPolicy: awscdk.RemovalPolicy_RETAIN,
	})

	common := awslambda.NewLayerVersion(stack, jsii.String("Common"), &awslambda.LayerVersionProps{
		Description:        jsii.String("Parsing, validation and logging for all order functions"),
		Code:               awslambda.Code_FromAsset(jsii.String(assets+"layers/common"), nil),
		CompatibleRuntimes: &[]awslambda.Runtime{awslambda.Runtime_NODEJS_22_X()},
	})

	receive := cdkeventfunctions.NewEventFunction(stack, jsii.String("ReceiveOrders"), &cdkeventfunctions.EventFunctionProps{
		Description:                  jsii.String("Reads order files and sends each order to the queue"),
		Runtime:                      awslambda.Runtime_NODEJS_22_X(),
		Architecture:                 awslambda.Architecture_ARM_64(),
		Handler:                      jsii.String("index.handler"),
		Code:                         awslambda.Code_FromAsset(jsii.String(assets+"functions/receive-orders"), nil),
		Layers:                       &[]awslambda.ILayerVersion{common},
		MemorySize:                   jsii.Number(512),
		Timeout:                      awscdk.Duration_Minutes(jsii.Number(1)),
		ReservedConcurrentExecutions: jsii.Number(10),
		Environment:                  &map[string]*string{"QUEUE_URL": orders.QueueUrl()},
		LogGroupRetention:            awslogs.RetentionDays_THREE_MONTHS,
		OnFailure:                    awslambdadestinations.NewSqsDestination(failedFiles),
	})
	receive.AddEventSource(cdkeventfunctions.PushSource_Bucket(inbox, &cdkeventfunctions.BucketSourceOptions{
		Filters: &[]*awss3.NotificationKeyFilter{{Prefix: jsii.String("orders/"), Suffix: jsii.String(".ndjson")}},
	}))
	inbox.GrantRead(receive, "orders/*")
	orders.GrantSendMessages(receive)

	store := cdkeventfunctions.NewEventFunction(stack, jsii.String("StoreOrders"), &cdkeventfunctions.EventFunctionProps{
		Description:                  jsii.String("Writes each order of the queue to the table, once"),
		Runtime:                      awslambda.Runtime_NODEJS_22_X(),
		Architecture:                 awslambda.Architecture_ARM_64(),
		Handler:                      jsii.String("index.handler"),
		Code:                         awslambda.Code_FromAsset(jsii.String(assets+"functions/store-orders"), nil),
		Layers:                       &[]awslambda.ILayerVersion{common},
		Timeout:                      awscdk.Duration_Seconds(jsii.Number(30)),
		ReservedConcurrentExecutions: jsii.Number(20),
		Environment:                  &map[string]*string{"TABLE_NAME": table.TableName()},
		LogGroupRetention:            awslogs.RetentionDays_THREE_MONTHS,
	})
	store.AddEventSource(cdkeventfunctions.PullSource_Queue(orders, &cdkeventfunctions.QueueSourceOptions{
		BatchSize:               jsii.Number(10),
		MaxConcurrency:          jsii.Number(20),
		ReportBatchItemFailures: jsii.Bool(true),
	}))
	table.Grant(store, jsii.String("dynamodb:PutItem"))

	return stack
}
