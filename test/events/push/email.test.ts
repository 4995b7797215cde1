import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ses from 'aws-cdk-lib/aws-ses';
import * as actions from 'aws-cdk-lib/aws-ses-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { SESEvent } from 'aws-lambda';
import { EmailSourceOptions, EventFunction, InvocationMode, PushSource } from '../../../src';
import { emailEvent } from '../../../src/events/push/samples/email';
import { aliasRef, MINIMAL, only, stackWith } from '../../function/functions';

const TYPE = 'AWS::SES::ReceiptRule';
const { REQUEST_RESPONSE } = actions.LambdaInvocationType;

function mailTo(options?: EmailSourceOptions) {
  const stack = stackWith();
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.email(new ses.ReceiptRuleSet(stack, 'Mail'), options));
  return stack;
}

const rule = (stack: Stack) => only(stack, TYPE).Properties.Rule;

describe('defaults', () => {
  test('the alias gets all e-mails', () => {
    const stack = mailTo();
    expect(rule(stack)).toEqual({ Actions: [{ LambdaAction: { FunctionArn: aliasRef(stack), InvocationType: 'Event' } }], Enabled: true });
  });

  test('failed events are kept', () => {
    Template.fromStack(mailTo()).resourceCountIs('AWS::SQS::Queue', 1);
    Template.fromStack(mailTo({ keepFailedEvents: false })).resourceCountIs('AWS::SQS::Queue', 0);
  });

  test('the template', () => {
    expect(Template.fromStack(mailTo()).toJSON()).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test('what rules have is that of the CDK, with other actions before the function', () => {
    const stack = mailTo({
      receiptRuleName: 'orders',
      recipients: ['orders@example.com'],
      scanEnabled: true,
      tlsPolicy: ses.TlsPolicy.REQUIRE,
      enabled: false,
      actions: [new actions.AddHeader({ name: 'X-Shop', value: 'orders' })],
    });
    expect(rule(stack)).toMatchObject({ Name: 'orders', Recipients: ['orders@example.com'], ScanEnabled: true, TlsPolicy: 'Require', Enabled: false });
    expect(rule(stack).Actions.map((action: object) => Object.keys(action)[0])).toEqual(['AddHeaderAction', 'LambdaAction']);
  });

  test('a function that decides is waited for, and nothing of it is kept', () => {
    const stack = mailTo({ invocationType: REQUEST_RESPONSE });
    expect(rule(stack).Actions[0].LambdaAction.InvocationType).toBe('RequestResponse');
    Template.fromStack(stack).resourceCountIs('AWS::SQS::Queue', 0);
  });

  test('a topic is told when the function is invoked', () => {
    const topicArn = 'arn:aws:sns:eu-west-1:111122223333:mail';
    const stack = stackWith();
    const source = PushSource.email(new ses.ReceiptRuleSet(stack, 'Mail'), { topic: sns.Topic.fromTopicArn(stack, 'Topic', topicArn) });
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
    expect(rule(stack).Actions[0].LambdaAction.TopicArn).toBe(topicArn);
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [PushSource.email(new ses.ReceiptRuleSet(stack, 'Mail'))] });
    expect(JSON.stringify(rule(stack))).toContain('Plain');
  });

  test('one source object serves two functions, and two named sources one function', () => {
    const stack = stackWith();
    const set = new ses.ReceiptRuleSet(stack, 'Mail');
    const source = PushSource.email(set);
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    for (const target of [fn, new EventFunction(stack, 'Returns', MINIMAL)]) target.addEventSource(source);
    fn.addEventSource(PushSource.email(set, { receiptRuleName: 'other' }));
    Template.fromStack(stack).resourceCountIs(TYPE, 3);
  });
});

describe('permissions', () => {
  test('receipt rules of this account and Region may invoke the alias', () => {
    const stack = mailTo();
    const { SourceArn, ...others } = only(stack, 'AWS::Lambda::Permission').Properties;
    expect(others).toEqual({
      Action: 'lambda:InvokeFunction', FunctionName: aliasRef(stack), Principal: 'ses.amazonaws.com', SourceAccount: { Ref: 'AWS::AccountId' },
    });
    expect(JSON.stringify(SourceArn)).toContain(':receipt-rule-set/*');
  });

  test('the rule waits for the permission, which AWS verifies', () => {
    const stack = mailTo();
    expect(only(stack, TYPE).DependsOn).toContain(only(stack, 'AWS::Lambda::Permission').logicalId);
  });
});

