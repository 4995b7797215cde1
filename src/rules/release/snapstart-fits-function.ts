import { fn } from './examples';
import { PUBLISHED, startsFromSnapshots } from './snapshots';
import type { Resource } from '../../model/resource';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const SNAP_START = { SnapStart: { ApplyOn: PUBLISHED } };

/** The CDK's own classes refuse it, the resource itself (`CfnFunction`, `CfnInclude`) does not. */
export const snapstartFitsFunction: Rule = {
  id: 'snapstart-fits-function',
  title: 'A function with SnapStart has no file system and 512 MB of ephemeral storage at most',
  severity: 'fatal',
  why: 'Lambda takes no snapshots of such functions, and refuses them',
  fix: 'leave SnapStart out, or what it cannot be combined with',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html',
  since: '0.1.0',

  valid: [
    { title: 'the storage that each function has', resources: { Orders: fn({ ...SNAP_START, EphemeralStorage: { Size: 512 }, FileSystemConfigs: [] }) } },
    { title: 'no SnapStart', resources: { Orders: fn({ SnapStart: { ApplyOn: 'None' }, EphemeralStorage: { Size: 1024 } }) } },
    { title: 'storage that a parameter decides', resources: { Orders: fn({ ...SNAP_START, EphemeralStorage: { Size: { Ref: 'Size' } } }) } },
    { title: 'a file system, by a condition', resources: { Orders: fn({ ...SNAP_START, FileSystemConfigs: { 'Fn::If': ['IsTest', { Ref: 'AWS::NoValue' }, []] } }) } },
  ],
  invalid: [
    { title: 'there is more storage', at: 'Orders/Properties/SnapStart', resources: { Orders: fn({ ...SNAP_START, EphemeralStorage: { Size: 513 } }) } },
    { title: 'there is a file system', at: 'Orders/Properties/SnapStart', resources: { Orders: fn({ ...SNAP_START, FileSystemConfigs: [{ Arn: { 'Fn::GetAtt': ['Access', 'Arn'] }, LocalMountPath: '/mnt/orders' }] }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      const obstacles = startsFromSnapshots(resource) ? obstaclesOf(resource) : [];
      if (obstacles.length === 0) continue;
      yield { resource, path: 'Properties/SnapStart', message: `a function with SnapStart must be without file systems and have 512 MB of ephemeral storage at most, got ${obstacles.join(' and ')}` };
    }
  },
};

const MAX_STORAGE = 512;

function obstaclesOf(resource: Resource): string[] {
  const systems = valueOf(resource.list('FileSystemConfigs')) ?? [];
  const storage = valueOf(resource.number('EphemeralStorage.Size')) ?? 0;
  return [...systems.length > 0 ? ['a file system'] : [], ...storage > MAX_STORAGE ? [`${storage} MB of ephemeral storage`] : []];
}
