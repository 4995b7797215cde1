import { distribution, fn, VERSION } from './examples';
import { EDGE_STORAGE } from '../../limits/edge';
import type { Resource } from '../../model/resource';
import { isNoValue, isObject, isTransformed, intrinsic, JsonObject } from '../../model/template';
import { edgeFunctions } from '../../model/triggers/edge';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

/** A function that CloudFront runs. */
function edge(properties: JsonObject) {
  return { Orders: fn(properties), V1: VERSION, Shop: distribution() };
}

export const edgeFunctionFitsEdge: Rule = {
  id: 'edge-function-fits-edge',
  title: 'Functions that CloudFront runs have nothing that edge locations have not',
  severity: 'error',
  why: 'CloudFront refuses the distribution, twenty minutes into its deployment: edge locations know no environment variables, networks, layers, images, arm64 processors, dead-letter queues, tracing, or more than 512 MB of temporary storage',
  fix: 'leave the setting out; put configuration into the code, or read it from where the function is',
  source: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html',
  answers: [
    'The function cannot have environment variables.',
    'Lambda@Edge does not support functions with an architecture of arm64',
    'The function has a runtime that is not supported by Lambda@Edge: nodejs12.x',
  ],
  since: '0.1.0',

  valid: [
    { title: 'a function with a runtime', resources: edge({}) },
    { title: 'Python', resources: edge({ Runtime: 'python3.13', Architectures: ['x86_64'] }) },
    { title: 'as much storage as there is', resources: edge({ EphemeralStorage: { Size: 512 }, TracingConfig: { Mode: 'PassThrough' }, PackageType: 'Zip' }) },
    { title: 'empty lists', resources: edge({ Layers: [], Environment: { Variables: {} }, VpcConfig: { SubnetIds: [] } }) },
    { title: 'settings that depend on a condition', resources: edge({ Layers: { 'Fn::If': ['IsEdge', { Ref: 'AWS::NoValue' }, ['arn']] }, Environment: { Variables: { 'Fn::If': ['IsEdge', { Ref: 'AWS::NoValue' }, { TABLE: 'orders' }] } } }) },
    { title: 'an architecture that a parameter names', resources: edge({ Architectures: [{ Ref: 'Architecture' }], Runtime: { Ref: 'Runtime' } }) },
    { title: 'a function of no distribution', resources: { Orders: fn({ Runtime: 'java21' }), V1: VERSION } },
  ],
  invalid: [
    { title: 'it has environment variables', at: 'Orders/Properties/Environment', resources: edge({ Environment: { Variables: { TABLE: 'orders' } } }) },
    { title: 'it is for arm64', at: 'Orders/Properties/Architectures', resources: edge({ Architectures: ['arm64'] }) },
    { title: 'its runtime is another', at: 'Orders/Properties/Runtime', resources: edge({ Runtime: 'java21' }) },
    { title: 'it is in a VPC', at: 'Orders/Properties/VpcConfig', resources: edge({ VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } }) },
    { title: 'it has layers', at: 'Orders/Properties/Layers', resources: edge({ Layers: ['arn:aws:lambda:us-east-1:123456789012:layer:tools:1'] }) },
    { title: 'it is an image', at: 'Orders/Properties/PackageType', resources: { Orders: { Type: 'AWS::Lambda::Function', Properties: { PackageType: 'Image' } }, V1: VERSION, Shop: distribution() } },
    { title: 'it has a dead-letter queue', at: 'Orders/Properties/DeadLetterConfig', resources: edge({ DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:123456789012:failed' } }) },
    { title: 'it is traced', at: 'Orders/Properties/TracingConfig', resources: edge({ TracingConfig: { Mode: 'Active' } }) },
    { title: 'it has more storage', at: 'Orders/Properties/EphemeralStorage', resources: edge({ EphemeralStorage: { Size: 1024 } }) },
  ],

  * check(app) {
    for (const [resource, call] of edgeFunctions(app)) {
      for (const { property, allowed, got } of problems(resource)) {
        yield { resource, path: `Properties/${property}`, message: `${property} of ${resource.label}, which CloudFront runs for ${call.resource.label}, must be ${allowed}, got ${got}`.replace(/^./, (letter) => letter.toLowerCase()) };
      }
    }
  },
};

interface Problem { readonly property: string; readonly allowed: string; readonly got: string }

const LEFT_OUT = 'left out';

function problems(fnResource: Resource): Problem[] {
  const runtime = valueOf(fnResource.text('Runtime'));
  const architectures = valueOf(fnResource.texts('Architectures')) ?? [];
  const storage = valueOf(fnResource.number('EphemeralStorage.Size'));
  const variables = namesIn(fnResource, 'Environment.Variables');
  const counts = [['Layers', entriesIn(fnResource, 'Layers'), 'layers'], ['VpcConfig', entriesIn(fnResource, 'VpcConfig.SubnetIds'), 'subnets']] as const;
  return [
    ...variables.length > 0 ? [{ property: 'Environment', allowed: LEFT_OUT, got: variables.join(', ') }] : [],
    ...architectures.includes('arm64') ? [{ property: 'Architectures', allowed: 'x86_64', got: 'arm64' }] : [],
    ...runtime !== undefined && !/^(nodejs|python)\d/.test(runtime) ? [{ property: 'Runtime', allowed: 'one of Node.js or Python', got: runtime }] : [],
    ...counts.flatMap(([property, count, what]) => count > 0 ? [{ property, allowed: LEFT_OUT, got: `${count} ${what}` }] : []),
    ...valueOf(fnResource.text('PackageType')) === 'Image' ? [{ property: 'PackageType', allowed: 'Zip', got: 'Image' }] : [],
    ...valueOf(fnResource.text('DeadLetterConfig.TargetArn')) !== undefined ? [{ property: 'DeadLetterConfig', allowed: LEFT_OUT, got: 'one' }] : [],
    ...valueOf(fnResource.text('TracingConfig.Mode')) === 'Active' ? [{ property: 'TracingConfig', allowed: LEFT_OUT, got: 'Active' }] : [],
    ...storage !== undefined && storage > EDGE_STORAGE ? [{ property: 'EphemeralStorage', allowed: `at most ${EDGE_STORAGE} MB`, got: `${storage}` }] : [],
  ];
}

/** Names of variables that are there whatever the deployment decides. */
function namesIn(fnResource: Resource, path: string): string[] {
  const variables = valueOf(fnResource.raw(path));
  if (!isObject(variables) || intrinsic(variables) || isTransformed(variables)) return [];
  return Object.keys(variables).filter((name) => {
    const value = variables[name];
    return value !== null && !isNoValue(value) && intrinsic(value)?.name !== 'Fn::If';
  });
}

function entriesIn(fnResource: Resource, path: string): number {
  const entries = valueOf(fnResource.list(path)) ?? [];
  return entries.filter((entry) => intrinsic(entry)?.name !== 'Fn::If').length;
}
