import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { EVENT_AGE, RETRY_ATTEMPTS } from '../limits/async-invocation';
import { checkSeconds, checkWholeNumber } from '../support/checks';
import { mistake } from '../support/errors';

/**
 * Refuses asynchronous settings that Lambda would refuse: numbers out of range, or nothing at all.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html
 */
export function checkAsyncOptions(scope: IConstruct, options: lambda.EventInvokeConfigOptions): void {
  const { retryAttempts, maxEventAge, onFailure, onSuccess } = options;
  checkWholeNumber(scope, retryAttempts, RETRY_ATTEMPTS, {
    code: 'RetryAttemptsRange', property: 'retryAttempts', fix: 'Lambda tries at most twice again: keep what failed then with `onFailure`',
  });
  checkSeconds(scope, maxEventAge, EVENT_AGE, {
    code: 'MaxEventAgeRange', property: 'maxEventAge', fix: 'Lambda keeps an event for one minute to six hours: what waits longer belongs in a queue',
  });
  if ([retryAttempts, maxEventAge, onFailure, onSuccess].some((option) => option !== undefined)) return;
  throw mistake(scope, {
    code: 'AsyncInvokeEmpty',
    property: 'configureAsyncInvoke()',
    allowed: 'given an option at least',
    got: {},
    fix: 'say `retryAttempts`, `maxEventAge`, `onFailure` or `onSuccess`, or leave the call out',
  });
}
