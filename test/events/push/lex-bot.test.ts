import { App, CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as lex from 'aws-cdk-lib/aws-lex';
import { LexV2Event } from 'aws-lambda';
import { EventFunction, InvocationMode, LexBotSourceOptions, PushSource, ResourcePolicyMode } from '../../../src';
import { lexBotEvent } from '../../../src/events/push/samples/lex-bot';
import { aliasRef, MINIMAL, only, resourcesOf, stackWith } from '../../function/functions';

const ARN = 'arn:aws:lex:eu-west-1:111122223333:bot-alias/BOTEXAMPLE/ALIASEXMPL';

const botIn = (stack: Stack, props?: Partial<lex.CfnBotAliasProps>) =>
  new lex.CfnBotAlias(stack, 'Bot', { botAliasName: 'live', botId: 'BOTEXAMPLE', botVersion: '1', ...props });

function botTo(options?: LexBotSourceOptions, props?: Partial<lex.CfnBotAliasProps>) {
  const stack = stackWith();
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.lexBot(botIn(stack, props), options));
  return stack;
}

const settings = (stack: Stack) => only(stack, 'AWS::Lex::BotAlias').Properties.BotAliasLocaleSettings;
const hooked = (LocaleId: unknown, LambdaArn: unknown, others = { Enabled: true }) => ({
  LocaleId, BotAliasLocaleSetting: { ...others, CodeHookSpecification: { LambdaCodeHook: { CodeHookInterfaceVersion: '1.0', LambdaArn } } },
});

describe('defaults', () => {
  test('the function answers in American English', () => {
    const stack = botTo();
    expect(settings(stack)).toEqual([hooked('en_US', aliasRef(stack))]);
  });

  test('the template', () => {
    expect(Template.fromStack(botTo()).toJSON()).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test('each locale has the function as its code hook', () => {
    const stack = botTo({ locales: ['en_US', 'de_DE'] });
    expect(settings(stack)).toEqual([hooked('en_US', aliasRef(stack)), hooked('de_DE', aliasRef(stack))]);
  });

  test('settings that the bot alias has stay', () => {
    const stack = botTo({ locales: ['de_DE'] }, {
      botAliasLocaleSettings: [
        { localeId: 'fr_FR', botAliasLocaleSetting: { enabled: true } },
        { localeId: 'de_DE', botAliasLocaleSetting: { enabled: false } },
      ],
    });
    expect(settings(stack)).toEqual([
      { LocaleId: 'fr_FR', BotAliasLocaleSetting: { Enabled: true } },
      hooked('de_DE', aliasRef(stack), { Enabled: false }),
    ]);
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [PushSource.lexBot(botIn(stack))] });
    expect(JSON.stringify(settings(stack))).toContain('Plain');
  });

  test('two functions answer in a language each, and one in two by two sources', () => {
    const stack = stackWith();
    const bot = botIn(stack);
    const [one, other] = ['Orders', 'Returns'].map((id) => new EventFunction(stack, id, MINIMAL));
    one.addEventSource(PushSource.lexBot(bot));
    one.addEventSource(PushSource.lexBot(bot, { locales: ['en_GB'] }));
    other.addEventSource(PushSource.lexBot(bot, { locales: ['de_DE'] }));
    expect(settings(stack).map(({ LocaleId }: any) => LocaleId)).toEqual(['en_US', 'en_GB', 'de_DE']);
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Permission', 2);
  });

  test('one source object serves two functions where the bot is not of this app', () => {
    const stack = stackWith();
    const source = PushSource.lexBotFromArn(ARN);
    for (const id of ['Orders', 'Returns']) new EventFunction(stack, id, MINIMAL).addEventSource(source);
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Permission', 2);
  });
});

describe('permissions', () => {
  test('the bot alias may invoke the alias', () => {
    const stack = botTo();
    expect(only(stack, 'AWS::Lambda::Permission').Properties).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: aliasRef(stack),
      Principal: 'lexv2.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': [only(stack, 'AWS::Lex::BotAlias').logicalId, 'Arn'] },
    });
  });

  test('a document has one statement for both locales', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, resourcePolicyMode: ResourcePolicyMode.DOCUMENT });
    const bot = botIn(stack);
    for (const locale of ['en_US', 'de_DE']) fn.addEventSource(PushSource.lexBot(bot, { locales: [locale] }));
    expect(only(stack, 'AWS::Lambda::ResourcePolicy').Properties.PolicyDocument.Statement).toMatchObject([
      { Principal: { Service: 'lexv2.amazonaws.com' }, Condition: { ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': [expect.anything(), 'Arn'] } } } },
    ]);
  });

  test('nothing is kept of failed requests: the bot answers for them', () => {
    Template.fromStack(botTo()).resourceCountIs('AWS::SQS::Queue', 0);
  });
});

