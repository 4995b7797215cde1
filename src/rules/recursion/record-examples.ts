import { BUS, rule, settings, subscription, TOPIC } from './examples';
import type { JsonObject } from '../../model/template';
import { arnOf, fn, QUEUE } from '../role/examples';
import { Rule } from '../rule';

/** Examples of records of successes, or of failures, that invoke the function again: the same for both. */
interface RecordExamples extends Pick<Rule, 'valid' | 'invalid'> {
  /** Where the finding is. */
  readonly at: string;

  /** A function whose records go to a topic. */
  readonly base: Readonly<Record<string, JsonObject>>;
}

const LIVE = { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Orders' }, FunctionVersion: '1', Name: 'live' } };
const POLL = { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'Orders' }, EventSourceArn: arnOf('Returns') } };

export function recordExamples(outcome: 'Success' | 'Failure'): RecordExamples {
  const to = (destination: JsonObject, properties: JsonObject = {}) => settings({ [`On${outcome}`]: destination }, properties);
  const at = `Settings/Properties/DestinationConfig/On${outcome}/Destination`;
  const base = { Orders: fn(), Settings: to({ Ref: 'Placed' }), Placed: TOPIC };
  const ofLive = { ...base, Live: LIVE, Subscription: subscription({ Endpoint: { Ref: 'Live' } }) };
  const toBus = { Orders: fn(), Settings: to(arnOf('Shop')), Shop: BUS };
  return {
    at,
    base,
    valid: [
      { title: 'a topic that does not invoke the function', resources: { ...base, Subscription: subscription({ Endpoint: arnOf('Other') }), Other: fn() } },
      { title: 'a topic that invokes another alias than the one with the destination', resources: ofLive },
      { title: 'a subscription with a filter policy', resources: { ...base, Subscription: subscription({ FilterPolicy: { by: ['people'] } }) } },
      { title: 'a bus with a rule for other events', resources: { ...toBus, Rule: rule({ source: ['shop.orders'] }) } },
      { title: 'a queue that the function polls, which is no asynchronous invocation', resources: { Orders: fn(), Returns: QUEUE, Settings: to(arnOf('Returns')), Mapping: POLL } },
      { title: 'a destination that a parameter names', resources: { ...base, Settings: to({ Ref: 'Destination' }), Subscription: subscription() } },
    ],
    invalid: [
      { title: 'the topic that invokes the function', at, resources: { ...base, Subscription: subscription() } },
      { title: 'the topic that invokes the alias', at, resources: { ...ofLive, Settings: to({ Ref: 'Placed' }, { Qualifier: 'live' }) } },
      { title: 'a bus with a rule for all events', at, resources: { ...toBus, Rule: rule({ source: [{ prefix: '' }] }) } },
      { title: 'a bus with a rule for these records', at, resources: { ...toBus, Rule: rule({ 'source': ['lambda'], 'detail-type': [`Lambda Function Invocation Result - ${outcome}`] }) } },
      { title: 'two functions that are destinations of each other', at, resources: { Orders: fn(), Other: fn(), Settings: to(arnOf('Other')), OfOther: to(arnOf('Orders'), { FunctionName: { Ref: 'Other' } }) } },
    ],
  };
}
