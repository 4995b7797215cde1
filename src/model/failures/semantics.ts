import { ALARM } from '../../limits/sources/alarm';
import { ALEXA_SKILL, ALEXA_SMART_HOME } from '../../limits/sources/alexa';
import { BATCH_OPERATIONS } from '../../limits/sources/batch-operations';
import { BEDROCK_FUNCTIONS } from '../../limits/sources/bedrock';
import { BUCKET } from '../../limits/sources/bucket';
import { CONFIG_RULE } from '../../limits/sources/config-rule';
import { CONNECT_INSTANCE } from '../../limits/sources/connect';
import { CUSTOM_RESOURCE } from '../../limits/sources/custom-resource';
import { DISTRIBUTION } from '../../limits/sources/distribution';
import { EMAIL, EMAIL_DECISION } from '../../limits/sources/email';
import { EVENT_BRIDGE } from '../../limits/sources/event-bridge';
import { FIREHOSE_TRANSFORMATION } from '../../limits/sources/firehose-transformation';
import { FUNCTION_URL } from '../../limits/sources/function-url';
import { GRAPHQL_RESOLVER } from '../../limits/sources/graphql-resolver';
import { HTTP_API } from '../../limits/sources/http-api';
import { IOT_RULE } from '../../limits/sources/iot-rule';
import { LAMBDA_TASK } from '../../limits/sources/lambda-task';
import { LATTICE } from '../../limits/sources/lattice';
import { LEX_BOT } from '../../limits/sources/lex';
import { LOAD_BALANCER } from '../../limits/sources/load-balancer';
import { LOGS } from '../../limits/sources/logs';
import { PIPELINE_STAGE } from '../../limits/sources/pipeline-stage';
import { REPOSITORY } from '../../limits/sources/repository';
import { REST_API } from '../../limits/sources/rest-api';
import { SCHEDULE } from '../../limits/sources/schedule';
import { SECRET_ROTATION } from '../../limits/sources/secret-rotation';
import type { SourceSemantics } from '../../limits/sources/source-semantics';
import { TOPIC } from '../../limits/sources/topic';
import { USER_POOL } from '../../limits/sources/user-pool';
import { WEB_SOCKET_API } from '../../limits/sources/web-socket-api';
import type { Resource } from '../resource';
import { valueOf } from '../value';

const BY_TYPE = new Map<string, SourceSemantics>([
  ['AWS::AppSync::DataSource', GRAPHQL_RESOLVER],
  ['AWS::Bedrock::Agent', BEDROCK_FUNCTIONS],
  ['AWS::CloudFormation::CustomResource', CUSTOM_RESOURCE],
  ['AWS::CloudFront::Distribution', DISTRIBUTION],
  ['AWS::CloudWatch::Alarm', ALARM],
  ['AWS::CloudWatch::CompositeAlarm', ALARM],
  ['AWS::CodeCommit::Repository', REPOSITORY],
  ['AWS::CodePipeline::Pipeline', PIPELINE_STAGE],
  ['AWS::Cognito::UserPool', USER_POOL],
  ['AWS::Config::ConfigRule', CONFIG_RULE],
  ['AWS::Connect::IntegrationAssociation', CONNECT_INSTANCE],
  ['AWS::ElasticLoadBalancingV2::TargetGroup', LOAD_BALANCER],
  ['AWS::Events::Rule', EVENT_BRIDGE],
  ['AWS::IoT::TopicRule', IOT_RULE],
  ['AWS::KinesisFirehose::DeliveryStream', FIREHOSE_TRANSFORMATION],
  ['AWS::Lambda::Url', FUNCTION_URL],
  ['AWS::Lex::Bot', LEX_BOT],
  ['AWS::Lex::BotAlias', LEX_BOT],
  ['AWS::Logs::SubscriptionFilter', LOGS],
  ['AWS::S3::Bucket', BUCKET],
  ['AWS::SNS::Subscription', TOPIC],
  ['AWS::SNS::Topic', TOPIC],
  ['AWS::Scheduler::Schedule', SCHEDULE],
  ['AWS::SecretsManager::RotationSchedule', SECRET_ROTATION],
  ['AWS::StepFunctions::StateMachine', LAMBDA_TASK],
  ['AWS::VpcLattice::TargetGroup', LATTICE],
  ['Custom::S3BucketNotifications', BUCKET],
]);

/** What is known of the service behind a resource that calls functions. */
export function semanticsOf(resource: Resource): SourceSemantics | undefined {
  const { type } = resource;
  if (type === 'AWS::SES::ReceiptRule') return isDecision(resource) ? EMAIL_DECISION : EMAIL;
  if (type.startsWith('AWS::ApiGateway::')) return REST_API;
  if (type.startsWith('AWS::ApiGatewayV2::')) return isWebSocket(resource) ? WEB_SOCKET_API : HTTP_API;
  return BY_TYPE.get(type) ?? (type.startsWith('Custom::') ? CUSTOM_RESOURCE : undefined);
}

function isDecision(rule: Resource): boolean {
  return JSON.stringify(rule.properties).includes('RequestResponse');
}

function isWebSocket(resource: Resource): boolean {
  const api = resource.type === 'AWS::ApiGatewayV2::Api' ? resource : resource.reference('ApiId')?.resource;
  return api !== undefined && valueOf(api.text('ProtocolType')) === 'WEBSOCKET';
}

/** Those that have one way of calling, by who calls, or who assumes the role that calls. */
const BY_PRINCIPAL = new Map<string, SourceSemantics>([
  ALARM, ALEXA_SKILL, ALEXA_SMART_HOME, BATCH_OPERATIONS, BEDROCK_FUNCTIONS, BUCKET, CONFIG_RULE, CONNECT_INSTANCE, EVENT_BRIDGE,
  FIREHOSE_TRANSFORMATION, IOT_RULE, LATTICE, LEX_BOT, LOAD_BALANCER, LOGS, PIPELINE_STAGE, REPOSITORY, SCHEDULE, SECRET_ROTATION, TOPIC, USER_POOL,
].map((semantics) => [semantics.principal ?? semantics.assumesRole!, semantics]));

/** What is known of a service by its principal. */
export function semanticsOfPrincipal(principal: string): SourceSemantics | undefined {
  return BY_PRINCIPAL.get(principal);
}
