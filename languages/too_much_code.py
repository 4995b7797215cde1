"""An app without any construct of ours: it registers the rules and must be told that there is too much code."""
import os

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_
from cdk_event_functions import LambdaRules

app = cdk.App()
cdk.Validations.of(app).add_plugins(LambdaRules())
stack = cdk.Stack(app, "Shop")
lambda_.Function(
    stack,
    "Orders",
    runtime=lambda_.Runtime.PYTHON_3_13,
    handler="index.handler",
    code=lambda_.Code.from_asset(os.environ["TOO_MUCH_CODE"]),
)
app.synth()
