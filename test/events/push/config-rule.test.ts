import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as config from 'aws-cdk-lib/aws-config';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ConfigRuleSourceOptions, EventFunction, InvocationMode, PushSource, ResourcePolicyMode } from '../../../src';
import { aliasRef, MINIMAL, only, resourcesOf, stackWith } from '../../function/functions';

const TYPE = 'AWS::Config::ConfigRule';
const DAILY = config.MaximumExecutionFrequency.TWENTY_FOUR_HOURS;

function ruleFor(options?: ConfigRuleSourceOptions) {
  const stack = stackWith();
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.configRule(options));
  return stack;
}

const messages = (stack: Stack) => only(stack, TYPE).Properties.Source.SourceDetails.map(({ MessageType }: any) => MessageType);
const CHANGES = ['ConfigurationItemChangeNotification', 'OversizedConfigurationItemChangeNotification'];

describe('defaults', () => {
  test('the alias is asked about each resource that changes', () => {
    const stack = ruleFor();
    expect(only(stack, TYPE).Properties).toEqual({
      Source: { Owner: 'CUSTOM_LAMBDA', SourceIdentifier: aliasRef(stack), SourceDetails: CHANGES.map((MessageType) => ({ EventSource: 'aws.config', MessageType })) },
    });
  });

  test('failed events are kept', () => {
    Template.fromStack(ruleFor()).resourceCountIs('AWS::SQS::Queue', 1);
    Template.fromStack(ruleFor({ keepFailedEvents: false })).resourceCountIs('AWS::SQS::Queue', 0);
  });

  test('the template', () => {
    expect(Template.fromStack(ruleFor()).toJSON()).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test.each<[string[], ConfigRuleSourceOptions]>([
    [CHANGES, { configurationChanges: true }],
    [['ScheduledNotification'], { periodic: true }],
    [['ScheduledNotification'], { maximumExecutionFrequency: DAILY }],
    [[...CHANGES, 'ScheduledNotification'], { periodic: true, configurationChanges: true }],
    [[...CHANGES, 'ScheduledNotification'], { maximumExecutionFrequency: DAILY, configurationChanges: true }],
  ])('%j', (expected, options) => {
    expect(messages(ruleFor(options))).toEqual(expected);
  });

  test('the frequency is that of the schedule', () => {
    const frequency = config.MaximumExecutionFrequency.ONE_HOUR;
    expect(only(ruleFor({ maximumExecutionFrequency: frequency }), TYPE).Properties.Source.SourceDetails[0].MaximumExecutionFrequency).toBe('One_Hour');
  });

  test('names, parameters, modes and scopes are those of the CDK', () => {
    const stack = ruleFor({
      configRuleName: 'tagged',
      description: 'Instances have owners',
      inputParameters: { tag: 'owner' },
      ruleScope: config.RuleScope.fromResources([config.ResourceType.EC2_INSTANCE]),
      evaluationModes: config.EvaluationMode.DETECTIVE_AND_PROACTIVE,
    });
    expect(only(stack, TYPE).Properties).toMatchObject({
      ConfigRuleName: 'tagged',
      Description: 'Instances have owners',
      InputParameters: { tag: 'owner' },
      Scope: { ComplianceResourceTypes: ['AWS::EC2::Instance'] },
      EvaluationModes: [{ Mode: 'DETECTIVE' }, { Mode: 'PROACTIVE' }],
    });
    expect(only(ruleFor({ ruleScope: config.RuleScope.fromTag('owner', 'shop') }), TYPE).Properties.Scope).toEqual({ TagKey: 'owner', TagValue: 'shop' });
  });

  test('it is what config.CustomRule makes', () => {
    const stack = stackWith();
    const fn = new lambda.Function(stack, 'Plain', MINIMAL);
    const props = { ruleScope: config.RuleScope.fromResource(config.ResourceType.EC2_INSTANCE, 'i-1'), maximumExecutionFrequency: DAILY };
    new config.CustomRule(stack, 'Theirs', { ...props, lambdaFunction: fn, configurationChanges: true, periodic: true });
    fn.addEventSource(PushSource.configRule({ ...props, configurationChanges: true }));
    const [ours, theirs] = Object.values(resourcesOf(stack)).filter(({ Type }) => Type === TYPE).map(({ Properties }) => Properties);
    expect(ours).toEqual(theirs);
  });

  test('one source object serves two functions, and two named sources one function', () => {
    const stack = stackWith();
    const source = PushSource.configRule();
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    for (const target of [fn, new EventFunction(stack, 'Returns', MINIMAL)]) target.addEventSource(source);
    fn.addEventSource(PushSource.configRule({ configRuleName: 'other' }));
    Template.fromStack(stack).resourceCountIs(TYPE, 3);
  });
});

describe('permissions', () => {
  test('AWS Config, in this account, may invoke the alias', () => {
    const stack = ruleFor();
    expect(only(stack, 'AWS::Lambda::Permission').Properties).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: aliasRef(stack),
      Principal: 'config.amazonaws.com',
      SourceAccount: { Ref: 'AWS::AccountId' },
    });
  });

  test('the rule waits for the permission, which AWS verifies', () => {
    const stack = ruleFor();
    expect(only(stack, TYPE).DependsOn).toContain(only(stack, 'AWS::Lambda::Permission').logicalId);
  });

  test('the rule waits for the document that permits, too', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, resourcePolicyMode: ResourcePolicyMode.DOCUMENT });
    fn.addEventSource(PushSource.configRule());
    expect(only(stack, TYPE).DependsOn).toContain(only(stack, 'AWS::Lambda::ResourcePolicy').logicalId);
  });

  test('the function may report evaluations and do nothing else with AWS Config', () => {
    const stack = ruleFor();
    const template = JSON.stringify(Template.fromStack(stack).toJSON());
    expect(template.match(/"config:[^"]*"/g)).toEqual(['"config:PutEvaluations"']);
    expect(template).not.toContain('AWSConfigRulesExecutionRole');
  });
});

