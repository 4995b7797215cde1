import { allow, fn, ofAccount, role, roleWith } from './examples';
import { lacking } from './lacking';
import { Rule } from '../rule';

const INSIGHTS = { Layers: ['arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:64'] };
const WRITE = ['logs:CreateLogStream', 'logs:PutLogEvents'];

export const roleMayReportInsights: Rule = {
  id: 'role-may-report-insights',
  title: 'Execution roles of functions with Lambda Insights may write its reports',
  severity: 'warning',
  why: 'the extension costs memory and time with each invocation, and reports nothing',
  fix: 'add the statement to the role, or the AWS managed policy CloudWatchLambdaInsightsExecutionRolePolicy',
  source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Lambda-Insights-Getting-Started.html',
  since: '0.1.0',

  valid: [
    { title: 'the AWS managed policy', resources: { Orders: fn(INSIGHTS), OrdersRole: roleWith('CloudWatchLambdaInsightsExecutionRolePolicy') } },
    { title: 'the log group of the extension', resources: { Orders: fn(INSIGHTS), OrdersRole: role([allow(WRITE, ofAccount('logs', 'log-group:/aws/lambda-insights:*'))]) } },
    { title: 'another extension', resources: { Orders: fn({ Layers: ['arn:aws:lambda:eu-west-1:123456789012:layer:Common:1'] }), OrdersRole: role() } },
    { title: 'a layer that a parameter names', resources: { Orders: fn({ Layers: [{ Ref: 'Layer' }] }), OrdersRole: role() } },
  ],
  invalid: [
    { title: 'the role may only write the logs of the function', at: 'Orders/Properties/Layers', resources: { Orders: fn(INSIGHTS), OrdersRole: role([allow(WRITE, ofAccount('logs', 'log-group:/aws/lambda/*'))]) } },
    { title: 'the extension for Arm', at: 'Orders/Properties/Layers', resources: { Orders: fn({ Layers: [{ 'Fn::Sub': 'arn:aws:lambda:${AWS::Region}:580247275435:layer:LambdaInsightsExtension-Arm64:20' }] }), OrdersRole: role() } },
  ],

  check: (app) => lacking(app, 'insights'),
};
