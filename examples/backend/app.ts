import { App } from 'aws-cdk-lib';
import { BackendStack } from './backend-stack';

new BackendStack(new App(), 'Backend');
