import { FeatureFlags } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LAMBDA_RECOGNIZE_LAYER_VERSION, LAMBDA_RECOGNIZE_VERSION_PROPS } from 'aws-cdk-lib/cx-api';

/** What a change means for the version. */
export interface Verdict {
  readonly makesVersion: boolean;
  readonly why: string;
}

/**
 * Which properties of a function the CDK puts into the hash of its version, in an app with the feature flag for it.
 *
 * The list of the CDK (`VERSION_LOCKED` in `aws-lambda/lib/function-hash.js`), which it does not publish; a test holds
 * ours against it.
 */
const IN_HASH: Readonly<Record<string, boolean>> = {
  Architectures: true,
  CapacityProviderConfig: true,
  Code: true,
  CodeSigningConfigArn: false,
  DeadLetterConfig: true,
  Description: true,
  DurableConfig: true,
  Environment: true,
  EphemeralStorage: true,
  FileSystemConfigs: true,
  FunctionName: true,
  FunctionScalingConfig: true,
  Handler: true,
  ImageConfig: true,
  KmsKeyArn: true,
  Layers: true,
  LoggingConfig: true,
  MemorySize: true,
  PackageType: true,
  PublishToLatestPublished: true,
  RecursiveLoop: true,
  ReservedConcurrentExecutions: false,
  Role: true,
  Runtime: true,
  RuntimeManagementConfig: true,
  SnapStart: true,
  Tags: false,
  TenancyConfig: false,
  Timeout: true,
  TracingConfig: true,
  VpcConfig: true,
};

/** Properties that Lambda keeps apart from code and configuration, and the call of the Lambda API that sets each. */
const APART: Readonly<Record<string, string>> = {
  CodeSigningConfigArn: 'PutFunctionCodeSigningConfig',
  FunctionScalingConfig: 'PutFunctionScalingConfig',
  RecursiveLoop: 'PutFunctionRecursionConfig',
  ReservedConcurrentExecutions: 'PutFunctionConcurrency',
  RuntimeManagementConfig: 'PutRuntimeManagementConfig',
  Tags: 'TagResource',
};

/** Properties that cannot change: CloudFormation makes another function. */
const REPLACING = ['FunctionName', 'PackageType', 'TenancyConfig'];

/** What AWS answers to whoever publishes what is published already. */
export const REFUSED = 'A version for this Lambda function exists ( N ). Modify the function to create a new version.';

/** What a change of something that Lambda does not see ends in, if nothing else changes with it. */
export const NOTHING_TO_PUBLISH = `alone it is no change for Lambda, which refuses the deployment: '${REFUSED}'`;

/** Whether the CDK looks at the properties that matter, rather than at all that the template says of the function. */
export function recognizesProperties(fn: lambda.Function): boolean {
  return FeatureFlags.of(fn).isEnabled(LAMBDA_RECOGNIZE_VERSION_PROPS) ?? false;
}

/** Whether the CDK looks into the layers that a function has. */
export function recognizesLayers(fn: lambda.Function): boolean {
  return FeatureFlags.of(fn).isEnabled(LAMBDA_RECOGNIZE_LAYER_VERSION) ?? false;
}

/** What a change of a property of the function means. */
export function verdictOf(fn: lambda.Function, property: string): Verdict {
  const makesVersion = !recognizesProperties(fn) || isInHash(property);
  if (makesVersion) return { makesVersion, why: whyItDoes(fn, property) };
  if (REPLACING.includes(property)) return { makesVersion, why: 'it cannot change: CloudFormation makes another function, whose versions begin anew' };
  const call = APART[property];
  return { makesVersion, why: call ? `no part of a version: Lambda keeps it for the function as a whole (${call})` : 'no part of a version, as the app says' };
}

function whyItDoes(fn: lambda.Function, property: string): string {
  if (REPLACING.includes(property)) return 'with another value CloudFormation makes another function, whose versions begin anew';
  const call = APART[property];
  if (call) return `in the hash that the CDK makes; Lambda keeps it apart from a version (${call}): ${NOTHING_TO_PUBLISH}; ${remedy(fn, property)}`;
  if (property === 'PublishToLatestPublished') return `in the hash that the CDK makes; of functions of a capacity provider only: perhaps ${NOTHING_TO_PUBLISH}`;
  return 'part of what a version keeps';
}

function remedy(fn: lambda.Function, property: string): string {
  if (recognizesProperties(fn)) return `say \`Function.classifyVersionProperty('${property}', false)\`, or change something else with it`;
  return `set the feature flag '${LAMBDA_RECOGNIZE_VERSION_PROPS}', or change something else with it`;
}

/** Also what the app has said of properties itself, which the CDK keeps where only it can see it. */
function isInHash(property: string): boolean {
  const { _VER_PROPS: said = {} } = lambda.Function as unknown as { readonly _VER_PROPS?: Readonly<Record<string, boolean>> };
  return { ...IN_HASH, ...said }[property] ?? true;
}
