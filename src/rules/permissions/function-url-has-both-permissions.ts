import { BEHIND_CLOUDFRONT, LIVE, OF_DISTRIBUTION, ORDERS, ORDERS_ARN, permission } from './examples';
import { allows, INVOKE, INVOKE_URL, isForAnyone, narrowing } from './statements';
import { inWords, targetInWords } from './words';
import type { AppModel } from '../../model/app';
import type { Request } from '../../model/iam/decide';
import type { InvokeStatement } from '../../model/iam/resource-policy';
import { literal } from '../../model/iam/text';
import { CLOUDFRONT, DistributionCall, distributionCalls, distributionRequests } from '../../model/triggers/distributions';
import { ANYONE, FunctionUrl, functionUrls, URL_ACTIONS, urlRequest } from '../../model/triggers/function-urls';
import { mayAsk, statementsOn } from '../../model/triggers/permitted';
import { Finding, Rule } from '../rule';

const url = (authType: string, properties = {}) => ({ Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: ORDERS_ARN, AuthType: authType, ...properties } });
const byUrl = (principal: string, properties = {}) => permission(principal, { Action: INVOKE_URL, FunctionUrlAuthType: 'NONE', ...properties });

export const functionUrlHasBothPermissions: Rule = {
  id: 'function-url-has-both-permissions',
  title: 'Who may call by URL has both permissions that this takes',
  severity: 'warning',
  why: 'since October 2025, a new function URL answers 403 unless both actions are allowed',
  fix: 'permit `lambda:InvokeFunctionUrl` and, with `invokedViaFunctionUrl: true`, `lambda:InvokeFunction`; `fn.addFunctionUrl()` and `grantInvokeUrl()` do',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  since: '0.1.0',

  valid: [
    { title: 'both for everyone', resources: { Orders: ORDERS, Url: url('NONE'), One: byUrl('*'), Two: permission('*', { InvokedViaFunctionUrl: true }) } },
    { title: 'both for everyone, on an alias', resources: { Orders: ORDERS, Live: LIVE, Url: url('NONE', { Qualifier: 'live' }), One: byUrl('*', { FunctionName: { Ref: 'Live' } }), Two: permission('*', { FunctionName: { Ref: 'Live' }, InvokedViaFunctionUrl: true }) } },
    { title: 'both for CloudFront', resources: { Orders: ORDERS, Url: url('AWS_IAM'), One: byUrl(CLOUDFRONT, { FunctionUrlAuthType: 'AWS_IAM' }), Two: permission(CLOUDFRONT, { InvokedViaFunctionUrl: true }) } },
    { title: 'the right to invoke in any way is enough', resources: { Orders: ORDERS, Url: url('AWS_IAM'), One: byUrl(CLOUDFRONT, { FunctionUrlAuthType: 'AWS_IAM' }), Two: permission(CLOUDFRONT) } },
    { title: 'the policies of an account that may be the own one say the rest', resources: { Orders: ORDERS, Url: url('AWS_IAM'), One: byUrl('111122223333', { FunctionUrlAuthType: 'AWS_IAM' }) } },
    { title: 'both for a distribution of this app', resources: { Orders: ORDERS, ...BEHIND_CLOUDFRONT, One: byUrl(CLOUDFRONT, { FunctionUrlAuthType: 'AWS_IAM', ...OF_DISTRIBUTION }), Two: permission(CLOUDFRONT, { InvokedViaFunctionUrl: true, ...OF_DISTRIBUTION }) } },
    { title: 'an organization has both', resources: { Orders: ORDERS, Url: url('AWS_IAM'), One: byUrl('*', { FunctionUrlAuthType: 'AWS_IAM', PrincipalOrgID: 'o-a1b2c3d4e5' }), Two: permission('*', { InvokedViaFunctionUrl: true, PrincipalOrgID: 'o-a1b2c3d4e5' }) } },
    { title: 'none: that is no half of it', resources: { Orders: ORDERS, Url: url('NONE') } },
    { title: 'a permission that may be for this function', resources: { Orders: ORDERS, Url: url('NONE'), One: byUrl('*'), Two: permission('*', { FunctionName: { Ref: 'Name' } }) } },
  ],
  invalid: [
    { title: 'everyone has the former one only', at: 'Url/Properties/AuthType', resources: { Orders: ORDERS, Url: url('NONE'), One: byUrl('*') } },
    { title: 'everyone has the new one only', at: 'Url/Properties/AuthType', resources: { Orders: ORDERS, Url: url('NONE'), Two: permission('*', { InvokedViaFunctionUrl: true }) } },
    { title: 'CloudFront has the former one only', at: 'One/Properties/Action', resources: { Orders: ORDERS, Url: url('AWS_IAM'), One: byUrl(CLOUDFRONT, { FunctionUrlAuthType: 'AWS_IAM' }) } },
    { title: 'a distribution of this app has the former one only', at: 'Shop/Properties/DistributionConfig/Origins/0/DomainName', resources: { Orders: ORDERS, ...BEHIND_CLOUDFRONT, One: byUrl(CLOUDFRONT, { FunctionUrlAuthType: 'AWS_IAM', ...OF_DISTRIBUTION }) } },
    { title: 'the CDK names the function by its URL', at: 'Shop/Properties/DistributionConfig/Origins/0/DomainName', resources: { Orders: ORDERS, ...BEHIND_CLOUDFRONT, One: byUrl(CLOUDFRONT, { FunctionName: { 'Fn::GetAtt': ['Url', 'FunctionArn'] }, FunctionUrlAuthType: 'AWS_IAM', ...OF_DISTRIBUTION }) } },
    { title: 'everyone who signs has the former one only', at: 'One/Properties/Action', resources: { Orders: ORDERS, Url: url('AWS_IAM'), One: byUrl('*', { FunctionUrlAuthType: 'AWS_IAM' }) } },
    { title: 'CloudFront has the new one only', at: 'Two/Properties/Action', resources: { Orders: ORDERS, Url: url('AWS_IAM'), Two: permission(CLOUDFRONT, { InvokedViaFunctionUrl: true }) } },
  ],

  check: (app: AppModel) => [
    ...functionUrls(app).flatMap((functionUrl) => functionUrl.authType === 'NONE' ? forAnyone(functionUrl) : forCallers(functionUrl, app)),
    ...distributionCalls(app).flatMap(forDistribution),
  ],
};

