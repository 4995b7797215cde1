import { inWords, Need, Place, serviceIn, SOMETHING } from './need';
import { interfaceNeeds } from './network';
import { textOf, textOfAttribute } from '../iam/text';
import { referenceIn } from '../reference';
import type { Resource } from '../resource';
import { valueOf } from '../value';

/**
 * What Lambda comes with to clusters and brokers: network interfaces in their VPC, and its role where that is the login. AWS documents it;
 * nobody has seen what Lambda says to a role without.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-documentdb.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html
 */
export function reachingNeeds(mapping: Resource): Need[] {
  const raw = mapping.raw('EventSourceArn');
  if (raw.kind !== 'known') return [];
  const at = { resource: mapping, path: 'Properties/EventSourceArn' };
  const naming = { json: raw.value, stack: mapping.stack };
  const source = referenceIn(raw.value, mapping.stack)?.resource;
  const what = `to reach ${inWords(naming)}`;
  switch (serviceIn(textOf(raw.value, mapping.stack))) {
    case 'kafka': return [...interfaceNeeds('reaching', at, what), ...source && isLoginOfRole(source, mapping) ? clientNeeds(source, at) : []];
    case 'mq': return source && isPrivate(source) ? interfaceNeeds('reaching', at, what) : [];
    case 'rds': return interfaceNeeds('reaching', at, what);
    default: return [];
  }
}

/** Only a broker that is not in the internet takes network interfaces. */
function isPrivate(broker: Resource): boolean {
  return isSaid(broker, 'PubliclyAccessible', false);
}

/**
 * Serverless clusters know no other login, and of others Lambda takes it unless it is given a secret.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html
 */
function isLoginOfRole(cluster: Resource, mapping: Resource): boolean {
  return cluster.type === 'AWS::MSK::ServerlessCluster'
    || (mapping.raw('SourceAccessConfigurations').kind === 'absent' && isSaid(cluster, 'ClientAuthentication.Sasl.Iam.Enabled', true));
}

/** CloudFormation takes `true` and `false` as text, too. */
function isSaid(resource: Resource, path: string, wanted: boolean): boolean {
  return String(valueOf(resource.value(path))) === String(wanted);
}

/** The ARNs of topics and groups are made of that of the cluster, which the deployment decides. */
function clientNeeds(cluster: Resource, at: Place): Need[] {
  const need = { topic: 'reaching' as const, at, named: '*', on: cluster.label, what: 'to log in and read', orPolicyOf: [cluster] };
  return [
    { ...need, actions: ['kafka-cluster:Connect'], also: ['kafka-cluster:DescribeClusterDynamicConfiguration'], target: textOfAttribute(cluster, 'Arn') },
    { ...need, actions: ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData', 'kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'], target: SOMETHING },
  ];
}
