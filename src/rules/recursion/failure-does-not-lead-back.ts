import { bucket, BUS, rule, settings, subscription, TOPIC } from './examples';
import { recordFinding } from './words';
import { mayNotLoop } from '../../model/loops/entries';
import { recordCycles } from '../../model/loops/records';
import { arnOf, fn, QUEUE } from '../role/examples';
import { Rule } from '../rule';

const AT = 'Settings/Properties/DestinationConfig/OnFailure/Destination';
const BASE = { Orders: fn(), Settings: settings({ OnFailure: { Ref: 'Placed' } }), Placed: TOPIC };
const LIVE = { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Orders' }, FunctionVersion: '1', Name: 'live' } };
const TO_BUS = { Orders: fn(), Settings: settings({ OnFailure: arnOf('Shop') }), Shop: BUS };

export const failureDoesNotLeadBack: Rule = {
  id: 'failure-does-not-lead-back',
  title: 'Records of failed invocations do not invoke the same function again',
  severity: 'warning',
  why: 'a record of a failure invokes the function that failed, with an event that is not even of the form it expects: it fails again, and each failure makes the next record',
  fix: 'keep failed events in a queue that the function does not read, or set `recursiveLoop: RecursiveLoop.ALLOW` if the loop is meant',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html',
  since: '0.1.0',

  valid: [
    { title: 'a topic that does not invoke the function', resources: { ...BASE, Subscription: subscription({ Endpoint: arnOf('Other') }), Other: fn() } },
    { title: 'a topic that invokes another alias than the one with the destination', resources: { ...BASE, Live: LIVE, Subscription: subscription({ Endpoint: { Ref: 'Live' } }) } },
    { title: 'a subscription with a filter policy', resources: { ...BASE, Subscription: subscription({ FilterPolicy: { by: ['people'] } }) } },
    { title: 'a bus with a rule for other events', resources: { ...TO_BUS, Rule: rule({ source: ['shop.orders'] }) } },
    { title: 'a queue that the function polls, which is no asynchronous invocation', resources: { Orders: fn(), Returns: QUEUE, Settings: settings({ OnFailure: arnOf('Returns') }), Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'Orders' }, EventSourceArn: arnOf('Returns') } } } },
    { title: 'a destination that a parameter names', resources: { ...BASE, Settings: settings({ OnFailure: { Ref: 'Destination' } }), Subscription: subscription() } },
    { title: 'objects that do not begin as records do', resources: { Orders: fn(), Inbox: bucket({ prefix: 'in/' }), Settings: settings({ OnFailure: arnOf('Inbox') }) } },
    { title: 'a loop that is meant', resources: { ...BASE, Orders: fn({ RecursiveLoop: 'Allow' }), Subscription: subscription() } },
  ],
  invalid: [
    { title: 'the topic that invokes the function', at: AT, resources: { ...BASE, Subscription: subscription() } },
    { title: 'the topic that invokes the alias', at: AT, resources: { ...BASE, Live: LIVE, Settings: settings({ OnFailure: { Ref: 'Placed' } }, { Qualifier: 'live' }), Subscription: subscription({ Endpoint: { Ref: 'Live' } }) } },
    { title: 'a bus with a rule for all events', at: AT, resources: { ...TO_BUS, Rule: rule({ source: [{ prefix: '' }] }) } },
    { title: 'a bus with a rule for these records', at: AT, resources: { ...TO_BUS, Rule: rule({ 'source': ['lambda'], 'detail-type': ['Lambda Function Invocation Result - Failure'] }) } },
    { title: 'two functions that are destinations of each other', at: AT, resources: { Orders: fn(), Other: fn(), Settings: settings({ OnFailure: arnOf('Other') }), OfOther: settings({ OnFailure: arnOf('Orders') }, { FunctionName: { Ref: 'Other' } }) } },
    { title: 'the bucket whose objects invoke the function', at: AT, resources: { Orders: fn(), Inbox: bucket(), Settings: settings({ OnFailure: arnOf('Inbox') }) } },
    { title: 'a topic for dead letters that invokes the function', at: 'Orders/Properties/DeadLetterConfig/TargetArn', resources: { Orders: fn({ DeadLetterConfig: { TargetArn: { Ref: 'Placed' } } }), Placed: TOPIC, Subscription: subscription() } },
  ],

  check: (app) => recordCycles(app, 'Failure').filter((cycle) => cycle.every(({ outlet }) => mayNotLoop(outlet.fn))).map((cycle) => recordFinding(cycle, 'failed')),
};
