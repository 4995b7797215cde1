import { Range } from './range';

const SCALING = 'https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html';

/** Pollers of provisioned mode that are always there. */
export const KAFKA_MINIMUM_POLLERS: Range = { min: 1, max: 200, unit: 'pollers', source: SCALING };

/** Pollers of provisioned mode at most. */
export const KAFKA_MAXIMUM_POLLERS: Range = { ...KAFKA_MINIMUM_POLLERS, max: 2_000 };

/** What AWS takes for pollers that are not given. */
export const DEFAULT_KAFKA_POLLERS = { minimum: 1, maximum: 200 };

/**
 * Names of topics that Lambda reads.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
export const TOPIC = { pattern: /^[^.][a-zA-Z0-9\-_.]+$/, maxLength: 249 };

/**
 * Ids of consumer groups.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_AmazonManagedKafkaEventSourceConfig.html
 */
export const CONSUMER_GROUP = { pattern: /^[a-zA-Z0-9-/*:_+=.@]+$/, maxLength: 200 };

/** How often a failed batch is tried again in provisioned mode, where AWS's default is to hold the partition until it expires. */
export const KAFKA_RETRY_ATTEMPTS = 10;

/**
 * Actions on a cluster with which Lambda finds its brokers. For clusters with brokers and for serverless ones alike; `DescribeCluster` is the
 * older way.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html
 */
export const CLUSTER_ACTIONS = ['kafka:DescribeClusterV2'] as const;

/**
 * The one action about clusters that takes no resource.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonmanagedstreamingforapachekafka.html
 */
export const CLUSTER_ACTIONS_ON_ALL = ['kafka:GetBootstrapBrokers'] as const;

/**
 * Actions on a connection to a cluster of another account.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html
 */
export const VPC_CONNECTION_ACTIONS = ['kafka:DescribeVpcConnection'] as const;

/**
 * Actions with which Lambda connects to the network of the brokers. All are on `*`: the interfaces are in subnets that only the cluster knows.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html
 */
export const BROKER_NETWORK_ACTIONS = [
  'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets', 'ec2:DescribeVpcs',
] as const;

/**
 * Actions of a role that a cluster knows its clients by, on the cluster, its topic and the consumer group.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html
 */
export const CLIENT_ACTIONS = {
  cluster: ['kafka-cluster:Connect', 'kafka-cluster:DescribeClusterDynamicConfiguration'],
  topic: ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'],
  group: ['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'],
} as const;

/**
 * Actions on a topic that is told of records that failed.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html
 */
export const FAILED_TOPIC_ACTIONS = ['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'] as const;

/** How a topic is named as a destination. */
export const TOPIC_DESTINATION = 'kafka://';

/**
 * Brokers that know the others.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_SelfManagedEventSource.html
 */
export const BROKERS = { max: 10, maxLength: 300, pattern: /^[a-zA-Z0-9.-]+:[0-9]{1,5}$/ };
