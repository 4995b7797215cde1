import { arnOf, Trigger } from './trigger';
import type { AppModel } from '../app';
import type { Request } from '../iam/decide';
import { oncePerApp } from '../once-per-app';
import type { Resource } from '../resource';
import { valueOf } from '../value';
import { Target, targetOf } from '../wiring';

/** A function URL, and the function and qualifier that it is of. */
export interface FunctionUrl extends Target {
  readonly resource: Resource;
  readonly authType: string;
}

/** The function URLs of an app whose function and kind of authorization are known. */
export const functionUrls = oncePerApp((app) => app.ofType('AWS::Lambda::Url').flatMap((resource): FunctionUrl[] => {
  const target = targetOfUrl(resource);
  const authType = valueOf(resource.text('AuthType'));
  return target && authType !== undefined ? [{ resource, authType, ...target }] : [];
}));

/** The two actions that a URL asks for. @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
export const URL_ACTIONS = ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'] as const;

/** What a client of a URL asks of the policy of the function. */
export function urlRequest(target: Target, action: string, url: { readonly authType: string; readonly principal: Request['principal'] }): Request {
  const context = {
    ...CARRIED.get(url.principal?.kind ?? ''),
    'lambda:functionurlauthtype': [url.authType],
    'lambda:invokedviafunctionurl': ['true'],
    'lambda:eventsourcetoken': undefined,
  };
  return { action, target: arnOf(target), principal: url.principal, context };
}

/** What calls surely do not carry, by the kind of the principal: only services name sources, only identities an organization. */
const CARRIED = new Map<string, Request['context']>([
  ['anyone', { 'aws:principalorgid': undefined, 'aws:sourcearn': undefined, 'aws:sourceaccount': undefined }],
  ['AWS', { 'aws:sourcearn': undefined, 'aws:sourceaccount': undefined }],
  ['Service', { 'aws:principalorgid': undefined }],
]);

/** Anyone: a principal that only a statement for all is about. */
export const ANYONE = { kind: 'anyone', name: ['anyone'] };

/** The URLs that anyone may call, as far as permissions go. One of the two that they need is enough here. */
export function urlTriggers(app: AppModel): Trigger[] {
  return functionUrls(app).filter(({ authType }) => authType === 'NONE').map(({ resource, fn, qualifier }) => ({
    resource,
    path: 'Properties/TargetFunctionArn',
    fn,
    qualifier,
    caller: '*',
    requests: URL_ACTIONS.map((action) => urlRequest({ fn, qualifier }, action, { authType: 'NONE', principal: ANYONE })),
  }));
}

/** The CDK names the function and, for a URL of an alias, the name of the alias. */
function targetOfUrl(url: Resource): Target | undefined {
  const target = targetOf(url.reference('TargetFunctionArn'));
  const named = url.raw('Qualifier');
  if (!target || url.value('Qualifier').kind === 'absent') return target;
  const alias = named.kind === 'known' ? targetOf(url.reference('Qualifier')) : undefined;
  if (alias) return alias;
  const name = valueOf(url.text('Qualifier'));
  return { fn: target.fn, qualifier: name ?? 'a qualifier' };
}
