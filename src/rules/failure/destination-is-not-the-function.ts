import { arnOf, fn, LIVE, onFailure, onSuccess, ORDERS, ORDERS_ARN } from './examples';
import { destinationsOf } from '../../model/destinations';
import { calledFunction } from '../../model/triggers/called';
import { qualifierInWords } from '../release/words';
import { Rule } from '../rule';

export const destinationIsNotTheFunction: Rule = {
  id: 'destination-is-not-the-function',
  title: 'Records of invocations go to something else than the function',
  severity: 'error',
  why: 'Lambda refuses the setting; what is sent back by another alias or version is a loop, which Lambda ends after about 16 rounds, and the event is lost',
  fix: 'send records of failures to a queue, those of successes to another function; for more attempts raise `MaximumRetryAttempts`',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html',
  answers: ["You can't specify the function as a destination for itself."],
  since: '0.1.0',

  valid: [
    { title: 'another function', resources: { Orders: ORDERS, Async: onSuccess(arnOf('Ship')), Ship: fn() } },
    { title: 'a queue with the name of the function in it', resources: { Orders: ORDERS, Async: onFailure({ 'Fn::Sub': 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Orders}-failed' }) } },
    { title: 'a function that a parameter names', resources: { Orders: ORDERS, Live: LIVE, Async: onSuccess({ Ref: 'Next' }, { Ref: 'Orders' }, { Ref: 'Stage' }) } },
  ],
  invalid: [
    { title: 'the function', at: 'Async/Properties/DestinationConfig/OnSuccess/Destination', resources: { Orders: ORDERS, Async: onSuccess(ORDERS_ARN) } },
    { title: 'its alias', at: 'Async/Properties/DestinationConfig/OnFailure/Destination', resources: { Orders: ORDERS, Live: LIVE, Async: onFailure({ Ref: 'Live' }, 'live') } },
    { title: 'the function, for its alias', at: 'Async/Properties/DestinationConfig/OnFailure/Destination', resources: { Orders: ORDERS, Live: LIVE, Async: onFailure(ORDERS_ARN, 'live') } },
    { title: 'its alias by name', at: 'Async/Properties/DestinationConfig/OnSuccess/Destination', resources: { Orders: ORDERS, Async: onSuccess({ 'Fn::Sub': '${Orders.Arn}:live' }) } },
    { title: 'the function by its name', at: 'Async/Properties/DestinationConfig/OnSuccess/Destination', resources: { Orders: ORDERS, Async: onSuccess({ 'Fn::Sub': 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Orders}' }) } },
  ],

  * check(app) {
    for (const { fn: owner, sent, resource, path, json, service, reference } of destinationsOf(app)) {
      // a text may name the function and be the ARN of something else
      const target = service === 'lambda' || reference ? calledFunction(json, resource.stack) : undefined;
      if (sent === 'dead letters' || target?.fn !== owner) continue;
      yield { resource, path, message: `destination for ${sent} of ${owner.label} must be something else than the function, got ${qualifierInWords(target.qualifier)}` };
    }
  },
};
