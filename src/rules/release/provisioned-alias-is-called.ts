import { alias, numberOf, ORDERS, ORDERS_ARN, provisioned, rule, version } from './examples';
import { callsInWords, qualifierInWords } from './words';
import { aliasNamed, isSameVersion, PROVISIONED, provisionedIn, Routing, routings } from '../../model/releases';
import type { Resource } from '../../model/resource';
import { JsonObject } from '../../model/template';
import { sameQualifier } from '../../model/triggers/permitted';
import { callsOf, grantsOf, hasStrayCallers, Use } from '../../model/triggers/uses';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const LIVE = alias(numberOf('V1'), provisioned());
const MAPPING: JsonObject = { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'Orders' }, EventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:orders' } };
const PERMISSION: JsonObject = { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'Live' }, Principal: 'apigateway.amazonaws.com' } };

export const provisionedAliasIsCalled: Rule = {
  id: 'provisioned-alias-is-called',
  title: 'What calls a function calls the alias that has provisioned concurrency',
  severity: 'warning',
  why: 'prepared environments serve the alias that they are provisioned for and no other: they are paid for and idle, and each call may start cold',
  fix: 'hand the alias to what calls (`new LambdaFunction(alias)`), or drop the provisioned concurrency',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html',
  since: '0.1.0',

  valid: [
    { title: 'the alias is called', resources: { Orders: ORDERS, V1: version(), Live: LIVE, Nightly: rule({ Ref: 'Live' }) } },
    { title: 'somebody elsewhere may call the alias', resources: { Orders: ORDERS, V1: version(), Live: LIVE, Permission: PERMISSION, Mapping: MAPPING } },
    { title: 'somebody may call an alias that a parameter names', resources: { Orders: ORDERS, V1: version(), Live: LIVE, Permission: { ...PERMISSION, Properties: { FunctionName: { Ref: 'AliasArn' } } }, Mapping: MAPPING } },
    { title: 'nothing in the app calls', resources: { Orders: ORDERS, V1: version(), Live: LIVE } },
    { title: 'a mapping of an alias that a parameter names', resources: { Orders: ORDERS, V1: version(), Live: LIVE, Mapping: { ...MAPPING, Properties: { FunctionName: { 'Fn::Join': [':', [{ Ref: 'Orders' }, { Ref: 'Stage' }]] } } } } },
    { title: 'another alias of the same version', resources: { Orders: ORDERS, V1: version(), Live: LIVE, Beta: alias(numberOf('V1'), { Name: 'beta' }), Nightly: rule({ Ref: 'Beta' }) } },
  ],
  invalid: [
    { title: 'the function is called without a qualifier', at: 'Live/Properties/ProvisionedConcurrencyConfig', resources: { Orders: ORDERS, V1: version(), Live: LIVE, Nightly: rule(ORDERS_ARN), Mapping: MAPPING } },
    { title: 'another alias is called', at: 'Live/Properties/ProvisionedConcurrencyConfig', resources: { Orders: ORDERS, V1: version(), Live: LIVE, Beta: alias('7', { Name: 'beta' }), Nightly: rule({ Ref: 'Beta' }) } },
  ],

  * check(app) {
    const having = new Set(provisionedIn(app).map(({ resource }) => resource));
    for (const routing of routings(app)) {
      const { alias: resource, fn } = routing;
      const name = valueOf(resource.text('Name'));
      if (!fn || name === undefined || !having.has(resource)) continue;
      const calls = callsOf(fn);
      if (calls.length === 0 || hasStrayCallers(app) || [...calls, ...grantsOf(fn)].some((use) => mayServe(use, name, routing))) continue;
      yield { resource, path: PROVISIONED, message: `what calls ${fn.label} must be wired to ${qualifierInWords(name)} for its provisioned concurrency to be of use, got ${callsInWords(calls)}` };
    }
  },
};

/** Whether what is called is the alias, or something that may share its environments. */
function mayServe({ fn, qualifier }: Use, name: string, routing: Routing): boolean {
  if (sameQualifier(qualifier, name) !== 'no') return true;
  const other = routingOfAlias(fn, qualifier);
  return other !== undefined && ([other, routing].some(({ version: pointed }) => pointed.kind === 'unknown') || isSameVersion(other.version, routing.version));
}

function routingOfAlias(fn: Resource, name: string): Routing | undefined {
  const { alias: named } = aliasNamed(fn, name);
  return named && routings(fn.stack.app).find((routing) => routing.alias === named);
}
