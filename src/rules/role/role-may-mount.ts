import { allow, arnOf, document, fn, ofAccount, role } from './examples';
import { lacking } from './lacking';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const ORDERS = fn({ FileSystemConfigs: [{ Arn: arnOf('Access'), LocalMountPath: '/mnt/orders' }] });
const ACCESS: JsonObject = { Type: 'AWS::EFS::AccessPoint', Properties: { FileSystemId: { Ref: 'Files' } } };
const ENCRYPTED: JsonObject = { Effect: 'Deny', Principal: { AWS: '*' }, Action: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };

function files(statements?: readonly JsonObject[]): JsonObject {
  return { Type: 'AWS::EFS::FileSystem', Properties: statements ? { FileSystemPolicy: document(statements) } : {} };
}

/** Without a policy of its own, a file system lets every client in that reaches it: the role does not matter then. */
export const roleMayMount: Rule = {
  id: 'role-may-mount',
  title: 'Execution roles may mount file systems that have a policy',
  severity: 'error',
  why: 'a file system with a policy lets in only whom a policy allows: the function cannot be started',
  fix: 'add the statement to the role; leave `elasticfilesystem:ClientWrite` out if the function only reads',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html#configuration-filesystem-permissions',
  since: '0.1.0',

  valid: [
    { title: 'a file system without a policy', resources: { Orders: ORDERS, OrdersRole: role(), Access: ACCESS, Files: files() } },
    { title: 'the role may mount it', resources: { Orders: ORDERS, OrdersRole: role([allow('elasticfilesystem:ClientMount', arnOf('Files'))]), Access: ACCESS, Files: files([ENCRYPTED]) } },
    { title: 'the role may mount it through the access point', resources: { Orders: ORDERS, OrdersRole: role([allow('elasticfilesystem:*', '*', { Condition: { StringEquals: { 'elasticfilesystem:AccessPointArn': arnOf('Access') } } })]), Access: ACCESS, Files: files([ENCRYPTED]) } },
    { title: 'the policy lets everyone', resources: { Orders: ORDERS, OrdersRole: role(), Access: ACCESS, Files: files([{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'elasticfilesystem:Client*' }]) } },
    { title: 'a file system that a parameter names', resources: { Orders: ORDERS, OrdersRole: role(), Access: { Type: 'AWS::EFS::AccessPoint', Properties: { FileSystemId: { Ref: 'FileSystem' } } } } },
  ],
  invalid: [
    { title: 'nobody lets the role', at: 'Orders/Properties/FileSystemConfigs', resources: { Orders: ORDERS, OrdersRole: role(), Access: ACCESS, Files: files([ENCRYPTED]) } },
    { title: 'the ARN of the access point is made of its id', at: 'Orders/Properties/FileSystemConfigs', resources: { Orders: fn({ FileSystemConfigs: [{ Arn: ofAccount('elasticfilesystem', 'access-point/${Access}'), LocalMountPath: '/mnt/orders' }] }), OrdersRole: role(), Access: ACCESS, Files: files([ENCRYPTED]) } },
    { title: 'the role may mount through another access point', at: 'Orders/Properties/FileSystemConfigs', resources: { Orders: ORDERS, OrdersRole: role([allow('elasticfilesystem:*', '*', { Condition: { StringEquals: { 'elasticfilesystem:AccessPointArn': arnOf('Other') } } })]), Access: ACCESS, Other: ACCESS, Files: files([ENCRYPTED]) } },
    { title: 'the role may mount another file system', at: 'Orders/Properties/FileSystemConfigs', resources: { Orders: ORDERS, OrdersRole: role([allow('elasticfilesystem:*', arnOf('Other'))]), Access: ACCESS, Files: files([ENCRYPTED]), Other: files() } },
  ],

  check: (app) => lacking(app, 'mounting'),
};
