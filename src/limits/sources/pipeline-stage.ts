import { ASYNCHRONOUS_FAILURES, ASYNCHRONOUS_RETRIES } from './asynchronous';
import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

/** Actions of AWS CodePipeline. */
export const PIPELINE_STAGE: SourceSemantics = {
  service: 'AWS CodePipeline',
  // https://docs.aws.amazon.com/lambda/latest/dg/services-codepipeline.html
  invocation: InvocationMode.ASYNCHRONOUS,
  assumesRole: 'codepipeline.amazonaws.com',
  conditionKeys: [],
  retries: ASYNCHRONOUS_RETRIES,
  failedEvents: `${ASYNCHRONOUS_FAILURES}; the action fails when it has not heard of the job in time`,
  limits: [
    // https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html
    { name: 'time until the job is reported', value: 1_200, unit: 'seconds' },
    // https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html: of a function that goes on by a continuation token
    { name: 'time until the job is done', value: 86_400, unit: 'seconds' },
  ],
  eventType: {
    typescript: 'CodePipelineEvent',
    python: 'CodePipelineJobEvent',
    go: 'CodePipelineJobEvent',
  },
  documentation: 'https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Lambda.html',
};

/** A name of an action. @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionDeclaration.html */
export const ACTION_NAME = /^[A-Za-z0-9.@\-_]{1,100}$/;

/** Artifacts that go in, and that come out. @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Lambda.html */
export const MOST_ARTIFACTS = 5;
