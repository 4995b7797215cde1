import * as path from 'path';
import { Duration, RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as lex from 'aws-cdk-lib/aws-lex';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { shopIntents, shopSlotTypes } from './shop-intents';
import { EventFunction, PushSource } from 'cdk-event-functions';

const LOCALE = 'en_US';

/** Raise it with every change of the bot: a version of a bot is a copy, and CloudFormation makes another one only for another id. */
const BOT_VERSION = 1;

/** A bot that knows when the shops are open and where an order is. */
export class ChatbotStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const orders = new dynamodb.TableV2(this, 'Orders', {
      partitionKey: { name: 'orderNumber', type: dynamodb.AttributeType.STRING },
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const answer = new EventFunction(this, 'Answer', {
      description: 'Checks what customers say to the bot, and answers them',
      runtime: lambda.Runtime.NODEJS_22_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(path.join(__dirname, 'functions/answer')),
      timeout: Duration.seconds(10), // nobody waits longer for a chat
      environment: { TABLE_NAME: orders.tableName },
      logGroupRetention: logs.RetentionDays.THREE_MONTHS,
      loggingFormat: lambda.LoggingFormat.JSON,
    });
    orders.grant(answer, 'dynamodb:GetItem');

    // Lex asks the live alias for the users of this alias of the bot, and nobody else may.
    answer.addEventSource(PushSource.lexBot(this.liveBot(), { locales: [LOCALE] }));
  }

  /** The alias that channels (a web site, a phone line) talk to. */
  private liveBot(): lex.CfnBotAlias {
    const role = new iam.Role(this, 'BotRole', { assumedBy: new iam.ServicePrincipal('lexv2.amazonaws.com') });
    // For users who call instead of typing. Polly knows no resources for it.
    role.addToPolicy(new iam.PolicyStatement({ actions: ['polly:SynthesizeSpeech'], resources: ['*'] }));
    const bot = new lex.CfnBot(this, 'Bot', {
      name: 'Shop',
      roleArn: role.roleArn,
      dataPrivacy: { ChildDirected: false },
      idleSessionTtlInSeconds: Duration.minutes(5).toSeconds(),
      autoBuildBotLocales: true,
      botLocales: [{ localeId: LOCALE, nluConfidenceThreshold: 0.4, slotTypes: shopSlotTypes(), intents: shopIntents() }],
    });
    const version = new lex.CfnBotVersion(this, `BotVersion${BOT_VERSION}`, {
      botId: bot.attrId,
      botVersionLocaleSpecification: [{ localeId: LOCALE, botVersionLocaleDetails: { sourceBotVersion: 'DRAFT' } }],
    });
    return new lex.CfnBotAlias(this, 'LiveBot', { botId: bot.attrId, botAliasName: 'live', botVersion: version.attrBotVersion });
  }
}
