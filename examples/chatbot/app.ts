import { App } from 'aws-cdk-lib';
import { ChatbotStack } from './chatbot-stack';

new ChatbotStack(new App(), 'Chatbot');
