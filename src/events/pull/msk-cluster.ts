import { Fn, Names } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { checkKafkaMapping } from './kafka-checks';
import { kafkaMapping, mayReadSecret } from './kafka-mapping';
import { KafkaMappingOptions } from './kafka-options';
import { addMapping, mayRead } from './mapping';
import { MskAuthentication } from './msk-authentication';
import { PullSourceBase } from './pull-source-base';
import { mskClusterEvent } from './samples/msk-cluster';
import {
  BROKER_NETWORK_ACTIONS, CLIENT_ACTIONS, CLUSTER_ACTIONS, CLUSTER_ACTIONS_ON_ALL, FAILED_TOPIC_ACTIONS, VPC_CONNECTION_ACTIONS,
} from '../../limits/kafka-mapping';
import { MSK_CLUSTER } from '../../limits/sources/msk-cluster';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** What stands between the account and the name of a cluster in its ARN. */
const CLUSTER = ':cluster/';

/** What stands there in the ARN of a connection to a cluster of another account. */
const VPC_CONNECTION = ':vpc-connection/';

/** A topic of a cluster of Amazon MSK, and how Lambda reads it. */
export interface MskClusterSourceOptions extends KafkaMappingOptions {
  /** ARN of the cluster, which has brokers of its own or is serverless. */
  readonly clusterArn: string;

  /**
   * For a cluster of another account: ARN of the VPC connection to it that MSK manages in the account of the function (a `CfnVpcConnection`).
   * The owner of the cluster allows the role of the function in the policy of the cluster, for each account in which it is deployed. Not for
   * serverless clusters.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/msk-cross-account.html
   * @default - the cluster is of the same account
   */
  readonly vpcConnectionArn?: string;

  /**
   * How Lambda says to the cluster who it is.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html
   * @default MskAuthentication.iam()
   */
  readonly authentication?: MskAuthentication;
}

/** A topic of a cluster of Amazon MSK, which Lambda reads for a function. Made by `PullSource.mskCluster()`. */
export class MskClusterPullSource extends PullSourceBase {
  public readonly semantics: SourceSemantics = MSK_CLUSTER;

  /** @internal */
  constructor(private readonly options: MskClusterSourceOptions) {
    super();
    checkArn(options.clusterArn, CLUSTER, {
      code: 'MskClusterArnMalformed', property: 'clusterArn', fix: "for a cluster of another account, give the connection to it as 'vpcConnectionArn'",
    });
    checkArn(options.vpcConnectionArn, VPC_CONNECTION, {
      code: 'MskVpcConnectionArnMalformed', property: 'vpcConnectionArn', fix: 'give that of the managed connection to the cluster',
    });
    checkKafkaMapping(options);
  }

  /** Called by `addEventSource()`: makes the mapping and lets the execution role find the cluster, reach it and read the topic. */
  public bind(target: lambda.IFunction): void {
    const { clusterArn, vpcConnectionArn, authentication = MskAuthentication.iam(), ...options } = this.options;
    const { _type: type, _secret: secret, _isRole: isRole } = authentication;
    const grants = [
      mayRead(target, [clusterArn], CLUSTER_ACTIONS),
      ...vpcConnectionArn ? [mayRead(target, [vpcConnectionArn], VPC_CONNECTION_ACTIONS)] : [],
      mayRead(target, ['*'], [...CLUSTER_ACTIONS_ON_ALL, ...BROKER_NETWORK_ACTIONS]),
      ...isRole ? this.mayConnect(target) : [],
      ...secret ? mayReadSecret(target, secret) : [],
    ];
    const grantTopic = (topic: string) => isRole ? [mayRead(target, [this.arnIn('topic', topic)], FAILED_TOPIC_ACTIONS)] : [];
    addMapping(target, {
      // as the CDK has it; a token cannot be in an id
      id: `KafkaEventSource:${Names.nodeUniqueId(target.node)}${isKnown(options.topic) ? options.topic : 'Topic'}`,
      grants,
      options: {
        ...kafkaMapping(target, options, grantTopic),
        eventSourceArn: vpcConnectionArn ?? clusterArn,
        sourceAccessConfigurations: type && secret ? [{ type, uri: secret.secretArn }] : undefined,
      },
      takesFailures: options.provisionedPollerConfig !== undefined,
    });
  }

  /** @internal */
  protected _sampleEvent(): object {
    const { topic, clusterArn: ofCluster, vpcConnectionArn: clusterArn = ofCluster } = this.options;
    return mskClusterEvent(isKnown(topic) ? topic : undefined, isKnown(clusterArn) ? clusterArn : undefined);
  }

  private mayConnect(target: lambda.IFunction): iam.Grant[] {
    const { clusterArn, topic, consumerGroupId } = this.options;
    return [
      mayRead(target, [clusterArn], CLIENT_ACTIONS.cluster),
      mayRead(target, [this.arnIn('topic', topic)], CLIENT_ACTIONS.topic),
      // the group that Lambda makes has the id of the mapping, which waits for this policy
      mayRead(target, [this.arnIn('group', consumerGroupId ?? '*')], CLIENT_ACTIONS.group),
    ];
  }

  /** ARN of a topic or a group of the cluster: with the name and the id of the cluster before its own. */
  private arnIn(type: 'topic' | 'group', name: string): string {
    const parts = Fn.split(CLUSTER, this.options.clusterArn);
    return `${Fn.select(0, parts)}:${type}/${Fn.select(1, parts)}/${name}`;
  }
}

function checkArn(arn: string | undefined, part: string, words: { readonly code: string; readonly property: string; readonly fix: string }): void {
  if (!isKnown(arn) || arn.includes(part)) return;
  throw mistake(undefined, { ...words, allowed: `an ARN as in arn:aws:kafka:<region>:<account>${part}...`, got: arn });
}
