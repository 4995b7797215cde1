import { App } from 'aws-cdk-lib';
import { ItAutomationStack } from './it-automation-stack';

new ItAutomationStack(new App(), 'ItAutomation');
