import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cdkJson from '../cdk.json';
import { ItAutomationStack } from '../it-automation-stack';

/** The template as `cdk synth` makes it, with the feature flags of cdk.json. */
const template = Template.fromStack(new ItAutomationStack(new App({ context: cdkJson.context }), 'ItAutomation'));

const logicalId = (type: string, start: string) => Object.keys(template.findResources(type)).find((id) => id.startsWith(start))!;
const live = (start: string) => ({ Ref: logicalId('AWS::Lambda::Alias', start) });
const FUNCTIONS = ['StopInstances', 'RebootInstance', 'CheckVolumes'];

/** What a function may do, besides writing its log and keeping failed events. */
function allowed(start: string) {
  const own = ['logs:CreateLogStream', 'sqs:SendMessage'];
  return Object.entries(template.findResources('AWS::IAM::Policy'))
    .filter(([id]) => id.startsWith(`${start}ServiceRole`))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => ![Action].flat().some((action) => own.includes(action)));
}

const arn = (...parts: unknown[]) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ec2:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ...parts]],
});
const DESCRIBE = { Effect: 'Allow', Action: 'ec2:DescribeInstances', Resource: '*' };

test('the template', () => {
  expect(template.toJSON()).toMatchSnapshot();
});

test('only instances with the tag may be stopped', () => {
  expect(allowed('StopInstances')).toEqual([DESCRIBE, {
    Effect: 'Allow',
    Action: 'ec2:StopInstances',
    Resource: arn(':instance/*'),
    Condition: { StringEquals: { 'aws:ResourceTag/Office-hours': 'yes' } },
  }]);
});

test('only the instance of the alarm may be rebooted', () => {
  expect(allowed('RebootInstance')).toEqual([DESCRIBE, { Effect: 'Allow', Action: 'ec2:RebootInstances', Resource: arn(':instance/', { Ref: 'InstanceId' }) }]);
});

test('what was found about volumes may be reported, and nothing else', () => {
  expect(allowed('CheckVolumes')).toEqual([{ Effect: 'Allow', Action: 'config:PutEvaluations', Resource: '*' }]);
});

test('each source invokes the live alias', () => {
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'cron(0 20 ? * MON-FRI *)',
    ScheduleExpressionTimezone: 'Europe/Berlin',
    Target: { Arn: live('StopInstances') },
  });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmActions: [live('RebootInstance')] });
  template.hasResourceProperties('AWS::Config::ConfigRule', {
    Scope: { ComplianceResourceTypes: ['AWS::EC2::Volume'] },
    Source: { Owner: 'CUSTOM_LAMBDA', SourceIdentifier: live('CheckVolumes') },
  });
});

test('alarms and AWS Config are permitted to invoke; the schedule has a role', () => {
  template.hasResourceProperties('AWS::Lambda::Permission', {
    FunctionName: live('RebootInstance'),
    Principal: 'lambda.alarms.cloudwatch.amazonaws.com',
    SourceArn: { 'Fn::GetAtt': [logicalId('AWS::CloudWatch::Alarm', 'InstanceHangs'), 'Arn'] },
  });
  template.hasResourceProperties('AWS::Lambda::Permission', {
    FunctionName: live('CheckVolumes'),
    Principal: 'config.amazonaws.com',
    SourceAccount: { Ref: 'AWS::AccountId' },
  });
  template.resourceCountIs('AWS::Lambda::Permission', 2);
});

test.each(FUNCTIONS)('events for which %s failed are kept', (name) => {
  const queue = logicalId('AWS::SQS::Queue', name);
  template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
    FunctionName: { Ref: logicalId('AWS::Lambda::Function', name) },
    Qualifier: { 'Fn::Select': [7, { 'Fn::Split': [':', live(name)] }] },
    DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [queue, 'Arn'] } } },
  });
});
