'use strict';

/** What counts as a finding about roles or permissions. When in doubt it does: then it needs a reason to be accepted. */

/** Whatever is said of these resources, by whichever rule, also one that is new. */
const TYPES = /^AWS::(IAM::.*|Lambda::(Permission|ResourcePolicy|Url|LayerVersionPermission)|S3::BucketPolicy|SQS::QueuePolicy|SNS::TopicPolicy|Events::EventBusPolicy)$/;

/** What is said of other resources, by rules that look at who may do what with them. */
const RULES = {
  'cdk-nag': [
    /-(IAM|.*StarPermissions|.*UrlAuth|.*PublicAccess|.*PublicRead|.*PublicWrite|.*SSLRequestsOnly)/, // by name
    /^AwsSolutions-(S2|S5|S10|SQS4|SNS3|EVB1|APIG4)$/, // by number: public buckets, policies that ask for TLS, open buses and APIs
  ],
  'cfn-lint': [
    /^E35(10|11|12|13|14|30)$|^I3510$|^E3050$|^W2511$|^W3037$/, // policies: their form, resources, versions, actions
    /^W366[34]$/, // principal and source of a Lambda permission
    /^E000/, // a template or a rule that failed: nothing is known about permissions
  ],
  'serverless-rules': [/^WS1002$/, /^WS1003$/], // permissions for several principals, actions with a star
  'checkov': [
    /^CKV_AWS_(40|6[0-3]|10[789]|11[01])$|^CKV2_AWS_68$/, // identity policies, and who may assume a role
    /^CKV_AWS_(258|364)$|^CKV2_AWS_75$/, // function URLs, Lambda permissions
    /^CKV_AWS_(20|33|5[345679])$/, // public buckets, keys for everybody, open APIs
  ],
};

/** What is said of permissions, but is about something else. */
const NOT = {
  'cfn-lint': [/^W3005$/], // a superfluous DependsOn, of a permission or a function URL as well
  'serverless-rules': [/^ES1007$/], // sees from a permission that calls are asynchronous, and misses a failure destination
};

function isAboutPermissions({ linter, rule, type }) {
  const matches = (patterns = []) => patterns.some((pattern) => pattern.test(rule));
  return !matches(NOT[linter]) && (TYPES.test(type) || matches(RULES[linter]));
}

/** Rules that must object to the bad app: one that is silent there proves nothing elsewhere. */
const MUST_OBJECT = {
  'cdk-nag': [
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
    'AwsSolutions-IAM5[Action::*]', 'AwsSolutions-IAM5[Resource::*]', 'AwsSolutions-S10', 'AwsSolutions-SQS4', 'AwsSolutions-APIG4',
    'NIST.800.53.R5-IAMNoInlinePolicy', 'NIST.800.53.R5-IAMPolicyNoStatementsWithAdminAccess',
    'NIST.800.53.R5-IAMPolicyNoStatementsWithFullAccess', 'NIST.800.53.R5-LambdaFunctionPublicAccessProhibited',
    'Serverless-LambdaStarPermissions', 'Unpacked-LambdaFunctionUrlAuth',
  ],
  'cfn-lint': ['I3510', 'W3037', 'W3663'],
  'serverless-rules': ['WS1002', 'WS1003'],
  'checkov': ['54', '59', '60', '62', '63', '107', '108', '109', '110', '111', '258', '364'].map((number) => `CKV_AWS_${number}`),
};

module.exports = { isAboutPermissions, MUST_OBJECT };
