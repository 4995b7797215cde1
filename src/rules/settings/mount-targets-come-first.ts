import { arnOf, inVpc } from './examples';
import { mountsOf } from '../../model/mounts';
import { madeBefore } from '../../model/order';
import type { Resource } from '../../model/resource';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const mounting = (more: JsonObject = {}): JsonObject => ({ ...inVpc({ FileSystemConfigs: [{ Arn: arnOf('Point'), LocalMountPath: '/mnt/orders' }] }), ...more });
const target = (fileSystem: JsonObject = { Ref: 'Files' }): JsonObject => ({ Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: fileSystem, SubnetId: { Ref: 'Private' }, SecurityGroups: [] } });
const FILES: JsonObject = {
  Files: { Type: 'AWS::EFS::FileSystem', Properties: {} },
  Point: { Type: 'AWS::EFS::AccessPoint', Properties: { FileSystemId: { Ref: 'Files' } } },
};

/** Not fatal: once there is the file system, the next deployments pass; or something else that the function waits for takes longer. */
export const mountTargetsComeFirst: Rule = {
  id: 'mount-targets-come-first',
  title: 'A function that mounts a file system is made after its mount targets',
  severity: 'error',
  why: 'CloudFormation makes both at the same time, and Lambda refuses the function until mount targets are available, which takes a minute or more; in a new account or Region the stack fails',
  fix: 'have the function depend on the mount targets: `function.node.addDependency(fileSystem.mountTargetsAvailable)`, which the CDK does for `filesystem`',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-lambda-function.html',
  answers: ['has mount targets created in all availability zones the function will execute in, but not all are in the available life cycle state yet. Please wait for them to become available and try the request again.'],
  since: '0.1.0',

  valid: [
    { title: 'a dependency', resources: { ...FILES, Target: target(), Orders: mounting({ DependsOn: 'Target' }) } },
    { title: 'a dependency by way of another resource', resources: { ...FILES, Target: target(), Role: { Type: 'AWS::IAM::Role', DependsOn: ['Target'] }, Orders: mounting({ DependsOn: ['Role'] }) } },
    { title: 'mount targets of another app', resources: { ...FILES, Orders: mounting() } },
    { title: 'mount targets of a file system that a parameter names', resources: { ...FILES, Target: target({ Ref: 'FileSystem' }), Orders: mounting() } },
  ],
  invalid: [
    { title: 'nothing makes it wait', at: 'Orders/Properties/FileSystemConfigs', resources: { ...FILES, Target: target(), Orders: mounting() } },
  ],

  * check(app) {
    const targets = app.ofType('AWS::EFS::MountTarget');
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      const systems = new Set(mountsOf(resource).map(({ fileSystem }) => fileSystem));
      const own = targets.filter((one) => one.stack === resource.stack && systems.has(one.reference('FileSystemId')?.resource as Resource));
      if (own.length === 0) continue;
      const before = madeBefore(resource);
      if (own.some((one) => before.has(one))) continue;
      yield { resource, path: 'Properties/FileSystemConfigs', message: `a function that mounts a file system must be made after its mount targets, got no dependency on ${own.map(({ label }) => label).join(', ')}` };
    }
  },
};
