import { Json, JsonObject } from '../../../src/model/template';
import { organizationIsForEveryoneInIt } from '../../../src/rules/layers/organization-is-for-everyone-in-it';
import { urlAuthTypeIsForUrls } from '../../../src/rules/permissions/url-auth-type-is-for-urls';
import { Rule } from '../../../src/rules/rule';
import { environmentFits } from '../../../src/rules/settings/environment-fits';
import { logLevelNeedsJson } from '../../../src/rules/settings/log-level-needs-json';
import { mountTargetsComeFirst } from '../../../src/rules/settings/mount-targets-come-first';
import { runtimeRunsOnInstances } from '../../../src/rules/settings/runtime-runs-on-instances';
import { appOf } from '../../model/app-of';

const NONE: Json = { Ref: 'AWS::NoValue' };
const fn = (properties: JsonObject): JsonObject => ({ Orders: { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs22.x', ...properties } } });

function messagesOf(rule: Rule, resources: JsonObject): string[] {
  return [...rule.check(appOf(resources))].map(({ message }) => message);
}

describe.each<[string, Rule, (value: Json) => JsonObject, Json]>([
  ['an environment variable', environmentFits, (value) => fn({ Environment: { Variables: { TEXT: 'x'.repeat(4080), MORE: value } } }), 'more'],
  ['a log level', logLevelNeedsJson, (value) => fn({ LoggingConfig: { LogFormat: 'Text', ApplicationLogLevel: value } }), 'INFO'],
  ['a capacity provider', runtimeRunsOnInstances, (value) => fn({ Runtime: 'python3.12', CapacityProviderConfig: value }), { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: { Ref: 'Provider' } } }],
  ['an organization', organizationIsForEveryoneInIt, (value) => ({ Permission: { Type: 'AWS::Lambda::LayerVersionPermission', Properties: { Principal: '111122223333', OrganizationId: value } } }), 'o-a1b2c3d4e5'],
  ['who calls a URL', urlAuthTypeIsForUrls, (value) => ({ Permission: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionUrlAuthType: value } } }), 'NONE'],
])('%s', (_, rule, resources, value) => {
  test('that is there is found', () => {
    expect(messagesOf(rule, resources(value))).toHaveLength(1);
  });

  test('that a condition may leave out is not', () => {
    expect(messagesOf(rule, resources({ 'Fn::If': ['IsTest', value, NONE] }))).toEqual([]);
  });

  test('that is left out is not', () => {
    expect(messagesOf(rule, resources(NONE))).toEqual([]);
  });
});

test('environment variables are measured as JSON without spaces', () => {
  const [message] = messagesOf(environmentFits, fn({ Environment: { Variables: { A1: 'x'.repeat(5000), B1: { Ref: 'Table' } } } }));
  expect(message).toContain(`got ${'{"A1":"","B1":""}'.length + 5000} or more`);
});

test('resources that wait for each other in a circle end the search for mount targets', () => {
  const resources = {
    ...fn({ FileSystemConfigs: [{ Arn: { 'Fn::GetAtt': ['Point', 'Arn'] }, LocalMountPath: '/mnt/orders' }], Role: { 'Fn::GetAtt': ['Role', 'Arn'] } }),
    Role: { Type: 'AWS::IAM::Role', DependsOn: ['Orders'] },
    Files: { Type: 'AWS::EFS::FileSystem' },
    Point: { Type: 'AWS::EFS::AccessPoint', Properties: { FileSystemId: { Ref: 'Files' } } },
    Target: { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: { Ref: 'Files' } } },
  };
  expect(messagesOf(mountTargetsComeFirst, resources)).toEqual([
    'a function that mounts a file system must be made after its mount targets, got no dependency on Target',
  ]);
});
