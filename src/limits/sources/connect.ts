import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

/** Flows of Amazon Connect. */
export const CONNECT_INSTANCE: SourceSemantics = {
  service: 'Amazon Connect',
  invocation: InvocationMode.SYNCHRONOUS,
  principal: 'connect.amazonaws.com',
  conditionKeys: ['aws:SourceArn', 'aws:SourceAccount'],
  // https://docs.aws.amazon.com/connect/latest/adminguide/invoke-lambda-function-block.html
  retries: 'Amazon Connect tries again up to three times, until the timeout of the block is over',
  failedEvents: 'nowhere: the contact goes on at the error branch of the block',
  limits: [
    // https://docs.aws.amazon.com/connect/latest/adminguide/invoke-lambda-function-block.html
    { name: 'time until the answer', value: 8, unit: 'seconds' },
    // https://docs.aws.amazon.com/connect/latest/adminguide/invoke-lambda-function-block.html
    { name: 'time until the answer, where the block does not wait (asynchronous execution mode)', value: 60, unit: 'seconds' },
  ],
  eventType: {
    typescript: 'ConnectContactFlowEvent',
    python: 'ConnectContactFlowEvent',
    java: 'com.amazonaws.services.lambda.runtime.events.ConnectEvent',
    dotnet: 'Amazon.Lambda.ConnectEvents.ContactFlowEvent',
    go: 'ConnectEvent',
  },
  documentation: 'https://docs.aws.amazon.com/connect/latest/adminguide/connect-lambda-functions.html',
};
