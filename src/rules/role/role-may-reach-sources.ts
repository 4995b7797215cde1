import { allow, arnOf, fn, mapping, role, roleWith } from './examples';
import { lacking } from './lacking';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const ORDERS = fn();
const INTERFACES = allow(['CreateNetworkInterface', 'DeleteNetworkInterface', 'DescribeNetworkInterfaces'].map((action) => `ec2:${action}`));
const READ = allow(['kafka-cluster:Connect', 'kafka-cluster:*Topic', 'kafka-cluster:ReadData', 'kafka-cluster:*Group']);
const SERVERLESS: JsonObject = { Type: 'AWS::MSK::ServerlessCluster' };
const OPEN: JsonObject = { Type: 'AWS::MSK::Cluster', Properties: { ClientAuthentication: { Unauthenticated: { Enabled: true } } } };
const WITH_IAM: JsonObject = { Type: 'AWS::MSK::Cluster', Properties: { ClientAuthentication: { Sasl: { Iam: { Enabled: true } } } } };
const LOGIN = { SourceAccessConfigurations: [{ Type: 'SASL_SCRAM_512_AUTH', URI: { Ref: 'SecretArn' } }] };
const AT = 'Mapping/Properties/EventSourceArn';

function broker(isPublic: boolean | JsonObject): JsonObject {
  return { Type: 'AWS::AmazonMQ::Broker', Properties: { PubliclyAccessible: isPublic } };
}

/** A `warning`: AWS documents what it takes, and nobody has seen what Lambda says to a role without. */
export const roleMayReachSources: Rule = {
  id: 'role-may-reach-sources',
  title: 'Execution roles may do what takes Lambda to clusters and brokers in a VPC',
  severity: 'warning',
  why: 'Lambda polls them through network interfaces in their VPC, which it makes with the execution role, and logs in to a cluster of Amazon MSK with it: without, nothing is read',
  fix: 'add the statement to the role; the function itself need not be in the VPC',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html',
  since: '0.1.0',

  valid: [
    { title: 'a broker', resources: { Orders: ORDERS, OrdersRole: role([INTERFACES]), Returns: broker(false), Mapping: mapping() } },
    { title: 'a broker in the internet', resources: { Orders: ORDERS, OrdersRole: role(), Returns: broker(true), Mapping: mapping() } },
    { title: 'a broker of which a parameter says whether it is public', resources: { Orders: ORDERS, OrdersRole: role(), Returns: broker({ Ref: 'IsPublic' }), Mapping: mapping() } },
    { title: 'a broker that a parameter names', resources: { Orders: ORDERS, OrdersRole: role(), Mapping: mapping({ EventSourceArn: { Ref: 'BrokerArn' } }) } },
    { title: 'a serverless cluster', resources: { Orders: ORDERS, OrdersRole: role([INTERFACES, READ]), Returns: SERVERLESS, Mapping: mapping() } },
    { title: 'a cluster that lets everybody in, and the AWS managed policy', resources: { Orders: ORDERS, OrdersRole: roleWith('service-role/AWSLambdaMSKExecutionRole'), Returns: OPEN, Mapping: mapping() } },
    { title: 'a cluster to which Lambda logs in with a password', resources: { Orders: ORDERS, OrdersRole: role([INTERFACES]), Returns: WITH_IAM, Mapping: mapping(LOGIN) } },
    { title: 'a queue', resources: { Orders: ORDERS, OrdersRole: role(), Returns: { Type: 'AWS::SQS::Queue' }, Mapping: mapping() } },
  ],
  invalid: [
    { title: 'a broker, and no network interfaces', at: AT, resources: { Orders: ORDERS, OrdersRole: role([allow('mq:DescribeBroker')]), Returns: broker(false), Mapping: mapping() } },
    { title: 'a document database', at: AT, resources: { Orders: ORDERS, OrdersRole: role([allow('rds:Describe*')]), Returns: { Type: 'AWS::DocDB::DBCluster' }, Mapping: mapping({ EventSourceArn: { 'Fn::Sub': 'arn:aws:rds:eu-west-1:111122223333:cluster:${Returns}' } }) } },
    { title: 'interfaces that are never listed', at: AT, resources: { Orders: ORDERS, OrdersRole: role([allow(['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface'])]), Returns: broker(false), Mapping: mapping() } },
    { title: 'a cluster to which Lambda logs in with the role', at: AT, resources: { Orders: ORDERS, OrdersRole: role([INTERFACES]), Returns: WITH_IAM, Mapping: mapping() } },
    { title: 'a serverless cluster, and no more than the AWS managed policy', at: AT, resources: { Orders: ORDERS, OrdersRole: roleWith('service-role/AWSLambdaMSKExecutionRole'), Returns: SERVERLESS, Mapping: mapping({ EventSourceArn: arnOf('Returns') }) } },
  ],

  check: (app) => lacking(app, 'reaching'),
};
