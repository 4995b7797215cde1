using Amazon.CDK;
using OrderPipeline;

var app = new App();
_ = new OrderPipelineStack(app, "OrderPipeline");
app.Synth();
