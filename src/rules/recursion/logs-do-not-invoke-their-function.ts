import { ownLogs } from '../../model/loops/own-logs';
import { Json, JsonObject } from '../../model/template';
import { arnOf, fn } from '../role/examples';
import { Rule } from '../rule';

function subscribed(group: Json, pattern: Json = ''): JsonObject {
  return { Type: 'AWS::Logs::SubscriptionFilter', Properties: { LogGroupName: group, FilterPattern: pattern, DestinationArn: arnOf('Orders') } };
}

const OWN = { 'Fn::Sub': '/aws/lambda/${Orders}' };
const GROUP: JsonObject = { Type: 'AWS::Logs::LogGroup' };
const TO_GROUP = { LoggingConfig: { LogGroup: { Ref: 'Group' } } };
const AT = 'Filter/Properties/LogGroupName';

export const logsDoNotInvokeTheirFunction: Rule = {
  id: 'logs-do-not-invoke-their-function',
  title: 'Subscription filters do not send logs to the function that writes them',
  severity: 'error',
  why: 'CloudWatch Logs refuses it for the log group that Lambda names after the function; with another group each invocation writes logs that invoke the function again, without an end, and Lambda does not notice such loops',
  fix: 'subscribe the function to the log groups of other functions only, or let it write its own logs to a group that is not subscribed',
  source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Subscriptions-recursion-prevention.html',
  answers: ['The log group provided is reserved for the function logs of the destination function.'],
  since: '0.1.0',

  valid: [
    { title: 'the logs of another function', resources: { Orders: fn(), Filter: subscribed('/aws/lambda/returns') } },
    { title: 'a group that the function does not write to', resources: { Orders: fn(), Group: GROUP, Filter: subscribed({ Ref: 'Group' }) } },
    { title: 'logs go to another group', resources: { Orders: fn({ LoggingConfig: { LogGroup: '/shop/orders' } }), Group: GROUP, Filter: subscribed({ Ref: 'Group' }) } },
    { title: 'a pattern that may leave out what the function logs', resources: { Orders: fn(TO_GROUP), Group: GROUP, Filter: subscribed({ Ref: 'Group' }, '{ $.level = "PAYMENT" }') } },
    { title: 'Lambda itself logs warnings only', resources: { Orders: fn({ LoggingConfig: { LogGroup: { Ref: 'Group' }, LogFormat: 'JSON', SystemLogLevel: 'WARN' } }), Group: GROUP, Filter: subscribed({ Ref: 'Group' }) } },
    { title: 'a group that a parameter names', resources: { Orders: fn(), Filter: subscribed({ Ref: 'GroupName' }) } },
  ],
  invalid: [
    { title: 'the group that is named after the function', at: AT, resources: { Orders: fn(), Filter: subscribed(OWN) } },
    { title: 'the same, with a pattern', at: AT, resources: { Orders: fn({ FunctionName: 'orders' }), Filter: subscribed('/aws/lambda/orders', 'ERROR') } },
    { title: 'a group of its own', at: AT, resources: { Orders: fn(TO_GROUP), Group: GROUP, Filter: subscribed({ Ref: 'Group' }) } },
    { title: 'a group of its own, by its name', at: AT, resources: { Orders: fn({ LoggingConfig: { LogGroup: '/shop/orders' } }), Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/shop/orders' } }, Filter: subscribed({ Ref: 'Group' }) } },
  ],

  * check(app) {
    for (const { fn: owner, link, isReserved } of ownLogs(app)) {
      const got = isReserved ? 'the log group that Lambda names after it' : 'its own log group with a pattern that matches every line';
      yield { resource: link.resource, path: link.path, message: `logs that invoke ${owner.label} must be those of other functions, got ${got}` };
    }
  },
};
