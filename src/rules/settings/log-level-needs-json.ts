import { fn, onInstances } from './examples';
import { isThere } from '../../model/presence';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const LEVELS = ['ApplicationLogLevel', 'SystemLogLevel'];
const TEXT = { LogFormat: 'Text' };

/** The CDK's own `Function` refuses the first, the resource itself (`CfnFunction`, `CfnInclude`) does not. */
export const logLevelNeedsJson: Rule = {
  id: 'log-level-needs-json',
  title: 'Log levels, and functions on managed instances, have log format JSON',
  severity: 'fatal',
  why: 'Lambda refuses the function: it filters by level what is written in JSON only, and gives a function on Lambda Managed Instances a level by itself',
  fix: 'set `LogFormat` to `JSON`, or leave the levels out',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html',
  answers: ['LogLevel is not supported when LogFormat is set to "Text". Remove LogLevel from your request or change the LogFormat to "JSON" and try again.'],
  since: '0.1.0',

  valid: [
    { title: 'levels of JSON', resources: { Orders: fn({ LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO', SystemLogLevel: 'WARN' } }) } },
    { title: 'text', resources: { Orders: fn({ LoggingConfig: TEXT }) } },
    { title: 'managed instances', resources: { Orders: onInstances() } },
    { title: 'a format that a parameter says', resources: { Orders: fn({ LoggingConfig: { LogFormat: { Ref: 'Format' }, ApplicationLogLevel: 'INFO' } }) } },
  ],
  invalid: [
    { title: 'text has a level of the application', at: 'Orders/Properties/LoggingConfig/LogFormat', resources: { Orders: fn({ LoggingConfig: { ...TEXT, ApplicationLogLevel: 'INFO' } }) } },
    { title: 'text has a level of the system', at: 'Orders/Properties/LoggingConfig/LogFormat', resources: { Orders: fn({ LoggingConfig: { ...TEXT, SystemLogLevel: { Ref: 'Level' } } }) } },
    { title: 'a function on managed instances has text', at: 'Orders/Properties/LoggingConfig/LogFormat', resources: { Orders: onInstances({ LoggingConfig: TEXT }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      if (valueOf(resource.text('LoggingConfig.LogFormat')) !== 'Text') continue;
      const level = LEVELS.find((name) => isThere(resource, `LoggingConfig.${name}`) === true);
      const reason = level ? `with '${level}'` : isThere(resource, 'CapacityProviderConfig') === true ? 'with a capacity provider' : undefined;
      if (reason) yield { resource, path: 'Properties/LoggingConfig/LogFormat', message: `'LogFormat' must be JSON ${reason}, got Text` };
    }
  },
};
