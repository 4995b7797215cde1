import { fn, ORDERS_ARN } from './examples';
import { SUBSCRIPTIONS } from '../../limits/sources/logs';
import type { AppModel } from '../../model/app';
import { equals } from '../../model/iam/match';
import { Text } from '../../model/iam/text';
import type { Resource } from '../../model/resource';
import { Json, JsonObject } from '../../model/template';
import { textOfProperty } from '../../model/triggers/source';
import { Rule } from '../rule';

const LOGS: JsonObject = { Type: 'AWS::Logs::LogGroup', Properties: {} };

function filter(group: Json = { Ref: 'Logs' }, more: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Logs::SubscriptionFilter', Properties: { LogGroupName: group, FilterPattern: '', DestinationArn: ORDERS_ARN }, ...more };
}

const BASE = { Orders: fn(), Logs: LOGS, One: filter(), Two: filter() };

export const logGroupHasTwoSubscriptions: Rule = {
  id: 'log-group-has-two-subscriptions',
  title: 'A log group has at most two subscription filters',
  severity: 'fatal',
  why: 'CloudWatch Logs refuses the third one, and no quota can be raised for it',
  fix: 'let one filter serve several purposes: subscribe a function or a stream that hands on what it gets',
  source: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html',
  answers: ['Resource limit exceeded.'],
  since: '0.1.0',

  valid: [
    { title: 'two filters', resources: BASE },
    { title: 'a third one for another log group', resources: { ...BASE, Others: LOGS, Three: filter({ Ref: 'Others' }) } },
    { title: 'a third one on a condition', resources: { ...BASE, Three: filter(undefined, { Condition: 'IsLive' }) } },
    { title: 'a log group that a parameter names', resources: { ...BASE, Three: filter({ Ref: 'Name' }) } },
    { title: 'different names', resources: { Orders: fn(), One: filter('/shop/a'), Two: filter('/shop/b'), Three: filter('/shop/c') } },
  ],
  invalid: [
    { title: 'there are three', at: 'Three/Properties/LogGroupName', resources: { ...BASE, Three: filter() } },
    { title: 'the log group is named', at: 'Two/Properties/LogGroupName', resources: { Orders: fn(), One: filter('/shop'), Three: filter('/shop'), Two: filter('/shop') } },
    { title: 'they go to different places', at: 'Three/Properties/LogGroupName', resources: { ...BASE, Three: filter(undefined, { Properties: { LogGroupName: { Ref: 'Logs' }, FilterPattern: '', DestinationArn: 'arn:aws:firehose:eu-west-1:111122223333:deliverystream/logs' } }) } },
  ],

  * check(app) {
    for (const filters of filtersByGroup(app)) {
      const [one, two, third] = filters;
      if (filters.length <= SUBSCRIPTIONS.max) continue;
      const message = `subscription filters of a log group must be at most ${SUBSCRIPTIONS.max}, got ${filters.length}: beside this one ${one.label} and ${two.label}`;
      yield { resource: third, path: 'Properties/LogGroupName', message: filters.length === 3 ? message : `${message} among others` };
    }
  },
};

/** The filters that are deployed for sure, of one log group each. */
function filtersByGroup(app: AppModel): Resource[][] {
  const groups: { readonly name: Text; readonly filters: Resource[] }[] = [];
  for (const resource of app.ofType('AWS::Logs::SubscriptionFilter').filter(({ condition }) => condition === undefined)) {
    const name = textOfProperty(resource, 'LogGroupName');
    const group = groups.find(({ name: other, filters: [first] }) => inOnePlace(first, resource) && equals(other, name) === 'yes');
    if (group) group.filters.push(resource);
    else groups.push({ name, filters: [resource] });
  }
  return groups.map(({ filters }) => filters);
}

/** Whether two resources are of the same account and Region for sure. */
function inOnePlace({ stack: one }: Resource, { stack: other }: Resource): boolean {
  return one === other || (one.account !== undefined && one.account === other.account && one.region !== undefined && one.region === other.region);
}