describe('validation', () => {
  test.each<[string, EmailSourceOptions, string]>([
    ['EmailRecipientsEmpty', { recipients: [] }, "'recipients' must be at least one address or domain, got []; leave it out for all recipients of the verified domains [EmailRecipientsEmpty at Shop/Mail]"],
    ['EmailRuleNameMalformed', { receiptRuleName: '' }, "'receiptRuleName' must be 1 to 64 letters, digits, underscores, dashes and periods, with a letter or digit at both ends, got \"\"; leave it out for a name of CloudFormation's own [EmailRuleNameMalformed at Shop/Mail]"],
    ['EmailRuleNameMalformed', { receiptRuleName: 'a b' }, 'got "a b"'],
    ['EmailRuleNameMalformed', { receiptRuleName: '-a' }, 'got "-a"'],
    ['EmailRuleNameMalformed', { receiptRuleName: 'a.' }, 'got "a."'],
    ['EmailRuleNameMalformed', { receiptRuleName: 'x'.repeat(65) }, 'got "xxx'],
  ])('fails if %s', (code, options, message) => {
    const set = new ses.ReceiptRuleSet(stackWith(), 'Mail');
    expect(() => PushSource.email(set, options)).toThrow(message);
    expect(() => PushSource.email(set, options)).toThrow(expect.objectContaining({ name: code }));
  });

  test('64 characters pass, and one', () => {
    expect(() => mailTo({ receiptRuleName: 'x'.repeat(64) })).not.toThrow();
    expect(() => mailTo({ receiptRuleName: 'x' })).not.toThrow();
  });

  test('fails if a function has two rules of a set without names', () => {
    const stack = stackWith();
    const source = PushSource.email(new ses.ReceiptRuleSet(stack, 'Mail'));
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    fn.addEventSource(source);
    expect(() => fn.addEventSource(source)).toThrow("'receiptRuleName' must be different for each rule of the set that invokes the function, got undefined; give each a 'receiptRuleName' [EmailRuleTwice at Shop/Mail]");
    expect(() => fn.addEventSource(source)).toThrow(expect.objectContaining({ name: 'EmailRuleTwice' }));
  });
});

test('tokens are never checked', () => {
  expect(rule(mailTo({ receiptRuleName: Lazy.string({ produce: () => 'later' }) })).Name).toBe('later');
});

test('an imported rule set gets the rule', () => {
  const stack = stackWith();
  const set = ses.ReceiptRuleSet.fromReceiptRuleSetName(stack, 'Theirs', 'their-set');
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.email(set));
  expect(only(stack, TYPE).Properties.RuleSetName).toBe('their-set');
});

test('a rule set of another stack has the rule there, without a circle', () => {
  const app = new App();
  const [mail, service] = [new Stack(app, 'Post'), new Stack(app, 'Service')];
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(PushSource.email(new ses.ReceiptRuleSet(mail, 'Mail')));
  expect(JSON.stringify(rule(mail).Actions)).toContain('Aliaslive');
});

test('ids are a contract', () => {
  expect(only(mailTo(), TYPE).logicalId).toBe('MailToShopOrdersA8B1F5097CDD3B58');
});

describe('the event', () => {
  test('is that of a receipt rule', () => {
    const event: SESEvent = emailEvent();
    expect(event.Records[0].ses.receipt.action).toMatchObject({ type: 'Lambda', invocationType: 'Event' });
  });

  test('has the invocation type of the source, and what is overridden', () => {
    const source = PushSource.email(new ses.ReceiptRuleSet(stackWith(), 'Mail'), { invocationType: REQUEST_RESPONSE });
    expect(source.sampleEvent({ Records: [{ ses: { receipt: { spamVerdict: { status: 'FAIL' } } } }] }).Records[0].ses.receipt).toMatchObject({
      action: { invocationType: 'RequestResponse' }, spamVerdict: { status: 'FAIL' }, virusVerdict: { status: 'PASS' },
    });
  });

  test('what it means is on the source', () => {
    const set = new ses.ReceiptRuleSet(stackWith(), 'Mail');
    expect(PushSource.email(set).semantics).toMatchObject({ invocation: InvocationMode.ASYNCHRONOUS, principal: 'ses.amazonaws.com', limits: [] });
    expect(PushSource.email(set, { invocationType: REQUEST_RESPONSE }).semantics).toMatchObject({
      invocation: InvocationMode.SYNCHRONOUS, limits: [{ value: 30, unit: 'seconds' }],
    });
  });
});
