import { createHash } from 'crypto';
import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { KafkaAuthentication } from './kafka-authentication';
import { checkBrokers, checkKafkaMapping } from './kafka-checks';
import { kafkaMapping, mayReadSecret } from './kafka-mapping';
import { KafkaMappingOptions } from './kafka-options';
import { addMapping, mayRead } from './mapping';
import { PullSourceBase } from './pull-source-base';
import { kafkaEvent } from './samples/msk-cluster';
import { BROKER_NETWORK_ACTIONS } from '../../limits/kafka-mapping';
import { KAFKA } from '../../limits/sources/kafka';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { isKnown } from '../../support/tokens';

/** Where brokers are that only a VPC reaches. */
export interface KafkaNetwork {
  /** The VPC that reaches the brokers. */
  readonly vpc: ec2.IVpc;

  /**
   * Its subnets that Lambda connects to.
   *
   * @default - private subnets, as `vpc.selectSubnets()` finds them
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /** What the brokers must let in. */
  readonly securityGroup: ec2.ISecurityGroup;
}

/** A topic of a cluster of Apache Kafka that AWS does not run, and how Lambda reads it. */
export interface KafkaSourceOptions extends KafkaMappingOptions {
  /** Brokers that know the others: 1 to 10 of `host:port`. */
  readonly bootstrapServers: string[];

  /**
   * Where the brokers are, if only a VPC reaches them.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kafka-configure.html
   * @default - in the internet; then there must be an `authentication`
   */
  readonly network?: KafkaNetwork;

  /**
   * How Lambda says to the cluster who it is.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-cluster-auth.html
   * @default - not at all; only with a `network`
   */
  readonly authentication?: KafkaAuthentication;

  /**
   * A secret with the key `certificate`: the root of the certificates of brokers that no public authority has signed.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-cluster-auth.html
   * @default - those of public authorities
   */
  readonly rootCaCertificate?: secretsmanager.ISecret;
}

/** A topic of Apache Kafka, which Lambda reads for a function. Made by `PullSource.kafka()`. */
export class KafkaPullSource extends PullSourceBase {
  public readonly semantics: SourceSemantics = KAFKA;

  /** @internal */
  constructor(private readonly options: KafkaSourceOptions) {
    super();
    checkBrokers(options.bootstrapServers, options.network !== undefined || options.authentication !== undefined);
    checkKafkaMapping(options);
  }

  /** Called by `addEventSource()`: makes the mapping and lets the execution role reach the brokers and log in. */
  public bind(target: lambda.IFunction): void {
    const { bootstrapServers, network, authentication, rootCaCertificate, ...options } = this.options;
    const secrets = [authentication?._secret, rootCaCertificate].filter((secret) => secret !== undefined);
    const grants = [
      ...network ? [mayRead(target, ['*'], BROKER_NETWORK_ACTIONS)] : [],
      ...secrets.flatMap((secret) => mayReadSecret(target, secret)),
    ];
    // as the CDK has it; a token cannot be in an id
    const brokers = createHash('md5').update(JSON.stringify(Stack.of(target).resolve(bootstrapServers))).digest('hex');
    addMapping(target, {
      id: `KafkaEventSource:${brokers}:${isKnown(options.topic) ? options.topic : 'Topic'}`,
      grants,
      options: {
        // brokers know their clients themselves, so no role may write to the topic of failures
        ...kafkaMapping(target, options, () => []),
        kafkaBootstrapServers: bootstrapServers,
        sourceAccessConfigurations: this.access(),
      },
      takesFailures: options.provisionedPollerConfig !== undefined,
    });
  }

  /** @internal */
  protected _sampleEvent(): object {
    const { topic, bootstrapServers } = this.options;
    return kafkaEvent(isKnown(topic) ? topic : undefined, bootstrapServers.every(isKnown) ? bootstrapServers.join() : undefined);
  }

  /** In the order of the CDK, so that a template stays as it is. */
  private access(): lambda.SourceAccessConfiguration[] {
    const { network, authentication, rootCaCertificate } = this.options;
    const { VPC_SECURITY_GROUP, VPC_SUBNET, SERVER_ROOT_CA_CERTIFICATE } = lambda.SourceAccessConfigurationType;
    return [
      ...authentication ? [{ type: authentication._type, uri: authentication._secret.secretArn }] : [],
      ...rootCaCertificate ? [{ type: SERVER_ROOT_CA_CERTIFICATE, uri: rootCaCertificate.secretArn }] : [],
      ...network ? [{ type: VPC_SECURITY_GROUP, uri: network.securityGroup.securityGroupId }] : [],
      ...network?.vpc.selectSubnets(network.vpcSubnets).subnetIds.map((uri) => ({ type: VPC_SUBNET, uri })) ?? [],
    ];
  }
}
