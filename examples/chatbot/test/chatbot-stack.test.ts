import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cdkJson from '../cdk.json';
import { ChatbotStack } from '../chatbot-stack';

/** The template as `cdk synth` makes it, with the feature flags of cdk.json. */
const template = Template.fromStack(new ChatbotStack(new App({ context: cdkJson.context }), 'Chatbot'));

const only = (type: string) => {
  const found = Object.entries(template.findResources(type));
  expect(found).toHaveLength(1);
  return { id: found[0][0], properties: found[0][1].Properties };
};
const live = () => ({ Ref: only('AWS::Lambda::Alias').id });

test('the template', () => {
  expect(template.toJSON()).toMatchSnapshot();
});

test('the live bot asks the live alias, and no other bot may', () => {
  const bot = only('AWS::Lex::BotAlias');
  expect(bot.properties).toMatchObject({
    BotVersion: { 'Fn::GetAtt': [only('AWS::Lex::BotVersion').id, 'BotVersion'] },
    BotAliasLocaleSettings: [{
      LocaleId: 'en_US',
      BotAliasLocaleSetting: { Enabled: true, CodeHookSpecification: { LambdaCodeHook: { CodeHookInterfaceVersion: '1.0', LambdaArn: live() } } },
    }],
  });
  expect(only('AWS::Lambda::Permission').properties).toMatchObject({
    FunctionName: live(),
    Principal: 'lexv2.amazonaws.com',
    SourceArn: { 'Fn::GetAtt': [bot.id, 'Arn'] },
  });
});

test('each slot is asked for, in an order, and each bot must have a fallback', () => {
  const [{ Intents, SlotTypes }] = only('AWS::Lex::Bot').properties.BotLocales;
  for (const { Slots = [], SlotPriorities = [] } of Intents) {
    expect(SlotPriorities.map(({ SlotName }: any) => SlotName)).toEqual(Slots.map(({ Name }: any) => Name));
    for (const { SlotTypeName } of Slots) {
      expect([...SlotTypes.map(({ Name }: any) => Name), 'AMAZON.AlphaNumeric']).toContain(SlotTypeName);
    }
  }
  expect(Intents).toContainEqual(expect.objectContaining({ ParentIntentSignature: 'AMAZON.FallbackIntent' }));
});
