import { onFailure, ORDERS, QUEUE, arnOf, settings } from './examples';
import { Rule } from '../rule';

/** Of which Lambda wants one. */
const SETTINGS = ['DestinationConfig', 'MaximumEventAgeInSeconds', 'MaximumRetryAttempts'];

export const asyncSettingsSaySomething: Rule = {
  id: 'async-settings-say-something',
  title: 'Settings of asynchronous invocation set something',
  severity: 'fatal',
  why: 'Lambda refuses settings that are empty',
  fix: 'set `MaximumRetryAttempts`, `MaximumEventAgeInSeconds` or `DestinationConfig`, or leave the resource out',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html',
  answers: ['You must specify at least one of error handling or destination setting.'],
  since: '0.1.0',

  valid: [
    { title: 'no retries', resources: { Orders: ORDERS, Async: settings({ MaximumRetryAttempts: 0 }) } },
    { title: 'a destination', resources: { Orders: ORDERS, Async: onFailure(arnOf('Failed')), Failed: QUEUE } },
    { title: 'an age that a parameter says', resources: { Orders: ORDERS, Async: settings({ MaximumEventAgeInSeconds: { Ref: 'Age' } }) } },
  ],
  invalid: [
    { title: 'nothing', at: 'Async/Properties', resources: { Orders: ORDERS, Async: settings({}) } },
    { title: 'a setting without a value', at: 'Async/Properties', resources: { Orders: ORDERS, Async: settings({ MaximumRetryAttempts: { Ref: 'AWS::NoValue' } }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::EventInvokeConfig')) {
      if (SETTINGS.some((name) => resource.value(name).kind !== 'absent')) continue;
      yield { resource, path: 'Properties', message: 'settings of asynchronous invocation must be at least one of retries, age of events and destinations, got none' };
    }
  },
};
