import type { Atom } from './text';
import type { Resource } from '../resource';
import { isNoValue, Json } from '../template';
import { valueOf } from '../value';

/** A piece of an ARN: literal, a value of the template, or a name that the deployment makes up. */
type ArnPart = string | (Atom & { readonly json?: Json });

/** How the ARNs of a type are made, and what `Ref` and which attributes return. */
interface Shape {
  /** `region` and `account` are put in where the letters `R` and `A` stand: `sqs:R:A:`. */
  readonly prefix: string;
  /** The property that names the resource, where the user does. Without one, the service makes up an id. */
  readonly name?: string;
  /** The attributes that are the ARN. */
  readonly arn: readonly string[];
  /** The attributes that are the name. */
  readonly named: readonly string[];
  /** What stands between the name and an id that the service adds to the ARN. */
  readonly beforeId?: string;
}

const SHAPES = new Map<string, Shape>(Object.entries({
  'AWS::S3::Bucket': { prefix: 's3:::', name: 'BucketName', arn: ['Arn'], named: ['Ref'] },
  'AWS::SQS::Queue': { prefix: 'sqs:R:A:', name: 'QueueName', arn: ['Arn'], named: ['QueueName'] },
  'AWS::SNS::Topic': { prefix: 'sns:R:A:', name: 'TopicName', arn: ['Ref', 'TopicArn'], named: ['TopicName'] },
  'AWS::Lambda::Function': { prefix: 'lambda:R:A:function:', name: 'FunctionName', arn: ['Arn'], named: ['Ref'] },
  'AWS::DynamoDB::Table': { prefix: 'dynamodb:R:A:table/', name: 'TableName', arn: ['Arn'], named: ['Ref'] },
  'AWS::Kinesis::Stream': { prefix: 'kinesis:R:A:stream/', name: 'Name', arn: ['Arn'], named: ['Ref'] },
  'AWS::Events::EventBus': { prefix: 'events:R:A:event-bus/', name: 'Name', arn: ['Arn'], named: ['Ref', 'Name'] },
  'AWS::CloudWatch::Alarm': { prefix: 'cloudwatch:R:A:alarm:', name: 'AlarmName', arn: ['Arn'], named: ['Ref'] },
  // What functions read from, mount and decrypt with:
  'AWS::AmazonMQ::Broker': { prefix: 'mq:R:A:broker:', name: 'BrokerName', arn: ['Arn'], named: [], beforeId: ':' },
  'AWS::DynamoDB::GlobalTable': { prefix: 'dynamodb:R:A:table/', name: 'TableName', arn: ['Arn'], named: ['Ref'] },
  'AWS::ECR::Repository': { prefix: 'ecr:R:A:repository/', name: 'RepositoryName', arn: ['Arn'], named: ['Ref'] },
  'AWS::EFS::AccessPoint': { prefix: 'elasticfilesystem:R:A:access-point/', arn: ['Arn'], named: ['Ref', 'AccessPointId'] },
  'AWS::EFS::FileSystem': { prefix: 'elasticfilesystem:R:A:file-system/', arn: ['Arn'], named: ['Ref', 'FileSystemId'] },
  'AWS::KMS::Key': { prefix: 'kms:R:A:key/', arn: ['Arn'], named: ['Ref', 'KeyId'] },
  'AWS::MSK::Cluster': { prefix: 'kafka:R:A:cluster/', name: 'ClusterName', arn: ['Ref', 'Arn'], named: [], beforeId: '/' },
  'AWS::MSK::ServerlessCluster': { prefix: 'kafka:R:A:cluster/', name: 'ClusterName', arn: ['Ref', 'Arn'], named: [], beforeId: '/' },
  // What calls functions by way of their resource policy:
  'AWS::ApiGateway::Stage': { prefix: '', name: 'StageName', arn: [], named: ['Ref'] },
  'AWS::ApiGatewayV2::Stage': { prefix: '', name: 'StageName', arn: [], named: ['Ref'] },
  'AWS::ApiGateway::Authorizer': { prefix: '', arn: [], named: ['Ref', 'AuthorizerId'] },
  'AWS::ApiGatewayV2::Authorizer': { prefix: '', arn: [], named: ['Ref', 'AuthorizerId'] },
  'AWS::ApiGatewayV2::Api': { prefix: '', arn: [], named: ['Ref', 'ApiId'] },
  'AWS::ApiGateway::RestApi': { prefix: '', arn: [], named: ['Ref', 'RestApiId'] },
  'AWS::AppSync::GraphQLApi': { prefix: 'appsync:R:A:apis/', arn: ['Ref', 'Arn'], named: ['ApiId'] },
  'AWS::Bedrock::Agent': { prefix: 'bedrock:R:A:agent/', arn: ['AgentArn'], named: ['Ref', 'AgentId'] },
  'AWS::CloudFront::Distribution': { prefix: 'cloudfront::A:distribution/', arn: [], named: ['Ref', 'Id'] },
  'AWS::CloudWatch::CompositeAlarm': { prefix: 'cloudwatch:R:A:alarm:', name: 'AlarmName', arn: ['Arn'], named: ['Ref'] },
  'AWS::CodeCommit::Repository': { prefix: 'codecommit:R:A:', name: 'RepositoryName', arn: ['Arn'], named: ['Name'] },
  'AWS::Cognito::UserPool': { prefix: 'cognito-idp:R:A:userpool/', arn: ['Arn'], named: ['Ref', 'UserPoolId'] },
  'AWS::Config::ConfigRule': { prefix: 'config:R:A:config-rule/', arn: ['Arn'], named: ['ConfigRuleId'] },
  'AWS::IoT::TopicRule': { prefix: 'iot:R:A:rule/', name: 'RuleName', arn: ['Arn'], named: ['Ref'] },
  'AWS::SecretsManager::Secret': { prefix: 'secretsmanager:R:A:secret:', name: 'Name', arn: ['Ref', 'Id'], named: [], beforeId: '-' },
  'AWS::VpcLattice::TargetGroup': { prefix: 'vpc-lattice:R:A:targetgroup/', arn: ['Ref', 'Arn'], named: ['Id'] },
}));