function forAnyone(functionUrl: FunctionUrl): Finding[] {
  const missing = [INVOKE_URL, INVOKE].filter((action) => !hasOrMayHave(functionUrl, action, ANYONE));
  if (missing.length !== 1) return [];
  return [{ resource: functionUrl.resource, path: 'Properties/AuthType', message: message(functionUrl, 'anyone', missing[0]) }];
}

/** A distribution of this app is asked for by name, whatever other distributions may do. */
function forDistribution(call: DistributionCall): Finding[] {
  const missing = URL_ACTIONS.filter((action) => mayAsk(call.url, distributionRequests(call, action)) === 'no');
  if (missing.length !== 1) return [];
  return [{ resource: call.resource, path: call.path, message: message(call.url, `CloudFront for ${call.resource.label}`, missing[0]) }];
}

/** Callers of other accounts, and services: only the policy of the function says what they may. */
function forCallers(functionUrl: FunctionUrl, app: AppModel): Finding[] {
  const isAsked = distributionCalls(app).some(({ url: called }) => called === functionUrl);
  return statementsOn(functionUrl).surely.flatMap((statement) => {
    const isByUrl = statement.conditions.some(({ key }) => key === 'lambda:invokedviafunctionurl');
    const other = allows(statement, INVOKE_URL) ? INVOKE : isByUrl && allows(statement, INVOKE) ? INVOKE_URL : undefined;
    if (other === undefined) return [];
    const callers = callersOf(statement).filter(({ asking }) => !isAsked || literal(asking.name) !== CLOUDFRONT);
    const lacking = callers.filter(({ asking }) => !hasOrMayHave(functionUrl, other, asking));
    return lacking.map(({ who }) => ({
      resource: statement.resource,
      path: statement.resource.type === 'AWS::Lambda::Permission' ? 'Properties/Action' : statement.path,
      message: message(functionUrl, who, other),
    }));
  });
}

interface Caller { readonly who: string; readonly asking: NonNullable<Request['principal']> }

/** Those that a statement is for and that no policy of their own can help: everyone, if it is for everyone. */
function callersOf(statement: InvokeStatement): Caller[] {
  const isOpen = isForAnyone(statement) && narrowing(statement).length === 0;
  const named = statement.principal.filter((principal) => isElsewhere(principal, statement)).map((asking) => ({ who: inWords(asking.name), asking }));
  return [...isOpen ? [{ who: 'anyone', asking: ANYONE }] : [], ...named];
}

function hasOrMayHave(functionUrl: FunctionUrl, action: string, principal: Request['principal']): boolean {
  return mayAsk(functionUrl, [urlRequest(functionUrl, action, { authType: functionUrl.authType, principal })]) !== 'no';
}

function isElsewhere({ kind, name }: InvokeStatement['principal'][number], { fn }: InvokeStatement): boolean {
  if (kind === 'Service') return literal(name) !== undefined;
  const account = literal(name)?.match(/^(?:arn:[^:]+:iam::)?(\d{12})(?::|$)/)?.[1];
  return kind === 'AWS' && account !== undefined && fn.stack.account !== undefined && account !== fn.stack.account;
}

function message(functionUrl: FunctionUrl, who: string, missing: string): string {
  const other = missing === INVOKE ? INVOKE_URL : INVOKE;
  return `what ${who} may do to call ${targetInWords(functionUrl)} by URL must be both ${INVOKE_URL} and ${INVOKE}, got ${other} only`;
}
