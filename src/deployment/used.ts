import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { arnIn } from './names';
import { refersToNothing } from '../support/references';

/**
 * What Lambda does, with the rights of the deployer, to what a function uses: only where the function uses it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resource-type-schemas.html
 */
export function usedPermissions(cfnFunction: lambda.CfnFunction): iam.PolicyStatement[] {
  const stack = Stack.of(cfnFunction);
  const has = (value: unknown) => stack.resolve(value) !== undefined;
  return [
    ...readLayers(cfnFunction, stack),
    ...has(cfnFunction.vpcConfig) ? [describe('ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs')] : [],
    ...has(cfnFunction.fileSystemConfigs) ? [describe('elasticfilesystem:DescribeMountTargets', 's3files:ListMountTargets')] : [],
    ...useKeys(cfnFunction, stack),
    ...useCodeSigning(cfnFunction),
    ...useCapacity(cfnFunction, stack),
  ];
}

/** Actions that take no narrower resource. */
function describe(...actions: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources: ['*'] });
}

function readLayers(cfnFunction: lambda.CfnFunction, stack: Stack): iam.PolicyStatement[] {
  const layers: unknown[] = stack.resolve(cfnFunction.layers) ?? [];
  if (layers.length === 0) return [];
  // The version of a layer of the app is made up by its deployment.
  const own = stack.formatArn({ service: 'lambda', resource: 'layer', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  const arns = layers.map((layer) => refersToNothing(layer) ? Token.asString(layer) : own);
  return [new iam.PolicyStatement({ actions: ['lambda:GetLayerVersion'], resources: [...new Set(arns)] })];
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html */
function useKeys(cfnFunction: lambda.CfnFunction, stack: Stack): iam.PolicyStatement[] {
  const ofCode: unknown = stack.resolve(cfnFunction.code)?.sourceKmsKeyArn;
  const keys = [cfnFunction.kmsKeyArn, ofCode].filter((key) => key !== undefined);
  if (keys.length === 0) return [];
  const any = stack.formatArn({ service: 'kms', resource: 'key', resourceName: '*' });
  return [new iam.PolicyStatement({
    actions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
    resources: [...new Set(keys.map((key) => arnIn(stack, Token.asString(key), any)))],
    conditions: { StringLike: { 'kms:ViaService': `lambda.${stack.region}.amazonaws.com*` } }, // .cn in China
  })];
}

function useCodeSigning({ codeSigningConfigArn, stack }: lambda.CfnFunction): iam.PolicyStatement[] {
  if (codeSigningConfigArn === undefined) return [];
  const any = stack.formatArn({ service: 'lambda', resource: 'code-signing-config', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  return [new iam.PolicyStatement({
    actions: ['lambda:GetCodeSigningConfig', 'lambda:PutFunctionCodeSigningConfig'],
    resources: [arnIn(stack, codeSigningConfigArn, any)],
  })];
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-security.html */
function useCapacity({ capacityProviderConfig }: lambda.CfnFunction, stack: Stack): iam.PolicyStatement[] {
  const config = stack.resolve(capacityProviderConfig)?.lambdaManagedInstancesCapacityProviderConfig;
  if (config === undefined) return [];
  const any = stack.formatArn({ service: 'lambda', resource: 'capacity-provider', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  return [new iam.PolicyStatement({ actions: ['lambda:PassCapacityProvider'], resources: [arnIn(stack, Token.asString(config.capacityProviderArn), any)] })];
}