describe('validation', () => {
  test.each<[string, ConfigRuleSourceOptions, string]>([
    ['ConfigRuleNeverEvaluates', { configurationChanges: false }, "'configurationChanges' must be true if 'periodic' is not, got false; leave both out to evaluate resources when they change [ConfigRuleNeverEvaluates]"],
    ['ConfigRuleNeverEvaluates', { configurationChanges: false, periodic: false }, 'got false'],
    ['ConfigRuleFrequencyUnused', { periodic: false, maximumExecutionFrequency: DAILY }, "'maximumExecutionFrequency' must be left out if 'periodic' is false, got \"TwentyFour_Hours\"; set 'periodic' to true to evaluate that often [ConfigRuleFrequencyUnused]"],
    ['ConfigRuleNameLength', { configRuleName: '' }, "'configRuleName' must be 1 to 128 characters that are not all blanks, got \"\"; leave it out for a name of CloudFormation's own [ConfigRuleNameLength]"],
    ['ConfigRuleNameLength', { configRuleName: ' ' }, 'got " "'],
    ['ConfigRuleNameLength', { configRuleName: 'x'.repeat(129) }, 'got "xxx'],
  ])('fails if %s', (code, options, message) => {
    expect(() => PushSource.configRule(options)).toThrow(message);
    expect(() => PushSource.configRule(options)).toThrow(expect.objectContaining({ name: code }));
  });

  test('128 characters pass', () => {
    expect(() => PushSource.configRule({ configRuleName: 'x'.repeat(128) })).not.toThrow();
  });

  test('fails if a function has two rules without names', () => {
    const fn = new EventFunction(stackWith(), 'Orders', MINIMAL);
    fn.addEventSource(PushSource.configRule());
    expect(() => fn.addEventSource(PushSource.configRule())).toThrow("'configRuleName' must be different for each rule of the function, got undefined; give each a 'configRuleName' [ConfigRuleTwice at Shop/Orders]");
    expect(() => fn.addEventSource(PushSource.configRule())).toThrow(expect.objectContaining({ name: 'ConfigRuleTwice' }));
  });
});

test('tokens are never checked', () => {
  expect(only(ruleFor({ configRuleName: Lazy.string({ produce: () => 'later' }) }), TYPE).Properties.ConfigRuleName).toBe('later');
});

test('an imported function is asked; its owner permits', () => {
  const stack = stackWith();
  const fn = lambda.Function.fromFunctionArn(stack, 'Theirs', 'arn:aws:lambda:eu-west-1:111122223333:function:theirs');
  PushSource.configRule().bind(fn);
  expect(only(stack, TYPE).Properties.Source.SourceIdentifier).toBe('arn:aws:lambda:eu-west-1:111122223333:function:theirs');
});

test('the rule is in the stack of the alias, without a circle', () => {
  const app = new App();
  const [other, service] = [new Stack(app, 'Other'), new Stack(app, 'Service')];
  const alias = new lambda.Alias(other, 'Test', { aliasName: 'test', version: new EventFunction(service, 'Orders', MINIMAL).currentVersion });
  alias.addEventSource(PushSource.configRule({ keepFailedEvents: false }));
  expect(only(other, TYPE).Properties.Source.SourceIdentifier).toEqual({ Ref: only(other, 'AWS::Lambda::Alias').logicalId });
});

test('ids are a contract', () => {
  expect(only(ruleFor(), TYPE).logicalId).toBe('OrdersConfigRule0C59B3C7');
});

describe('the event', () => {
  test('is that of a resource that has changed', () => {
    const event = PushSource.configRule({ configRuleName: 'tagged', inputParameters: { tag: 'owner' } }).sampleEvent({ accountId: '111122223333' });
    expect(event).toMatchObject({ configRuleName: 'tagged', accountId: '111122223333', eventLeftScope: false, resultToken: 'myResultToken', version: '1.0' });
    expect(JSON.parse(event.ruleParameters)).toEqual({ tag: 'owner' });
    expect(JSON.parse(event.invokingEvent)).toMatchObject({ messageType: CHANGES[0], configurationItem: { resourceType: 'AWS::EC2::Instance' } });
  });

  test('is that of a schedule if nothing else invokes', () => {
    const event = PushSource.configRule({ periodic: true }).sampleEvent();
    expect(JSON.parse(event.invokingEvent)).toMatchObject({ messageType: 'ScheduledNotification' });
    expect(event.ruleParameters).toBe('{}');
  });

  test('what it means is on the source', () => {
    expect(PushSource.configRule().semantics).toMatchObject({
      invocation: InvocationMode.ASYNCHRONOUS, principal: 'config.amazonaws.com', conditionKeys: ['aws:SourceAccount'],
    });
  });
});
