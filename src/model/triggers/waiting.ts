import { apiIntegrations } from './api-integrations';
import { calledFunction } from './called';
import { Place, placesAt } from './places';
import { roleCalls } from './role-calls';
import { ALEXA_SKILL } from '../../limits/sources/alexa';
import { CONNECT_INSTANCE } from '../../limits/sources/connect';
import { EMAIL_DECISION } from '../../limits/sources/email';
import { FIREHOSE_TRANSFORMATION } from '../../limits/sources/firehose-transformation';
import { GRAPHQL_RESOLVER } from '../../limits/sources/graphql-resolver';
import { HTTP_API } from '../../limits/sources/http-api';
import { LEX_BOT } from '../../limits/sources/lex';
import { REST_API } from '../../limits/sources/rest-api';
import type { SourceSemantics } from '../../limits/sources/source-semantics';
import { USER_POOL } from '../../limits/sources/user-pool';
import { WEB_SOCKET_API } from '../../limits/sources/web-socket-api';
import type { AppModel } from '../app';
import { oncePerApp } from '../once-per-app';
import type { Resource } from '../resource';
import { isObject } from '../template';
import { valueOf } from '../value';

/** Something that calls a function and waits for its answer, for so long and no longer. */
export interface Waiting {
  readonly fn: Resource;
  /** The resource that makes the service call. */
  readonly resource: Resource;
  /** The service, e.g. `Amazon Lex V2`. */
  readonly service: string;
  readonly seconds: number;
}

interface Kind {
  readonly type: string;
  /** Where the functions stand, see `placesAt`. */
  readonly at: string;
  readonly semantics: SourceSemantics;
  /** @default - the first that the semantics say */
  readonly seconds?: number;
  /** Whether the service surely waits. */
  readonly waits?: (resource: Resource, place: Place) => boolean;
}

const KINDS: readonly Kind[] = [
  ...['LambdaConfig.*', 'LambdaConfig.*.LambdaArn'].map((at): Kind => ({ type: 'AWS::Cognito::UserPool', at, semantics: USER_POOL, waits: isNoSender })),
  { type: 'AWS::AppSync::DataSource', at: 'LambdaConfig.LambdaFunctionArn', semantics: GRAPHQL_RESOLVER },
  { type: 'AWS::SES::ReceiptRule', at: 'Rule.Actions[].LambdaAction.FunctionArn', semantics: EMAIL_DECISION, waits: (_, { beside }) => beside('InvocationType') === 'RequestResponse' },
  { type: 'AWS::Lex::BotAlias', at: 'BotAliasLocaleSettings[].BotAliasLocaleSetting.CodeHookSpecification.LambdaCodeHook.LambdaArn', semantics: LEX_BOT, waits: hasNoUpdates },
  // what flows make of it, no template says: only what is too long for all of them is sure
  { type: 'AWS::Connect::IntegrationAssociation', at: 'IntegrationArn', semantics: CONNECT_INSTANCE, seconds: mostSeconds(CONNECT_INSTANCE) },
  { type: 'AWS::Lambda::Permission', at: 'FunctionName', semantics: ALEXA_SKILL, waits: (permission) => /^alexa-/.test(valueOf(permission.text('Principal')) ?? '') },
];

const APIS = { REST: REST_API, HTTP: HTTP_API, WEBSOCKET: WEB_SOCKET_API };

export const waitingFor = oncePerApp((app: AppModel): readonly Waiting[] => [
  ...KINDS.flatMap((kind) => (
    app.ofType(kind.type).flatMap((resource) => placesAt(resource, kind.at).flatMap((place) => waitingAt(place, kind, resource)))
  )),
  ...apiIntegrations(app).flatMap(({ fn, resource, protocol, timeout, mayTakeLonger }): Waiting[] => {
    if (mayTakeLonger || timeout === 'unknown') return [];
    const semantics = APIS[protocol];
    return [{ fn, resource, service: semantics.service, seconds: timeout === 'absent' ? secondsOf(semantics) : timeout / 1000 }];
  }),
  ...roleCalls(app).filter(({ service }) => service === FIREHOSE_TRANSFORMATION.assumesRole).map(({ fn, resource }): Waiting => (
    { fn, resource, service: FIREHOSE_TRANSFORMATION.service, seconds: secondsOf(FIREHOSE_TRANSFORMATION) }
  )),
]);

function waitingAt(place: Place, { semantics, seconds = secondsOf(semantics), waits }: Kind, resource: Resource): Waiting[] {
  const target = waits?.(resource, place) === false ? undefined : calledFunction(place.json, resource.stack);
  return target ? [{ fn: target.fn, resource, service: semantics.service, seconds }] : [];
}

function secondsOf({ limits }: SourceSemantics): number {
  return limits.find(({ name }) => name === 'time until the answer')!.value;
}

function mostSeconds({ limits }: SourceSemantics): number {
  return Math.max(...limits.filter(({ name }) => name.startsWith('time until the answer')).map(({ value }) => value));
}

/** Amazon Cognito does not wait for those that send its messages. */
function isNoSender(_: Resource, { path }: Place): boolean {
  return !/\/Custom(SMS|Email)Sender\b/.test(path);
}

/** Intents that tell the user how far they are may take longer. Of a bot that is not of this app, nobody knows. */
function hasNoUpdates(alias: Resource): boolean {
  const bot = alias.reference('BotId')?.resource;
  const locales = bot?.type === 'AWS::Lex::Bot' ? valueOf(bot.value('BotLocales')) : undefined;
  return Array.isArray(locales) && locales.every(isObject) && !JSON.stringify(locales).includes('FulfillmentUpdatesSpecification');
}
