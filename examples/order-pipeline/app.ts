import { App } from 'aws-cdk-lib';
import { OrderPipelineStack } from './order-pipeline-stack';

new OrderPipelineStack(new App(), 'OrderPipeline');
