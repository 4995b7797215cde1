import { Json, JsonObject } from '../../model/template';

/** Resources that the examples of several rules are made of. */

export function fn(properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'java21', ...properties } };
}

export const ORDERS = fn();

export const ORDERS_ARN: JsonObject = { 'Fn::GetAtt': ['Orders', 'Arn'] };

/** A version of the function. */
export function version(properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Orders' }, ...properties } };
}

/** The number of a version of the example. */
export function numberOf(logicalId: string): JsonObject {
  return { 'Fn::GetAtt': [logicalId, 'Version'] };
}

/** An alias of the function. */
export function alias(functionVersion: Json, properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Orders' }, FunctionVersion: functionVersion, Name: 'live', ...properties } };
}

/** An alias that shares its traffic. */
export function weighted(functionVersion: Json, ...others: readonly (readonly [Json, Json])[]): JsonObject {
  const weights = others.map(([other, share]): JsonObject => ({ FunctionVersion: other, FunctionWeight: share }));
  return alias(functionVersion, { RoutingConfig: { AdditionalVersionWeights: weights } });
}

/** The property that gives an alias or a version provisioned concurrency. */
export function provisioned(amount: Json = 5): JsonObject {
  return { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: amount } };
}

/** What scales the provisioned concurrency of an alias of the function. */
export function scaled(resourceId: Json = { 'Fn::Sub': 'function:${Orders}:live' }, maxCapacity: Json = 10): JsonObject {
  const properties = { ServiceNamespace: 'lambda', ScalableDimension: 'lambda:function:ProvisionedConcurrency', ResourceId: resourceId };
  return { Type: 'AWS::ApplicationAutoScaling::ScalableTarget', Properties: { ...properties, MinCapacity: 1, MaxCapacity: maxCapacity } };
}

/** A rule of EventBridge that calls the function, or its alias. */
export function rule(arn: Json = ORDERS_ARN): JsonObject {
  return { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 day)', Targets: [{ Id: 'Orders', Arn: arn }] } };
}

/** The application of CodeDeploy and the group of the alias, with the role that it works with. */
export const CODE_DEPLOY: JsonObject = {
  Shop: { Type: 'AWS::CodeDeploy::Application', Properties: { ComputePlatform: 'Lambda' } },
  Group: { Type: 'AWS::CodeDeploy::DeploymentGroup', Properties: { ApplicationName: { Ref: 'Shop' }, ServiceRoleArn: { 'Fn::GetAtt': ['Deployer', 'Arn'] } } },
};

/** An alias whose traffic CodeDeploy shifts. */
export function shifted(policy: JsonObject = {}, properties: JsonObject = {}): JsonObject {
  const update = { ApplicationName: { Ref: 'Shop' }, DeploymentGroupName: { Ref: 'Group' }, ...policy };
  return { ...alias(numberOf('V1'), properties), UpdatePolicy: { CodeDeployLambdaAliasUpdate: update } };
}

/** A role for a service, with these statements and managed policies. */
export function role(service: string, statements: readonly JsonObject[] = [], managed: readonly Json[] = []): JsonObject {
  const trust = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }] };
  const policies = [{ PolicyName: 'Own', PolicyDocument: { Statement: [...statements] } }];
  return { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust, Policies: policies, ManagedPolicyArns: [...managed] } };
}