/** The ARN or the name of a resource in pieces, for the types whose form is known. */
export function arnParts(resource: Resource, attribute: string): readonly ArnPart[] | undefined {
  const own = OWN_FORMS.get(resource.type)?.(resource, attribute);
  if (own) return own;
  const shape = SHAPES.get(resource.type);
  if (shape?.arn.includes(attribute)) return [...prefix(shape.prefix), nameOf(resource, shape.name), ...idAfter(resource, shape.beforeId)];
  return shape?.named.includes(attribute) ? [nameOf(resource, shape.name)] : undefined;
}

/** Types with a form of their own. */
const OWN_FORMS = new Map<string, (resource: Resource, attribute: string) => readonly ArnPart[] | undefined>(Object.entries({
  'AWS::DynamoDB::GlobalTable': streamParts,
  'AWS::DynamoDB::Table': streamParts,
  'AWS::ElasticLoadBalancingV2::TargetGroup': targetGroupParts,
  'AWS::Events::Rule': ruleParts,
  'AWS::IAM::Role': roleParts,
  'AWS::Kinesis::StreamConsumer': consumerParts,
  'AWS::Lambda::Alias': aliasParts,
  'AWS::Lambda::LayerVersion': layerVersionParts,
  'AWS::Lambda::Version': versionParts,
  'AWS::Logs::LogGroup': logGroupParts,
}));

function idAfter(resource: Resource, separator: string | undefined): ArnPart[] {
  return separator === undefined ? [] : [separator, madeUp(resource, 'id')];
}

/** A log group's ARN ends in `:*`, which stands for its streams. */
function logGroupParts(group: Resource, attribute: string): readonly ArnPart[] | undefined {
  const name = nameOf(group, 'LogGroupName');
  if (attribute === 'Ref') return [name];
  return attribute === 'Arn' ? [...prefix('logs:R:A:log-group:'), name, ':*'] : undefined;
}

function aliasParts(alias: Resource, attribute: string): readonly ArnPart[] | undefined {
  const fn = alias.reference('FunctionName')?.resource;
  const parts = fn?.type === 'AWS::Lambda::Function' ? arnParts(fn, 'Arn') : undefined;
  return parts && ['Ref', 'AliasArn'].includes(attribute) ? [...parts, ':', nameOf(alias, 'Name')] : undefined;
}

function versionParts(version: Resource, attribute: string): readonly ArnPart[] | undefined {
  const fn = version.reference('FunctionName')?.resource;
  const parts = fn?.type === 'AWS::Lambda::Function' ? arnParts(fn, 'Arn') : undefined;
  return parts && attribute === 'Ref' ? [...parts, ':', madeUp(version, 'number')] : undefined;
}

function layerVersionParts(layer: Resource, attribute: string): readonly ArnPart[] | undefined {
  const isArn = ['Ref', 'LayerVersionArn'].includes(attribute);
  return isArn ? [...prefix('lambda:R:A:layer:'), nameOf(layer, 'LayerName'), ':', madeUp(layer, 'number')] : undefined;
}

