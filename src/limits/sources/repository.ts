import { ASYNCHRONOUS_FAILURES, ASYNCHRONOUS_RETRIES } from './asynchronous';
import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

/** Triggers of repositories of AWS CodeCommit. */
export const REPOSITORY: SourceSemantics = {
  service: 'AWS CodeCommit',
  invocation: InvocationMode.ASYNCHRONOUS,
  principal: 'codecommit.amazonaws.com',
  // https://docs.aws.amazon.com/codecommit/latest/userguide/how-to-notify-lambda-cc.html
  conditionKeys: ['aws:SourceArn', 'aws:SourceAccount'],
  retries: ASYNCHRONOUS_RETRIES,
  failedEvents: ASYNCHRONOUS_FAILURES,
  limits: [],
  eventType: {
    typescript: 'CodeCommitTriggerEvent',
    java: 'com.amazonaws.services.lambda.runtime.events.CodeCommitEvent',
    go: 'CodeCommitEvent',
  },
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/services-codecommit.html',
};

/** Characters of the data that a trigger adds. @see https://docs.aws.amazon.com/codecommit/latest/userguide/limits.html */
export const CUSTOM_DATA = 1000;

/** A name of a trigger. @see https://docs.aws.amazon.com/codecommit/latest/userguide/limits.html */
export const TRIGGER_NAME = /^[\w.-]{1,100}$/;

/** Triggers of one repository. @see https://docs.aws.amazon.com/codecommit/latest/userguide/how-to-notify.html */
export const MOST_TRIGGERS = 10;
