import { CfnParameter, Lazy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AlexaSkillSourceOptions, EventFunction, InvocationMode, PushSource, ResourcePolicyMode } from '../../../src';
import { aliasRef, MINIMAL, only, resourcesOf, stackWith } from '../../function/functions';

const SKILL = 'amzn1.ask.skill.1a2b3c4d-0000-0000-0000-000000000000';

function skillTo(skillId = SKILL, options?: AlexaSkillSourceOptions) {
  const stack = stackWith();
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.alexaSkill(skillId, options));
  return stack;
}

describe('defaults', () => {
  test('it is a custom skill', () => {
    expect(only(skillTo(), 'AWS::Lambda::Permission').Properties.Principal).toBe('alexa-appkit.amazon.com');
  });

  test('the template', () => {
    expect(Template.fromStack(skillTo()).toJSON()).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test('a smart home skill calls as another service', () => {
    expect(only(skillTo(SKILL, { smartHome: true }), 'AWS::Lambda::Permission').Properties).toMatchObject({
      Principal: 'alexa-connectedhome.amazon.com', EventSourceToken: SKILL,
    });
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [PushSource.alexaSkill(SKILL)] });
    expect(only(stack, 'AWS::Lambda::Permission').Properties).toMatchObject({ EventSourceToken: SKILL, FunctionName: { 'Fn::GetAtt': [expect.stringMatching(/^Plain/), 'Arn'] } });
  });

  test('one source object serves two functions, and two skills one function', () => {
    const stack = stackWith();
    const [one, other] = [PushSource.alexaSkill(SKILL), PushSource.alexaSkill('amzn1.ask.skill.2')];
    for (const id of ['Orders', 'Returns']) new EventFunction(stack, id, MINIMAL).addEventSource(one);
    new EventFunction(stack, 'Both', { ...MINIMAL, events: [one, other] });
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Permission', 4);
  });
});

describe('permissions', () => {
  test('the skill, and no other, may invoke the alias', () => {
    const stack = skillTo();
    expect(only(stack, 'AWS::Lambda::Permission').Properties).toEqual({
      Action: 'lambda:InvokeFunction',
      EventSourceToken: SKILL,
      FunctionName: aliasRef(stack),
      Principal: 'alexa-appkit.amazon.com',
    });
  });

  test('a document names the skill, too', () => {
    const stack = stackWith();
    new EventFunction(stack, 'Orders', { ...MINIMAL, resourcePolicyMode: ResourcePolicyMode.DOCUMENT }).addEventSource(PushSource.alexaSkill(SKILL));
    expect(only(stack, 'AWS::Lambda::ResourcePolicy').Properties.PolicyDocument.Statement).toMatchObject([
      { Principal: { Service: 'alexa-appkit.amazon.com' }, Condition: { StringEquals: { 'lambda:EventSourceToken': SKILL } } },
    ]);
  });

  test('nothing is kept of failed requests: the user hears of them', () => {
    Template.fromStack(skillTo()).resourceCountIs('AWS::SQS::Queue', 0);
  });
});

describe('validation', () => {
  test.each([
    ['an empty id', '', 'got ""'],
    ['an id with a space', 'my skill', 'got "my skill"'],
    ['an id of 257 characters', 'a'.repeat(257), 'got "aaa'],
    ['no text', 7 as unknown as string, 'got 7'],
    ['nothing', undefined as unknown as string, 'got undefined'],
  ])('fails if AlexaSkillIdMalformed: %s', (_, skillId, got) => {
    const make = () => PushSource.alexaSkill(skillId);
    expect(make).toThrow(`'skillId' must be the id of a skill, such as 'amzn1.ask.skill.1a2b3c4d-0000-0000-0000-000000000000', ${got}`);
    expect(make).toThrow(expect.objectContaining({ name: 'AlexaSkillIdMalformed' }));
  });

  test('the message', () => {
    expect(() => PushSource.alexaSkill('')).toThrow(
      "got \"\"; copy it from the developer console of Alexa: without it anybody's skill might invoke the function [AlexaSkillIdMalformed]",
    );
  });
});

describe('tokens', () => {
  test('are never checked', () => {
    const stack = skillTo(Lazy.string({ produce: () => 'amzn1.ask.skill.later' }));
    expect(only(stack, 'AWS::Lambda::Permission').Properties.EventSourceToken).toBe('amzn1.ask.skill.later');
  });

  test('two skills that parameters name may both invoke', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    for (const id of ['One', 'Other']) fn.addEventSource(PushSource.alexaSkill(new CfnParameter(stack, id).valueAsString));
    const tokens = Object.values(resourcesOf(stack)).filter(({ Type }) => Type === 'AWS::Lambda::Permission').map(({ Properties }) => Properties.EventSourceToken);
    expect(tokens).toEqual([{ Ref: 'One' }, { Ref: 'Other' }]);
  });
});

test('an imported function of the same account is permitted', () => {
  const stack = stackWith();
  const fn = lambda.Function.fromFunctionAttributes(stack, 'Theirs', { functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:theirs', sameEnvironment: true });
  fn.addEventSource(PushSource.alexaSkill(SKILL));
  expect(only(stack, 'AWS::Lambda::Permission').Properties).toMatchObject({ FunctionName: 'arn:aws:lambda:eu-west-1:111122223333:function:theirs', EventSourceToken: SKILL });
});

test('ids are a contract', () => {
  expect(only(skillTo(), 'AWS::Lambda::Permission').logicalId).toBe('OrdersAlexaamzn1askskill1a2b3c4d0000000000000000000000002A9346DC');
});

describe('the event', () => {
  test('of a custom skill is a launch request of that skill', () => {
    expect(PushSource.alexaSkill(SKILL).sampleEvent()).toMatchObject({
      version: '1.0',
      session: { new: true, application: { applicationId: SKILL }, user: { userId: expect.any(String) } },
      context: { System: { application: { applicationId: SKILL }, apiEndpoint: expect.any(String) } },
      request: { type: 'LaunchRequest', requestId: expect.any(String), timestamp: expect.any(String), locale: 'en-US' },
    });
  });

  test('of a smart home skill is a directive', () => {
    expect(PushSource.alexaSkill(SKILL, { smartHome: true }).sampleEvent()).toMatchObject({
      directive: { header: { namespace: 'Alexa.Discovery', name: 'Discover', payloadVersion: '3' }, payload: { scope: { type: 'BearerToken' } } },
    });
  });

  test('has what is overridden', () => {
    const request = { type: 'IntentRequest', intent: { name: 'OrderIntent' } };
    expect(PushSource.alexaSkill(SKILL).sampleEvent({ request })).toMatchObject({ request: { ...request, locale: 'en-US' } });
  });

  test('of a skill that the deployment names is the documented one', () => {
    const later = Lazy.string({ produce: () => 'later' });
    expect(PushSource.alexaSkill(later).sampleEvent()).toMatchObject({ session: { application: { applicationId: SKILL } } });
  });

  test('what it means is on the source', () => {
    expect(PushSource.alexaSkill(SKILL).semantics).toMatchObject({
      invocation: InvocationMode.SYNCHRONOUS,
      principal: 'alexa-appkit.amazon.com',
      conditionKeys: ['lambda:EventSourceToken'],
      limits: [{ name: 'time until the answer', value: 8, unit: 'seconds' }],
    });
  });
});
