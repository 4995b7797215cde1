import { fn } from './examples';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const logging = (name: string | { Ref: string }) => fn({ LoggingConfig: { LogGroup: name } });

export const logGroupNameIsAllowed: Rule = {
  id: 'log-group-name-is-allowed',
  title: 'The log group of a function has a name that Lambda takes',
  severity: 'fatal',
  why: 'Lambda refuses the function: names of log groups have letters, digits and ./_-#, and those that start with aws/ are reserved',
  fix: 'give another name, as `/aws/lambda/<function>`, which starts with a slash',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html',
  answers: [
    'Log groups starting with AWS/ are reserved for AWS. Update the LogGroup value and try again.',
    "1 validation error detected: Value 'my group!' at 'loggingConfig.logGroup' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+",
  ],
  since: '0.1.0',

  valid: [
    { title: 'as Lambda itself names it', resources: { Orders: logging('/aws/lambda/orders') } },
    { title: 'another name', resources: { Orders: logging('shop/orders_1.log#a-b') } },
    { title: 'a log group of the app', resources: { Orders: logging({ Ref: 'Logs' }), Logs: { Type: 'AWS::Logs::LogGroup', Properties: {} } } },
    { title: 'a name that a parameter holds', resources: { Orders: logging({ Ref: 'LogGroupName' }) } },
  ],
  invalid: [
    { title: 'the name is reserved', at: 'Orders/Properties/LoggingConfig/LogGroup', resources: { Orders: logging('aws/lambda/orders') } },
    { title: 'the name has a space', at: 'Orders/Properties/LoggingConfig/LogGroup', resources: { Orders: logging('my orders') } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      const name = valueOf(resource.text('LoggingConfig.LogGroup'));
      if (name === undefined || name === '') continue;
      const allowed = !/^[./_#\-A-Za-z0-9]+$/.test(name) ? 'of letters, digits and ./_-#' : /^aws\//i.test(name) ? 'one that does not start with aws/' : undefined;
      if (allowed) yield { resource, path: 'Properties/LoggingConfig/LogGroup', message: `name of a log group must be ${allowed}, got ${name}` };
    }
  },
};
