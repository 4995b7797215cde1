import { fn, onInstances } from './examples';
import { regionIn } from '../../model/arn-region';
import { textOf } from '../../model/iam/text';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

/** What Lambda was seen to refuse of another Region; layers, images, dead letters and sources have rules of their own. */
const NAMED = [
  { type: 'AWS::Lambda::Function', property: 'RuntimeManagementConfig.RuntimeVersionArn', what: 'version of the runtime' },
  { type: 'AWS::Lambda::Function', property: 'DurableConfig.KMSKeyArn', what: 'key of durable executions' },
  { type: 'AWS::Lambda::Function', property: 'CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.CapacityProviderArn', what: 'capacity provider' },
  { type: 'AWS::Lambda::Permission', property: 'FunctionName', what: 'function of a permission' },
] as const;

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/12345678-1234-1234-1234-123456789012';
const PROVIDER = 'arn:aws:lambda:us-east-1:111122223333:capacity-provider:shared';
const manual = (arn: string): JsonObject => fn({ RuntimeManagementConfig: { UpdateRuntimeOn: 'Manual', RuntimeVersionArn: arn } });
const permission = (functionName: string): JsonObject => ({ Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: functionName, Principal: '444455556666' } });

export const namedResourcesAreInRegion: Rule = {
  id: 'named-resources-are-in-region',
  title: 'Keys, capacity providers and versions of runtimes are in the Region of the function that names them',
  severity: 'fatal',
  why: 'Lambda of one Region looks for them there only, and refuses the deployment',
  fix: 'name the one in the Region of the stack, or move the stack',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html',
  answers: [
    'The KMS key must reside in the same region as the function.',
    'Capacity provider arn invalid: capacity-provider:arn:aws:lambda:eu-west-1:',
    'Invalid runtime version ARN (arn:aws:lambda:eu-west-1::runtime:8b993aab9f05546fb8bbd006aab4afa21b3df8ffc81cb18683800e55613267c7). Check the runtime version ARN and retry the request.',
    "Functions from 'us-west-2' are not reachable in this region ('us-east-1')",
  ],
  since: '0.1.0',

  valid: [
    { title: 'the Region of the stack', region: 'us-east-1', resources: { Orders: onInstances({ DurableConfig: { KMSKeyArn: KEY } }, PROVIDER) } },
    { title: 'a stack without a Region', resources: { Orders: onInstances({ DurableConfig: { KMSKeyArn: KEY } }, PROVIDER) } },
    { title: 'an ARN that a parameter holds', region: 'eu-west-1', resources: { Orders: onInstances({ DurableConfig: { KMSKeyArn: { Ref: 'KeyArn' } } }, { Ref: 'Provider' }) } },
    { title: 'a function by its name', region: 'eu-west-1', resources: { Permission: permission('orders') } },
  ],
  invalid: [
    { title: 'a key is elsewhere', at: 'Orders/Properties/DurableConfig/KMSKeyArn', region: 'eu-west-1', resources: { Orders: fn({ DurableConfig: { ExecutionTimeout: 60, KMSKeyArn: KEY } }) } },
    { title: 'a capacity provider is elsewhere', at: 'Orders/Properties/CapacityProviderConfig/LambdaManagedInstancesCapacityProviderConfig/CapacityProviderArn', region: 'eu-west-1', resources: { Orders: onInstances({}, PROVIDER) } },
    { title: 'the runtime is one of another Region', at: 'Orders/Properties/RuntimeManagementConfig/RuntimeVersionArn', region: 'eu-west-1', resources: { Orders: manual('arn:aws:lambda:us-east-1::runtime:8b993aab9f05546fb8bbd006aab4afa21b3df8ffc81cb18683800e55613267c7') } },
    { title: 'a permission is for a function elsewhere', at: 'Permission/Properties/FunctionName', region: 'eu-west-1', resources: { Permission: permission('arn:aws:lambda:us-west-2:111122223333:function:orders') } },
  ],

  * check(app) {
    for (const { type, property, what } of NAMED) {
      for (const resource of app.ofType(type)) {
        const raw = resource.raw(property);
        const [here, there] = [resource.stack.region, raw.kind === 'known' ? regionIn(textOf(raw.value, resource.stack)) : undefined];
        if (here === undefined || there === undefined || here === there) continue;
        yield { resource, path: `Properties/${property.replaceAll('.', '/')}`, message: `${what} must be in ${here}, the Region of the stack, got ${there}` };
      }
    }
  },
};