/** A table's stream has the time of its creation in its ARN. */
function streamParts(table: Resource, attribute: string): readonly ArnPart[] | undefined {
  const arn = attribute === 'StreamArn' ? arnParts(table, 'Arn') : undefined;
  return arn && [...arn, '/stream/', madeUp(table, 'label')];
}

function consumerParts(consumer: Resource, attribute: string): readonly ArnPart[] | undefined {
  const stream = consumer.raw('StreamARN');
  if (stream.kind !== 'known' || !['Ref', 'ConsumerARN'].includes(attribute)) return undefined;
  return [value(stream.value), '/consumer/', nameOf(consumer, 'ConsumerName'), ':', madeUp(consumer, 'time')];
}

/** What is called its full name is the end of its ARN. */
function targetGroupParts(group: Resource, attribute: string): readonly ArnPart[] | undefined {
  const name = ['targetgroup/', nameOf(group, 'Name'), '/', madeUp(group, 'id')];
  if (attribute === 'TargetGroupFullName') return name;
  return ['Ref', 'TargetGroupArn'].includes(attribute) ? [...prefix('elasticloadbalancing:R:A:'), ...name] : undefined;
}

/** A path, `/` unless there is another one, stands before the name. */
function roleParts(role: Resource, attribute: string): readonly ArnPart[] | undefined {
  if (attribute === 'Ref') return [nameOf(role, 'RoleName')];
  const path = role.raw('Path');
  const isGiven = path.kind === 'known' && !isNoValue(path.value);
  const before = isGiven ? value(path.value) : path.kind === 'unknown' ? { id: `path of ${role.stack.path}/${role.logicalId}` } : '/';
  return attribute === 'Arn' ? [...prefix('iam::A:role'), before, nameOf(role, 'RoleName')] : undefined;
}

/** Rules of another bus than the default one have its name before theirs. */
function ruleParts(rule: Resource, attribute: string): readonly ArnPart[] | undefined {
  if (attribute !== 'Arn') return undefined;
  const bus = rule.value('EventBusName');
  if (bus.kind === 'absent' || valueOf(bus) === 'default') return [...prefix('events:R:A:rule/'), nameOf(rule, 'Name')];
  const reference = rule.reference('EventBusName');
  const isName = bus.kind === 'known' ? !String(bus.value).startsWith('arn:') : reference?.exact && reference.resource.type === 'AWS::Events::EventBus' && reference.attribute !== 'Arn';
  if (!isName) return [...prefix('events:R:A:rule/'), { id: `bus and name of ${rule.stack.path}/${rule.logicalId}` }];
  return [...prefix('events:R:A:rule/'), nameOf(rule, 'EventBusName'), '/', nameOf(rule, 'Name')];
}

function prefix(text: string): ArnPart[] {
  const filled = text.split(/(?<=:)([RA])(?=:)/).map((piece): ArnPart => {
    if (piece === 'R') return value({ Ref: 'AWS::Region' });
    return piece === 'A' ? value({ Ref: 'AWS::AccountId' }) : piece;
  });
  return ['arn:', value({ Ref: 'AWS::Partition' }), ':', ...filled];
}

function value(json: Json): ArnPart {
  return { id: '', json };
}

function nameOf(resource: Resource, property?: string): ArnPart {
  if (property === undefined) return madeUp(resource, 'id');
  const given = resource.raw(property);
  if (given.kind === 'known' && !isNoValue(given.value)) return value(given.value);
  const id = `name of ${resource.stack.path}/${resource.logicalId}`;
  return given.kind !== 'unknown' ? { id, kind: kindOf(resource, 'name'), without: NOT_IN_GENERATED_NAMES } : { id };
}

/** Letters that names and ids that are made up surely have none of. */
const NOT_IN_NAMES = ':/$*{}';

/** CloudFormation makes names of the stack's name, the logical id and random letters, with hyphens between them. */
const NOT_IN_GENERATED_NAMES = `${NOT_IN_NAMES}_`;

/** What the service makes up besides the name. */
function madeUp(resource: Resource, what: string): ArnPart {
  return { id: `${what} of ${resource.stack.path}/${resource.logicalId}`, kind: kindOf(resource, what), ...what === 'id' && { without: NOT_IN_NAMES } };
}

/** Types that share their names or ids with another type: no API of the one kind has the id of one of the other. */
const SHARED = new Map([
  ['AWS::ApiGatewayV2::Api', 'AWS::ApiGateway::RestApi'],
  ['AWS::CloudWatch::CompositeAlarm', 'AWS::CloudWatch::Alarm'],
  ['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'],
  ['AWS::MSK::ServerlessCluster', 'AWS::MSK::Cluster'],
]);

function kindOf({ type }: Resource, what: string): string {
  return `${what} of ${SHARED.get(type) ?? type}`;
}
