import { ASYNCHRONOUS_FAILURES, ASYNCHRONOUS_RETRIES } from './asynchronous';
import { SourceLimit, SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

const PAGE = 'https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html';

/** The most that a state takes and gives: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const BYTES: SourceLimit = { name: 'bytes of the event', value: 262_144, unit: 'bytes' };

/** States of AWS Step Functions that wait for the function. */
export const LAMBDA_TASK: SourceSemantics = {
  service: 'AWS Step Functions',
  invocation: InvocationMode.SYNCHRONOUS,
  assumesRole: 'states.amazonaws.com',
  conditionKeys: [],
  // https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html
  retries: 'the state tries again as it says itself: by default up to six times when Lambda fails, never when the function does or is throttled',
  failedEvents: 'in the history of the execution, which fails unless the state catches the error',
  limits: [BYTES, { ...BYTES, name: 'bytes of the answer' }],
  eventType: {},
  documentation: PAGE,
};

/** States of AWS Step Functions that hand the event to Lambda and go on. */
export const LAMBDA_TASK_HANDING_OVER: SourceSemantics = {
  ...LAMBDA_TASK,
  service: 'AWS Step Functions (without waiting)',
  invocation: InvocationMode.ASYNCHRONOUS,
  retries: `the state tries up to six times again to hand the event over; then ${ASYNCHRONOUS_RETRIES}`,
  failedEvents: ASYNCHRONOUS_FAILURES,
  limits: [BYTES],
};
