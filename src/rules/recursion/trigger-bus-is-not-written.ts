import { BUS, mayDo, rule } from './examples';
import { ownWritesTo } from './words';
import { JsonObject } from '../../model/template';
import { allow, arnOf, fn, role } from '../role/examples';
import { Rule } from '../rule';

const AT = 'Orders/Properties/Role';
const PUTTING = mayDo('events:PutEvents', arnOf('Shop'));
const EVERYTHING: JsonObject = { source: [{ prefix: '' }] };

export const triggerBusIsNotWritten: Rule = {
  id: 'trigger-bus-is-not-written',
  title: 'Functions that get all events of a bus may not put events there',
  severity: 'warning',
  why: 'a rule that asks neither for a source nor for a type of event passes on what the function puts on the bus, which invokes it again; Lambda notices no loops through EventBridge',
  fix: 'let the rule ask for `source` or `detail-type`, put the events on another bus, or hold the grant to a source (a condition on `events:source`)',
  source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-patterns-best-practices.html',
  since: '0.1.0',

  valid: [
    { title: 'a rule for one source', resources: { ...PUTTING, Shop: BUS, Rule: rule({ source: ['shop.orders'] }) } },
    { title: 'a rule for one type of event', resources: { ...PUTTING, Shop: BUS, Rule: rule({ 'source': [{ prefix: '' }], 'detail-type': ['Placed'] }) } },
    { title: 'a rule that looks into the events', resources: { ...PUTTING, Shop: BUS, Rule: rule({ detail: { state: ['new'] } }) } },
    { title: 'another bus', resources: { ...mayDo('events:PutEvents', arnOf('Other')), Shop: BUS, Other: { Type: 'AWS::Events::EventBus', Properties: { Name: 'other' } }, Rule: rule(EVERYTHING) } },
    { title: 'a grant for one source', resources: { Orders: fn(), OrdersRole: role([allow('events:PutEvents', arnOf('Shop'), { Condition: { StringEquals: { 'events:source': 'shop.orders' } } })]), Shop: BUS, Rule: rule(EVERYTHING) } },
    { title: 'a schedule', resources: { ...PUTTING, Shop: BUS, Rule: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 day)', Targets: [{ Id: 'Orders', Arn: arnOf('Orders') }] } } } },
    { title: 'a bus that a parameter names', resources: { ...PUTTING, Shop: BUS, Rule: rule(EVERYTHING, { EventBusName: { Ref: 'BusName' } }) } },
    { title: 'a rule that is switched off', resources: { ...PUTTING, Shop: BUS, Rule: rule(EVERYTHING, { State: 'DISABLED' }) } },
  ],
  invalid: [
    { title: 'a rule for all events', at: AT, resources: { ...PUTTING, Shop: BUS, Rule: rule(EVERYTHING) } },
    { title: 'a rule for all events of the account', at: AT, resources: { ...PUTTING, Shop: BUS, Rule: rule({ account: [{ Ref: 'AWS::AccountId' }] }, { EventBusName: 'shop' }) } },
    { title: 'the default bus', at: AT, resources: { ...mayDo('events:PutEvents', '*'), Rule: rule(EVERYTHING, { EventBusName: { Ref: 'AWS::NoValue' } }) } },
  ],

  check: (app) => ownWritesTo(app, 'bus'),
};
