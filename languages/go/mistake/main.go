// An app with a mistake in it: the error must reach Go with the message of the library.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-event-functions/cdk-event-functions-go/cdkeventfunctions"
)

func main() {
	defer jsii.Close()

	stack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Shop"), nil)
	queue := awssqs.NewQueue(stack, jsii.String("Queue"), nil)
	cdkeventfunctions.PullSource_Queue(queue, &cdkeventfunctions.QueueSourceOptions{BatchSize: jsii.Number(0)})
}
