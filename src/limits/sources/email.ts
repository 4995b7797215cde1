import { ASYNCHRONOUS_FAILURES, ASYNCHRONOUS_RETRIES } from './asynchronous';
import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

/** Receipt rules of Amazon SES that hand e-mails over. */
export const EMAIL: SourceSemantics = {
  service: 'Amazon SES',
  invocation: InvocationMode.ASYNCHRONOUS,
  principal: 'ses.amazonaws.com',
  conditionKeys: ['aws:SourceArn', 'aws:SourceAccount'],
  retries: ASYNCHRONOUS_RETRIES,
  failedEvents: ASYNCHRONOUS_FAILURES,
  limits: [],
  eventType: {
    typescript: 'SESEvent',
    python: 'SESEvent',
    dotnet: 'Amazon.Lambda.SimpleEmailEvents.SimpleEmailEvent',
    go: 'SimpleEmailEvent',
  },
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/services-ses.html',
};

/** Receipt rules of Amazon SES that let the function decide what becomes of e-mails. */
export const EMAIL_DECISION: SourceSemantics = {
  ...EMAIL,
  invocation: InvocationMode.SYNCHRONOUS,
  retries: 'AWS documents none',
  failedEvents: 'nowhere; AWS does not say what becomes of the e-mail',
  // https://docs.aws.amazon.com/ses/latest/APIReference/API_LambdaAction.html
  limits: [{ name: 'time until the answer', value: 30, unit: 'seconds' }],
};
