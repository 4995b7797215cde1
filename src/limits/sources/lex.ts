import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

/** Bots of Amazon Lex V2. Libraries for Java and Go know events of V1 only. */
export const LEX_BOT: SourceSemantics = {
  service: 'Amazon Lex V2',
  invocation: InvocationMode.SYNCHRONOUS,
  principal: 'lexv2.amazonaws.com',
  conditionKeys: ['aws:SourceArn'],
  retries: 'nobody tries again, unless the user does',
  failedEvents: 'nowhere: the bot gives the failure response of the intent, or an error without one',
  limits: [
    // https://docs.aws.amazon.com/lexv2/latest/dg/streaming-progress.html
    { name: 'time until the answer', value: 30, unit: 'seconds' },
    // https://docs.aws.amazon.com/lexv2/latest/APIReference/API_FulfillmentUpdatesSpecification.html
    { name: 'time until the answer, where the intent has fulfillment updates', value: 900, unit: 'seconds' },
  ],
  eventType: {
    typescript: 'LexV2Event',
    dotnet: 'Amazon.Lambda.LexV2Events.LexV2Event',
  },
  documentation: 'https://docs.aws.amazon.com/lexv2/latest/dg/lambda.html',
};
