import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cdkJson from '../cdk.json';
import { OrderPipelineStack } from '../order-pipeline-stack';

/** The template as `cdk synth` makes it, with the feature flags of cdk.json. */
const template = Template.fromStack(new OrderPipelineStack(new App({ context: cdkJson.context }), 'OrderPipeline'));

const logicalId = (type: string, start: string) => Object.keys(template.findResources(type)).find((id) => id.startsWith(start))!;
const live = (start: string) => ({ Ref: logicalId('AWS::Lambda::Alias', start) });

test('the template', () => {
  const json = template.toJSON();
  // the code of the CDK's own handler for notifications changes with the CDK
  for (const resource of Object.values<any>(json.Resources)) delete resource.Properties?.Code?.ZipFile;
  expect(json).toMatchSnapshot();
});

test('order files are pushed to the live alias, by this bucket of this account only', () => {
  template.hasResourceProperties('Custom::S3BucketNotifications', {
    NotificationConfiguration: {
      LambdaFunctionConfigurations: [{
        Events: ['s3:ObjectCreated:*'],
        Filter: { Key: { FilterRules: [{ Name: 'suffix', Value: '.ndjson' }, { Name: 'prefix', Value: 'orders/' }] } },
        LambdaFunctionArn: live('ReceiveOrders'),
      }],
    },
  });
  template.hasResourceProperties('AWS::Lambda::Permission', {
    FunctionName: live('ReceiveOrders'),
    Principal: 's3.amazonaws.com',
    SourceAccount: { Ref: 'AWS::AccountId' },
    SourceArn: { 'Fn::GetAtt': [logicalId('AWS::S3::Bucket', 'Inbox'), 'Arn'] },
  });
});

test('orders are pulled for the live alias, with partial batch responses', () => {
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    FunctionName: { 'Fn::Join': ['', [Match.anyValue(), ':live']] },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ScalingConfig: { MaximumConcurrency: 20 },
  });
});

test('both functions have reserved concurrency and a way for failed events', () => {
  template.hasResourceProperties('AWS::Lambda::Function', { Handler: 'index.handler', ReservedConcurrentExecutions: 10 });
  template.hasResourceProperties('AWS::Lambda::Function', { Handler: 'index.handler', ReservedConcurrentExecutions: 20 });
  template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
    DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [logicalId('AWS::SQS::Queue', 'FailedFiles'), 'Arn'] } } },
  });
  template.hasResourceProperties('AWS::SQS::Queue', { RedrivePolicy: { maxReceiveCount: 5 } });
});

test('the queue hides a message for six times the timeout of the function', () => {
  template.hasResourceProperties('AWS::Lambda::Function', { Timeout: 30, ReservedConcurrentExecutions: 20 });
  template.hasResourceProperties('AWS::SQS::Queue', { VisibilityTimeout: 180 });
});

test('both functions share one layer', () => {
  const layer = { Ref: logicalId('AWS::Lambda::LayerVersion', 'Common') };
  const functions = Object.values(template.findResources('AWS::Lambda::Function', { Properties: { Layers: [layer] } }));
  expect(functions).toHaveLength(2);
});
