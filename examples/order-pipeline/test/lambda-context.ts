import type { Context } from 'aws-lambda';

export interface ContextOptions {
  readonly functionName: string;
  /** What each call of getRemainingTimeInMillis returns in turn; the last one stays. */
  readonly remainingTimesMs?: number[];
}

/** The context of an invocation through the alias `live`, as the Node.js runtime of Lambda makes it. */
export function lambdaContext({ functionName, remainingTimesMs = [58_250] }: ContextOptions): Context {
  let calls = 0;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '7',
    invokedFunctionArn: `arn:aws:lambda:eu-west-1:123456789012:function:${functionName}:live`,
    memoryLimitInMB: '256',
    awsRequestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: '2026/03/01/[7]1f4f7e5c9a0b4d62a8f3c2d1e0b9a877',
    getRemainingTimeInMillis: () => remainingTimesMs[Math.min(calls++, remainingTimesMs.length - 1)],
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
