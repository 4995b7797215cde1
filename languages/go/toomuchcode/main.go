// An app without any construct of ours: it registers the rules and must be told that there is too much code.
package main

import (
	"os"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-event-functions/cdk-event-functions-go/cdkeventfunctions"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	awscdk.Validations_Of(app).AddPlugins(cdkeventfunctions.NewLambdaRules(nil))
	awslambda.NewFunction(awscdk.NewStack(app, jsii.String("Shop"), nil), jsii.String("Orders"), &awslambda.FunctionProps{
		Runtime: awslambda.Runtime_PROVIDED_AL2023(),
		Handler: jsii.String("bootstrap"),
		Code:    awslambda.Code_FromAsset(jsii.String(os.Getenv("TOO_MUCH_CODE")), nil),
	})
	app.Synth(nil)
}
