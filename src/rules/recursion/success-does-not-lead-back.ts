import { BUS, rule, settings, subscription, TOPIC } from './examples';
import { recordFinding } from './words';
import { recordCycles } from '../../model/loops/records';
import { arnOf, fn, QUEUE } from '../role/examples';
import { Rule } from '../rule';

const AT = 'Settings/Properties/DestinationConfig/OnSuccess/Destination';
const BASE = { Orders: fn(), Settings: settings({ OnSuccess: { Ref: 'Placed' } }), Placed: TOPIC };
const LIVE = { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Orders' }, FunctionVersion: '1', Name: 'live' } };
const TO_BUS = { Orders: fn(), Settings: settings({ OnSuccess: arnOf('Shop') }), Shop: BUS };

export const successDoesNotLeadBack: Rule = {
  id: 'success-does-not-lead-back',
  title: 'Records of successful invocations do not invoke the same function again',
  severity: 'error',
  why: 'each record of a success invokes the function again, which succeeds and makes the next record: every event goes round without an end',
  fix: 'send the records to a queue or a topic that does not invoke the function, or give the subscription a filter',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html',
  since: '0.1.0',

  valid: [
    { title: 'a topic that does not invoke the function', resources: { ...BASE, Subscription: subscription({ Endpoint: arnOf('Other') }), Other: fn() } },
    { title: 'a topic that invokes another alias than the one with the destination', resources: { ...BASE, Live: LIVE, Subscription: subscription({ Endpoint: { Ref: 'Live' } }) } },
    { title: 'a subscription with a filter policy', resources: { ...BASE, Subscription: subscription({ FilterPolicy: { by: ['people'] } }) } },
    { title: 'a bus with a rule for other events', resources: { ...TO_BUS, Rule: rule({ source: ['shop.orders'] }) } },
    { title: 'a queue that the function polls, which is no asynchronous invocation', resources: { Orders: fn(), Returns: QUEUE, Settings: settings({ OnSuccess: arnOf('Returns') }), Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'Orders' }, EventSourceArn: arnOf('Returns') } } } },
    { title: 'a destination that a parameter names', resources: { ...BASE, Settings: settings({ OnSuccess: { Ref: 'Destination' } }), Subscription: subscription() } },
  ],
  invalid: [
    { title: 'the topic that invokes the function', at: AT, resources: { ...BASE, Subscription: subscription() } },
    { title: 'the topic that invokes the alias', at: AT, resources: { ...BASE, Live: LIVE, Settings: settings({ OnSuccess: { Ref: 'Placed' } }, { Qualifier: 'live' }), Subscription: subscription({ Endpoint: { Ref: 'Live' } }) } },
    { title: 'a bus with a rule for all events', at: AT, resources: { ...TO_BUS, Rule: rule({ source: [{ prefix: '' }] }) } },
    { title: 'a bus with a rule for these records', at: AT, resources: { ...TO_BUS, Rule: rule({ 'source': ['lambda'], 'detail-type': ['Lambda Function Invocation Result - Success'] }) } },
    { title: 'two functions that are destinations of each other', at: AT, resources: { Orders: fn(), Other: fn(), Settings: settings({ OnSuccess: arnOf('Other') }), OfOther: settings({ OnSuccess: arnOf('Orders') }, { FunctionName: { Ref: 'Other' } }) } },
  ],

  check: (app) => recordCycles(app, 'Success').map((cycle) => recordFinding(cycle, 'successful')),
};
