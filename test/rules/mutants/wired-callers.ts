import { Fn, Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { Wire } from './wired-app';
import { EventFunction, ResourcePolicyMode } from '../../../src';
import { MINIMAL } from '../../function/functions';
import { INTEGRATIONS, OTHER_INTEGRATIONS } from '../permissions/integrations';

type Integration = (scope: Construct, fn: lambda.IFunction) => unknown;

const ALIAS = 'alias of a lambda function';

/** What is called: ours in both renderings, and the CDK's own. */
const CALLED: Readonly<Record<string, (scope: Construct, id: string) => lambda.IFunction>> = {
  'event function with permissions': (scope, id) => new EventFunction(scope, id, MINIMAL),
  'event function with a document': (scope, id) => new EventFunction(scope, id, { ...MINIMAL, resourcePolicyMode: ResourcePolicyMode.DOCUMENT }),
  'lambda function': (scope, id) => new lambda.Function(scope, id, MINIMAL),
  [ALIAS]: (scope, id) => new lambda.Function(scope, id, MINIMAL).addAlias('live'),
};

const APIS = Object.keys(INTEGRATIONS).filter((name) => name.includes('API'));

/** Of these the CDK says nothing of the source, which a rule tells; ours do. */
const LEFT_OPEN = ['load balancer', 'rotation of a secret', 'function URL with IAM'];

/** Who calls by no construct of the CDK's. */
const CALLERS: Readonly<Record<string, Integration>> = {
  'function URL': OTHER_INTEGRATIONS['function URL'],
  'function URL behind CloudFront': (scope, fn) => {
    const { url } = fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM });
    const { originAccessControlId } = new cloudfront.FunctionUrlOriginAccessControl(scope, 'Control');
    const origin = { id: 'orders', domainName: Fn.select(2, Fn.split('/', url)), originAccessControlId, customOriginConfig: { originProtocolPolicy: 'https-only' } };
    const distribution = new cloudfront.CfnDistribution(scope, 'Distribution', {
      distributionConfig: { enabled: true, origins: [origin], defaultCacheBehavior: { targetOriginId: 'orders', viewerProtocolPolicy: 'https-only' } },
    });
    const caller = { principal: new iam.ServicePrincipal('cloudfront.amazonaws.com'), sourceArn: `arn:aws:cloudfront::${distribution.stack.account}:distribution/${distribution.ref}` };
    fn.addPermission('ByUrl', { ...caller, action: 'lambda:InvokeFunctionUrl', functionUrlAuthType: lambda.FunctionUrlAuthType.AWS_IAM });
    fn.addPermission('Invoke', { ...caller, invokedViaFunctionUrl: true });
    denyPublicUrls(fn);
  },
  'function URL with IAM': OTHER_INTEGRATIONS['function URL with IAM'],
  'skill of Alexa': (_, fn) => fn.addPermission('Alexa', { principal: new iam.ServicePrincipal('alexa-appkit.amazon.com'), eventSourceToken: 'amzn1.ask.skill.1' }),
  'organization': (_, fn) => fn.grantInvoke(new iam.OrganizationPrincipal('o-a1b2c3d4e5')),
};

/** Integrations that are wired together, to functions in turn: each app stays small, each function has several callers. */
const GROUPS: Readonly<Record<string, Readonly<Record<string, Integration>>>> = {
  events: Object.fromEntries(Object.entries(INTEGRATIONS).filter(([name]) => !APIS.includes(name))),
  APIs: Object.fromEntries(APIS.map((name) => [name, INTEGRATIONS[name]])),
  others: Object.fromEntries(Object.entries(OTHER_INTEGRATIONS).filter(([name]) => !name.includes('URL'))),
  callers: CALLERS,
};

/** What only a document can say. */
function denyPublicUrls(fn: lambda.IFunction): void {
  if (!(fn instanceof EventFunction) || fn.resourcePolicy.mode !== ResourcePolicyMode.DOCUMENT) return;
  fn.resourcePolicy.deny('PublicUrls', { principal: new iam.AnyPrincipal(), action: 'lambda:InvokeFunctionUrl', conditions: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } } });
}

function wireTo(make: (scope: Construct, id: string) => lambda.IFunction, group: Readonly<Record<string, Integration>>, isOurs: boolean): Wire {
  return (stack: Stack) => {
    const functions = ['Orders', 'Returns', 'Claims'].map((id) => make(stack, id));
    const wanted = Object.entries(group).filter(([name]) => isOurs || !LEFT_OPEN.includes(name));
    for (const [index, [name, integrate]] of wanted.entries()) {
      integrate(new Construct(stack, name.replace(/\W+/g, '')), functions[index % functions.length]);
    }
  };
}

/** Apps in which services call functions by way of their resource policies. */
export const CALLER_WIRINGS: Readonly<Record<string, Wire>> = Object.fromEntries(Object.entries(CALLED).flatMap(([called, make]) => {
  // that APIs call an alias is in the apps of event functions
  const groups = Object.entries(GROUPS).filter(([group]) => called !== ALIAS || !group.match(/^(APIs|others)$/));
  return groups.map(([group, integrations]) => [`${group}, ${called}`, wireTo(make, integrations, called.startsWith('event'))]);
}));
