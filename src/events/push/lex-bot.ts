import { Names } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as lex from 'aws-cdk-lib/aws-lex';
import { PushSourceBase } from './push-source-base';
import { lexBotEvent } from './samples/lex-bot';
import { LEX_BOT } from '../../limits/sources/lex';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { idPart } from '../../support/id-part';
import { isKnown } from '../../support/tokens';

/** For which languages a bot invokes the function. */
export interface LexBotSourceOptions {
  /**
   * The locales of the bot alias in which the function answers. At least one; each locale has one function.
   *
   * A locale that the bot alias has no settings for yet is enabled.
   *
   * @see https://docs.aws.amazon.com/lexv2/latest/dg/how-languages.html
   * @default ['en_US']
   */
  readonly locales?: string[];
}

type Setting = lex.CfnBotAlias.BotAliasLocaleSettingsItemProperty;

/** The alias of a bot that invokes a function. Made by `PushSource.lexBot()` and `PushSource.lexBotFromArn()`. */
export class LexBotPushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics = LEX_BOT;

  private readonly locales: string[];

  /** @internal */
  constructor(options: LexBotSourceOptions, private readonly botAlias?: lex.CfnBotAlias, private readonly botAliasArn = '') {
    super();
    this.locales = options.locales ?? ['en_US'];
    if (!botAlias) checkArn(botAliasArn);
    this.checkLocales();
  }

  /** Called by `addEventSource()`: makes the function the code hook of the locales, and permits the bot alias to invoke. */
  public bind(target: lambda.IFunction): void {
    const principal = new iam.ServicePrincipal('lexv2.amazonaws.com');
    const { botAlias, botAliasArn } = this;
    if (!botAlias) return target.addPermission(`Lex-${idPart(target, botAliasArn).replace(/^.*:/, '')}`, { principal, sourceArn: botAliasArn });
    for (const locale of this.locales) hook(botAlias, locale, target);
    // Beside the bot, whose ARN it has: a bot of another stack names the function already.
    const id = `AllowInvoke${Names.nodeUniqueId(target.node)}`;
    if (!botAlias.node.tryFindChild(id)) target.addPermission(id, { principal, sourceArn: botAlias.attrArn, scope: botAlias });
  }

  /** @internal */
  protected _sampleEvent(): object {
    return lexBotEvent(this.locales.find(isKnown));
  }

  private checkLocales(): void {
    const { locales, botAlias } = this;
    if (locales.length > 0 && new Set(locales).size === locales.length && !locales.includes('')) return;
    throw mistake(botAlias, {
      code: locales.length === 0 ? 'LexLocalesEmpty' : 'LexLocalesMalformed',
      property: 'locales',
      allowed: locales.length === 0 ? 'at least one locale' : "different locales such as 'en_US'",
      got: locales,
      fix: "leave it out for 'en_US', or name the locales of the bot",
    });
  }
}

function checkArn(arn: string): void {
  if (!isKnown(arn) || /^arn:[a-z-]+:lex:[a-z0-9-]+:\d{12}:bot-alias\/[A-Z0-9]+\/[A-Z0-9]+$/.test(arn)) return;
  throw mistake(undefined, {
    code: 'LexBotAliasArnMalformed',
    property: 'botAliasArn',
    allowed: "the ARN of the alias of a bot, such as 'arn:aws:lex:eu-west-1:111122223333:bot-alias/BOTEXAMPLE/ALIASEXMPL'",
    got: arn,
    fix: 'put it together of the ids of the bot and of its alias (Stack.formatArn); V1 bots are no longer served',
  });
}

const ENABLED: Pick<Setting, 'botAliasLocaleSetting'> = { botAliasLocaleSetting: { enabled: true } };

/** Makes a function the code hook of one locale, and leaves the other settings of the locale as they are. */
function hook(bot: lex.CfnBotAlias, localeId: string, target: lambda.IFunction): void {
  const settings = bot.botAliasLocaleSettings ?? [];
  if (!Array.isArray(settings)) throw cannotAdd(bot, 'LexLocaleSettingsUnknown', 'a list');
  const index = settings.findIndex((one) => 'localeId' in one && one.localeId === localeId);
  const { botAliasLocaleSetting: given } = settings[index] as Setting | undefined ?? ENABLED;
  if ('resolve' in given) throw cannotAdd(bot, 'LexLocaleSettingsUnknown', `known for '${localeId}'`);
  if (given.codeHookSpecification !== undefined) throw cannotAdd(bot, 'LexLocaleTaken', `without a code hook for '${localeId}'`);
  const lambdaCodeHook = { codeHookInterfaceVersion: '1.0', lambdaArn: target.functionArn };
  const item: Setting = { localeId, botAliasLocaleSetting: { ...given, codeHookSpecification: { lambdaCodeHook } } };
  bot.botAliasLocaleSettings = index < 0 ? [...settings, item] : settings.map((one, at) => at === index ? item : one);
}

function cannotAdd(bot: lex.CfnBotAlias, code: string, allowed: string) {
  return mistake(bot, {
    code,
    property: 'botAliasLocaleSettings',
    allowed,
    got: bot.botAliasLocaleSettings,
    fix: 'leave the code hook to the source: each locale has one function',
  });
}
