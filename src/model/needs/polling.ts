import { keyNeeds } from './keys';
import { inWords, isConsumer, Naming, Need, Place, policyHoldersOf, serviceIn, SOMETHING } from './need';
import { interfaceNeeds } from './network';
import { reachingNeeds } from './reaching';
import { Text, textOf } from '../iam/text';
import { referenceIn } from '../reference';
import type { Resource } from '../resource';
import { isObject } from '../template';
import { Wiring } from '../wiring';

/** What polling takes, by the service of the source. */
interface Polling {
  readonly actions: readonly string[];
  readonly also?: readonly string[];
  /** Whether a policy of the source may allow it, too. */
  readonly hasPolicy?: boolean;
}

/**
 * `actions` are those that Lambda names when it refuses a mapping, or without which there is nothing to read.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
 */
const POLLING = new Map<string, Polling>([
  ['dynamodb', { actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], hasPolicy: true }],
  ['kafka', { actions: ['kafka:GetBootstrapBrokers'], also: ['kafka:DescribeCluster', 'kafka:DescribeClusterV2'], hasPolicy: true }],
  ['kinesis', { actions: ['kinesis:DescribeStream', 'kinesis:GetRecords', 'kinesis:GetShardIterator'], also: ['kinesis:DescribeStreamSummary', 'kinesis:ListShards'], hasPolicy: true }],
  ['mq', { actions: ['mq:DescribeBroker'] }],
  ['sqs', { actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], hasPolicy: true }],
]);

/** Enhanced fan-out: each consumer has a throughput of its own. */
const CONSUMER: Polling = { actions: ['kinesis:SubscribeToShard'], also: ['kinesis:DescribeStreamConsumer'], hasPolicy: true };

/**
 * A cluster of another account, by the connection to it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html
 */
const CONNECTION: Polling = { ...POLLING.get('kafka')!, actions: ['kafka:GetBootstrapBrokers', 'kafka:DescribeVpcConnection'] };

/** A cluster of DocumentDB is found by what RDS says of all of them. */
const DOCUMENT_DB = ['rds:DescribeDBClusters', 'rds:DescribeDBClusterParameters', 'rds:DescribeDBSubnetGroups'];

/** The sources that Lambda polls for a function. */
export function pollingNeeds(fn: Resource, wiring: Wiring): Need[] {
  return wiring.mappings(fn).flatMap(({ resource }) => [...sourceNeeds(resource), ...accessNeeds(resource), ...reachingNeeds(resource)]);
}

function sourceNeeds(mapping: Resource): Need[] {
  const raw = mapping.raw('EventSourceArn');
  if (raw.kind !== 'known') return [];
  const naming = { json: raw.value, stack: mapping.stack };
  const at = { resource: mapping, path: 'Properties/EventSourceArn' };
  const target = textOf(raw.value, mapping.stack);
  const service = serviceIn(target);
  if (service === 'rds') return [documentNeed(naming, at)];
  const polling = pollingOf(target, service);
  if (!polling) return [];
  const { actions, also } = polling;
  const orTarget = polling === CONSUMER ? streamOf(target) : undefined;
  const orPolicyOf = polling.hasPolicy ? policyHoldersOf(naming) : undefined;
  const need: Need = { topic: 'polling', actions, also, target, orTarget, named: raw.value, on: inWords(naming), at, what: 'to poll it', orPolicyOf };
  return [need, ...keyNeeds(naming, at, 'poll')];
}

function pollingOf(arn: Text, service: string | undefined): Polling | undefined {
  if (service === 'kinesis' && isConsumer(arn)) return CONSUMER;
  return service === 'kafka' && isConnection(arn) ? CONNECTION : POLLING.get(service ?? '');
}

function isConnection(arn: Text): boolean {
  return arn.some((piece) => typeof piece === 'string' && piece.includes(':vpc-connection/'));
}

/** The ARN before `/consumer/`. */
function streamOf(consumer: Text): Text {
  const at = consumer.findIndex((piece) => typeof piece === 'string' && piece.includes('/consumer/'));
  return [...consumer.slice(0, at), String(consumer[at]).split('/consumer/')[0]];
}

function documentNeed(naming: Naming, at: Place): Need {
  return { topic: 'polling', actions: DOCUMENT_DB, target: SOMETHING, named: '*', on: '*', at, what: `to find ${inWords(naming)}` };
}

/** How Lambda reaches and logs in to brokers: secrets, and subnets if they are named. */
function accessNeeds(mapping: Resource): Need[] {
  const list = mapping.list('SourceAccessConfigurations');
  const at = { resource: mapping, path: 'Properties/SourceAccessConfigurations' };
  const configurations = list.kind === 'known' ? list.value.filter(isObject) : [];
  const inSubnets = configurations.some(({ Type }) => Type === 'VPC_SUBNET');
  return [
    ...configurations.flatMap(({ URI }) => URI === undefined ? [] : secretNeeds({ json: URI, stack: mapping.stack }, at)),
    ...inSubnets ? interfaceNeeds('polling', at, 'to reach the brokers') : [],
  ];
}

function secretNeeds(naming: Naming, at: Place): Need[] {
  const secret = textOf(naming.json, naming.stack);
  if (serviceIn(secret) !== 'secretsmanager') return [];
  const reference = referenceIn(naming.json, naming.stack);
  const isWhole = reference?.exact && reference.resource.type === 'AWS::SecretsManager::Secret';
  return [{
    topic: 'polling',
    actions: ['secretsmanager:GetSecretValue'],
    // An ARN that is written down may lack the six letters that Secrets Manager puts behind the name.
    target: isWhole ? secret : [...secret, ...SOMETHING],
    named: naming.json,
    on: inWords(naming),
    at,
    what: 'to log in to the brokers',
    orPolicyOf: policyHoldersOf(naming),
  }, ...keyNeeds(naming, at, 'poll')];
}
