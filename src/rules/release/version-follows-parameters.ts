import { alias, CURRENT, fn, numberOf, ORDERS, TAG, version } from './version-examples';
import { AliasedVersion, aliasedVersions } from './versions';
import { parametersIn } from '../../model/parameters';
import { Resource } from '../../model/resource';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

/** What a version keeps of its function. */
const KEPT = [
  'Code', 'Environment', 'Runtime', 'Handler', 'Layers', 'MemorySize', 'Timeout', 'VpcConfig', 'DeadLetterConfig', 'Role', 'Architectures',
  'EphemeralStorage', 'LoggingConfig', 'FileSystemConfigs', 'SnapStart', 'TracingConfig', 'ImageConfig', 'KmsKeyArn',
];

/** What replaces a version when it changes. */
const REPLACING = ['Description', 'CodeSha256'];

const STAGE = { Environment: { Variables: { STAGE: { Ref: 'Tag' } } } };
const FROM_PIPELINE = { Code: { S3Bucket: 'builds', S3Key: { 'Fn::Sub': 'orders-${Tag}.zip' } } };
const LIVE = alias(numberOf(CURRENT));

export const versionFollowsParameters: Rule = {
  id: 'version-follows-parameters',
  title: 'A version is published anew when a parameter of its function changes',
  severity: 'warning',
  why: 'a deployment that gives the parameter another value changes the function and no version: the alias keeps serving the old code or configuration without a word',
  fix: "name the parameter in the version's description, which replaces the version when it changes: `addVersionInput('tag', tag.valueAsString)`, or `currentVersionOptions: { description: ... }`",
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-version.html',
  since: '0.1.0',

  valid: [
    { title: 'the version names the parameter', parameters: TAG, resources: { Orders: fn(FROM_PIPELINE), [CURRENT]: version({ Description: { Ref: 'Tag' } }), Live: LIVE } },
    { title: 'no parameter', parameters: TAG, resources: { Orders: ORDERS, [CURRENT]: version(), Live: LIVE } },
    { title: 'no alias', parameters: TAG, resources: { Orders: fn(STAGE), [CURRENT]: version() } },
    { title: 'what the deployment decides otherwise', parameters: TAG, resources: { Orders: fn({ Environment: { Variables: { TABLE: { 'Fn::ImportValue': 'table' } } } }), [CURRENT]: version(), Live: LIVE } },
    { title: 'a parameter in what a version does not keep', parameters: TAG, resources: { Orders: fn({ FunctionName: { Ref: 'Tag' }, Tags: [{ Key: 'tag', Value: { Ref: 'Tag' } }] }), [CURRENT]: version(), Live: LIVE } },
  ],
  invalid: [
    { title: 'the environment has a parameter', at: `${CURRENT}/Properties`, parameters: TAG, resources: { Orders: fn(STAGE), [CURRENT]: version(), Live: LIVE } },
    { title: 'a parameter names the code', at: `${CURRENT}/Properties`, parameters: TAG, resources: { Orders: fn(FROM_PIPELINE), [CURRENT]: version({ Description: 'live' }), Live: LIVE } },
  ],

  * check(app) {
    const seen = new Set<Resource>();
    for (const aliased of aliasedVersions(app)) {
      const { version: resource } = aliased;
      const missing = seen.has(resource) ? [] : missed(aliased);
      seen.add(resource);
      if (missing.length === 0) continue;
      yield { resource, path: 'Properties', message: `parameters of the function must be named by its version as well, got none of ${missing.join(', ')}` };
    }
  },
};

/** Parameters that the function has and the version has not, with the property that each is in. */
function missed({ version: resource, fn: named }: AliasedVersion): string[] {
  const said = REPLACING.map((property) => resource.raw(property)).map((raw) => parametersIn(valueOf(raw), resource.stack));
  // What else is decided at deployment may change together with the parameter.
  const mayFollow = REPLACING.some((property, index) => resource.value(property).kind === 'unknown' && said[index].length === 0);
  if (mayFollow) return [];
  return KEPT.flatMap((property) => parametersIn(valueOf(named.raw(property)), named.stack)
    .filter((name) => !said.flat().includes(name))
    .map((name) => `${name} (${property})`));
}
