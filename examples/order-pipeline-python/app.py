#!/usr/bin/env python3
import aws_cdk as cdk
from order_pipeline_stack import OrderPipelineStack

app = cdk.App()
OrderPipelineStack(app, "OrderPipeline")
app.synth()
