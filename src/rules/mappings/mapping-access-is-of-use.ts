import { accessTypesOf, strayAccess } from './access';
import { access, fromBroker, fromDocuments, msk, ORDERS, ownKafka } from './examples';
import { isKafka, LOGGED_IN_BY_PASSWORD } from '../../limits/mapping-parameters';
import { Mapping, mappingsOf } from '../../model/mappings';
import { valueOf } from '../../model/value';
import { Finding, Rule } from '../rule';

const PATH = 'Properties/SourceAccessConfigurations';
const NETWORK = ['VPC_SUBNET', 'VPC_SECURITY_GROUP'];
const ACTIVE_MQ = { Type: 'AWS::AmazonMQ::Broker', Properties: { EngineType: 'ACTIVEMQ' } };

function ofActiveMq(engine: string | undefined): boolean {
  return engine?.toUpperCase() === 'ACTIVEMQ';
}

/** A warning: AWS documents which type is for which source, and nobody was seen to be refused. */
export const mappingAccessIsOfUse: Rule = {
  id: 'mapping-access-is-of-use',
  title: 'What Lambda logs in with is for the source, and complete',
  severity: 'warning',
  why: 'Lambda refuses the mapping, or cannot reach the source: brokers and document databases want a password, only Kafka of your own has a network, and only RabbitMQ virtual hosts',
  fix: 'set the types that AWS lists for the source; a network takes subnets and a security group',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_SourceAccessConfiguration.html',
  since: '0.1.0',

  valid: [
    { title: 'a password of Amazon MSK', resources: { Orders: ORDERS, Mapping: msk({ SourceAccessConfigurations: [access('SASL_SCRAM_512_AUTH')] }) } },
    { title: 'subnets and a security group for Kafka', resources: { Orders: ORDERS, Mapping: ownKafka({ SourceAccessConfigurations: [access('VPC_SUBNET'), access('VPC_SECURITY_GROUP')] }) } },
    { title: 'a type that nothing is known of', resources: { Orders: ORDERS, Mapping: msk({ SourceAccessConfigurations: [access('OAUTHBEARER_AUTH')] }) } },
    { title: 'a type that a parameter says', resources: { Orders: ORDERS, Mapping: fromDocuments({ SourceAccessConfigurations: [access({ Ref: 'Type' })] }) } },
    { title: 'access that a parameter says', resources: { Orders: ORDERS, Mapping: fromBroker({ SourceAccessConfigurations: { Ref: 'Access' } }) } },
    { title: 'a subnet, or more', resources: { Orders: ORDERS, Mapping: ownKafka({ SourceAccessConfigurations: [access('VPC_SUBNET'), { 'Fn::If': ['IsProd', access('VPC_SECURITY_GROUP'), { Ref: 'AWS::NoValue' }] }] }) } },
  ],
  invalid: [
    { title: 'a network of Amazon MSK', at: 'Mapping/Properties/SourceAccessConfigurations/0/Type', resources: { Orders: ORDERS, Mapping: msk({ SourceAccessConfigurations: [access('VPC_SUBNET')] }) } },
    { title: 'a virtual host of Kafka', at: 'Mapping/Properties/SourceAccessConfigurations/0/Type', resources: { Orders: ORDERS, Mapping: ownKafka({ SourceAccessConfigurations: [access('VIRTUAL_HOST')] }) } },
    { title: 'a virtual host without a password', at: 'Mapping/Properties/SourceAccessConfigurations', resources: { Orders: ORDERS, Mapping: fromBroker({ SourceAccessConfigurations: [access('VIRTUAL_HOST')] }) } },
    { title: 'subnets without a security group', at: 'Mapping/Properties/SourceAccessConfigurations', resources: { Orders: ORDERS, Mapping: ownKafka({ SourceAccessConfigurations: [access('VPC_SUBNET')] }) } },
    { title: 'a virtual host of ActiveMQ', at: 'Mapping/Properties/SourceAccessConfigurations/1/Type', resources: { Orders: ORDERS, Source: ACTIVE_MQ, Mapping: fromBroker({ EventSourceArn: { 'Fn::GetAtt': ['Source', 'Arn'] }, SourceAccessConfigurations: [access('BASIC_AUTH'), access('VIRTUAL_HOST')] }) } },
  ],

  check: (app) => mappingsOf(app).flatMap(findingsIn),
};

function findingsIn(mapped: Mapping): Finding[] {
  const { kind, resource } = mapped;
  const types = accessTypesOf(mapped);
  if (!kind || !types || !(LOGGED_IN_BY_PASSWORD.has(kind) || isKafka(kind))) return [];
  const stray = kind === 'broker' ? hostsOfActiveMq(mapped, types) : strayAccess(mapped, kind);
  const lacking = types.includes(undefined) ? undefined : lackingIn(mapped, types as readonly string[]);
  return [...stray, ...lacking === undefined ? [] : [{ resource, path: PATH, message: lacking }]];
}

function lackingIn({ kind }: Mapping, types: readonly string[]): string | undefined {
  if (LOGGED_IN_BY_PASSWORD.has(kind!)) return types.includes('BASIC_AUTH') ? undefined : `access of a mapping must be by password (BASIC_AUTH) for a ${kind}, got ${types.join(', ') || 'none'}`;
  const network = NETWORK.filter((type) => types.includes(type));
  return kind === 'self-managed Kafka' && network.length === 1 ? `network of a mapping must be subnets and a security group, got ${network[0]} alone` : undefined;
}

function hostsOfActiveMq({ resource, source }: Mapping, types: readonly (string | undefined)[]): Finding[] {
  const host = types.indexOf('VIRTUAL_HOST');
  if (host < 0 || source?.type !== 'AWS::AmazonMQ::Broker' || !ofActiveMq(valueOf(source.text('EngineType')))) return [];
  return [{ resource, path: `${PATH}/${host}/Type`, message: 'virtual host of a mapping must be one of RabbitMQ, got one of ActiveMQ' }];
}
