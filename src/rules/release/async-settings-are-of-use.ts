import { alias, fn, numberOf, ORDERS, ORDERS_ARN, rule, version } from './examples';
import { callsInWords, qualifierInWords } from './words';
import { isAsynchronous } from '../../limits/invocation-modes';
import { wiringOf } from '../../model/iam/resource-policy';
import { JsonObject } from '../../model/template';
import { sameQualifier } from '../../model/triggers/permitted';
import { callsOf, grantsOf, hasStrayCallers, Use } from '../../model/triggers/uses';
import { LATEST } from '../../model/wiring';
import { Rule } from '../rule';

function settings(qualifier: JsonObject | string = LATEST): JsonObject {
  return { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: { Ref: 'Orders' }, Qualifier: qualifier, MaximumRetryAttempts: 0 } };
}

const BASE = { Orders: ORDERS, V1: version(), Live: alias(numberOf('V1')) };

/** That nothing at all invokes asynchronously is no finding: the caller may be anywhere. */
export const asyncSettingsAreOfUse: Rule = {
  id: 'async-settings-are-of-use',
  title: 'Settings of asynchronous invocation are those of the qualifier that is invoked',
  severity: 'warning',
  why: 'each alias and version has settings of its own: events that are sent to another one are tried three times, and lost after that, without the destination that was meant for them',
  fix: 'give the settings to the alias (`alias.configureAsyncInvoke()`) and hand the alias to what sends the events',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html',
  since: '0.1.0',

  valid: [
    { title: 'settings of the alias that is invoked', resources: { ...BASE, Settings: settings('live'), Nightly: rule({ Ref: 'Live' }) } },
    { title: 'settings of $LATEST, which is invoked', resources: { ...BASE, Settings: settings(), Nightly: rule(ORDERS_ARN) } },
    { title: 'nothing of this app invokes', resources: { ...BASE, Settings: settings() } },
    { title: 'what invokes waits for the answer', resources: { ...BASE, Settings: settings(), Group: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { TargetType: 'lambda', Targets: [{ Id: { Ref: 'Live' } }] } } } },
    { title: 'settings of a qualifier that a parameter names', resources: { ...BASE, Settings: settings({ Ref: 'Stage' }), Nightly: rule({ Ref: 'Live' }) } },
  ],
  invalid: [
    { title: 'settings of $LATEST, and the alias is invoked', at: 'Settings/Properties/Qualifier', resources: { ...BASE, Settings: settings(), Nightly: rule({ Ref: 'Live' }) } },
    { title: 'settings of the alias, and $LATEST is invoked', at: 'Settings/Properties/Qualifier', resources: { ...BASE, Orders: fn({ MemorySize: 256 }), Settings: settings('live'), Nightly: rule(ORDERS_ARN) } },
    { title: 'settings of $LATEST, and an alarm invokes the alias', at: 'Settings/Properties/Qualifier', resources: { ...BASE, Settings: settings(), Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: [{ Ref: 'Live' }] } } } },
  ],

  * check(app) {
    const wiring = wiringOf(app);
    for (const owner of app.ofType('AWS::Lambda::Function')) {
      const all = wiring.asyncConfigs(owner);
      const calls = all.length === 0 || hasStrayCallers(app) ? [] : callsOf(owner).filter(isHandedOver);
      // events for which there are settings of their own are no sign of a mistake
      const unset = calls.filter(({ qualifier }) => all.every((config) => sameQualifier(config.qualifier, qualifier) === 'no'));
      if (unset.length === 0) continue;
      const uses = [...calls, ...grantsOf(owner)];
      for (const { resource, qualifier } of all) {
        if (uses.some((use) => sameQualifier(use.qualifier, qualifier) !== 'no')) continue;
        yield { resource, path: 'Properties/Qualifier', message: `settings of asynchronous invocation must be those of what is invoked, got ${qualifierInWords(qualifier)} of ${owner.label}, and events for ${callsInWords(unset)}` };
      }
    }
  },
};

function isHandedOver({ caller }: Use): boolean {
  return caller !== undefined && isAsynchronous(caller);
}