describe('validation', () => {
  test.each<[string, LexBotSourceOptions, string]>([
    ['LexLocalesEmpty', { locales: [] }, "'locales' must be at least one locale, got []; leave it out for 'en_US', or name the locales of the bot [LexLocalesEmpty at Shop/Bot]"],
    ['LexLocalesMalformed', { locales: [''] }, "'locales' must be different locales such as 'en_US', got [\"\"]"],
    ['LexLocalesMalformed', { locales: ['en_US', 'en_US'] }, 'got ["en_US","en_US"]'],
  ])('fails if %s', (code, options, message) => {
    const bot = botIn(stackWith());
    expect(() => PushSource.lexBot(bot, options)).toThrow(message);
    expect(() => PushSource.lexBot(bot, options)).toThrow(expect.objectContaining({ name: code }));
  });

  test.each(['', 'BOTEXAMPLE', 'arn:aws:lex:eu-west-1:111122223333:bot:BookTrip', 'arn:aws:lex:eu-west-1:111122223333:bot/BOTEXAMPLE'])('fails if the ARN is %j', (arn) => {
    expect(() => PushSource.lexBotFromArn(arn)).toThrow("'botAliasArn' must be the ARN of the alias of a bot, such as 'arn:aws:lex:eu-west-1:111122223333:bot-alias/BOTEXAMPLE/ALIASEXMPL', got");
    expect(() => PushSource.lexBotFromArn(arn)).toThrow(expect.objectContaining({ name: 'LexBotAliasArnMalformed' }));
  });

  test('fails if a locale has a function already', () => {
    const stack = stackWith();
    const bot = botIn(stack);
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.lexBot(bot));
    const returns = new EventFunction(stack, 'Returns', MINIMAL);
    const add = () => returns.addEventSource(PushSource.lexBot(bot));
    expect(add).toThrow("'botAliasLocaleSettings' must be without a code hook for 'en_US', got [");
    expect(add).toThrow('leave the code hook to the source: each locale has one function [LexLocaleTaken at Shop/Bot]');
  });

  test.each<[string, Partial<lex.CfnBotAliasProps>, string]>([
    ['the settings are known at deployment only', { botAliasLocaleSettings: Lazy.any({ produce: () => [] }) }, 'must be a list, got a token'],
    ['the setting of a locale is', { botAliasLocaleSettings: [{ localeId: 'en_US', botAliasLocaleSetting: Lazy.any({ produce: () => ({ enabled: true }) }) }] }, "must be known for 'en_US', got ["],
  ])('fails if %s', (_, props, message) => {
    expect(() => botTo({}, props)).toThrow(message);
    expect(() => botTo({}, props)).toThrow(expect.objectContaining({ name: 'LexLocaleSettingsUnknown' }));
  });
});

describe('tokens', () => {
  test('are never checked', () => {
    const stack = botTo({ locales: [Lazy.string({ produce: () => 'later' })] });
    expect(settings(stack)).toEqual([hooked('later', aliasRef(stack))]);
  });

  test('a bot alias may be named by a parameter', () => {
    const stack = stackWith();
    const arn = new CfnParameter(stack, 'BotAliasArn').valueAsString;
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.lexBotFromArn(arn));
    expect(only(stack, 'AWS::Lambda::Permission').Properties).toMatchObject({ SourceArn: { Ref: 'BotAliasArn' } });
  });
});

test('a bot that is not of this app may invoke; the rest is its own', () => {
  const stack = stackWith();
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.lexBotFromArn(ARN));
  expect(only(stack, 'AWS::Lambda::Permission').Properties).toEqual({
    Action: 'lambda:InvokeFunction', FunctionName: aliasRef(stack), Principal: 'lexv2.amazonaws.com', SourceArn: ARN,
  });
});

test('a bot of another stack is permitted there, without a circle', () => {
  const app = new App();
  const [bots, service] = [new Stack(app, 'Bots'), new Stack(app, 'Service')];
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(PushSource.lexBot(botIn(bots)));
  expect(JSON.stringify(only(bots, 'AWS::Lambda::Permission').Properties.FunctionName)).toContain('Aliaslive');
  expect(Object.values(resourcesOf(service)).map(({ Type }) => Type)).not.toContain('AWS::Lambda::Permission');
});

test('ids are a contract', () => {
  expect(only(botTo(), 'AWS::Lambda::Permission').logicalId).toBe('BotAllowInvokeShopOrdersA8B1F5097578BEB7');
  const stack = stackWith();
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.lexBotFromArn(ARN));
  expect(only(stack, 'AWS::Lambda::Permission').logicalId).toBe('OrdersLexbotaliasBOTEXAMPLEALIASEXMPLC4935EFD');
});

describe('the event', () => {
  test('is that of Lex V2', () => {
    const event: LexV2Event = lexBotEvent();
    expect(event.sessionState.intent).toMatchObject({ name: 'BookHotel', state: 'ReadyForFulfillment' });
  });

  test('is of a locale of the source, and has what is overridden', () => {
    const source = PushSource.lexBot(botIn(stackWith()), { locales: ['de_DE'] });
    expect(source.sampleEvent({ inputTranscript: 'ja', sessionState: { intent: { name: 'Order' } } })).toMatchObject({
      bot: { localeId: 'de_DE' }, inputTranscript: 'ja', sessionState: { intent: { name: 'Order', confirmationState: 'Confirmed' } },
    });
  });

  test('what it means is on the source', () => {
    expect(PushSource.lexBotFromArn(ARN).semantics).toMatchObject({
      invocation: InvocationMode.SYNCHRONOUS, principal: 'lexv2.amazonaws.com', limits: [{ value: 30, unit: 'seconds' }, { value: 900 }],
    });
  });
});
