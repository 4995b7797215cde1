import { Annotations, FeatureFlags } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LAMBDA_NODEJS_USE_LATEST_RUNTIME } from 'aws-cdk-lib/cx-api';
import { IConstruct } from 'constructs';
import { mistake } from '../../support/errors';

/** The runtime of a function that names none, as `NodejsFunction` chooses it. */
export function defaultRuntime(scope: IConstruct): lambda.Runtime {
  const newest = FeatureFlags.of(scope).isEnabled(LAMBDA_NODEJS_USE_LATEST_RUNTIME);
  return newest ? lambda.Runtime.NODEJS_LATEST : lambda.Runtime.NODEJS_16_X; // eslint-disable-line @typescript-eslint/no-deprecated
}

/** Refuses a runtime that is not Node.js. */
export function checkRuntime(scope: IConstruct, runtime: lambda.Runtime): void {
  if (runtime.family === lambda.RuntimeFamily.NODEJS) return;
  throw mistake(scope, {
    code: 'RuntimeNotNodejs',
    property: 'runtime',
    allowed: 'a runtime of Node.js',
    got: runtime.name,
    fix: 'choose one, or use EventFunction',
  });
}

/** `22` of `nodejs22.x`. */
export function nodeMajor(scope: IConstruct, runtime: lambda.Runtime): number {
  const [, major] = runtime.name.match(/^nodejs(\d+)/) ?? [];
  if (major !== undefined) return Number(major);
  throw mistake(scope, { code: 'RuntimeNotNodejs', property: 'runtime', allowed: 'a runtime such as nodejs22.x', got: runtime.name, fix: 'choose a newer one' });
}

/** Whether the runtime brings version 2 of the AWS SDK along, and not version 3. */
export function hasSdkV2(scope: IConstruct, runtime: lambda.Runtime): boolean {
  return nodeMajor(scope, runtime) <= 16;
}

/** Warns of modules that are left out of the bundle and that the runtime may not have. Ids and texts are those of `NodejsFunction`. */
export function warnOfExternals(scope: IConstruct, runtime: lambda.Runtime, externals: readonly string[]): void {
  const annotations = Annotations.of(scope);
  const v2 = hasSdkV2(scope, runtime);
  if (v2 && externals.length > 0) annotations.addWarningV2('aws-cdk-lib/aws-lambda-nodejs:runtimeUpdateSdkV2Breakage', SDK_V2_BREAKAGE);
  if (v2 && externals.some((name) => name.startsWith('@aws-sdk/'))) annotations.addWarningV2('@aws-cdk/aws-lambda-nodejs:sdkV3NotInRuntime', SDK_V3_ABSENT);
  if (!v2 && externals.includes('aws-sdk')) annotations.addWarningV2('@aws-cdk/aws-lambda-nodejs:sdkV2NotInRuntime', SDK_V2_ABSENT);
  if (runtime.isVariable && externals.length > 0) annotations.addWarningV2('@aws-cdk/aws-lambda-nodejs:variableRuntimeExternals', RUNTIME_VARIES);
}

const SDK_V2_BREAKAGE = 'Be aware that the NodeJS runtime of Node 16 will be deprecated by Lambda on June 12, 2024. Lambda runtimes Node 18 and higher include SDKv3 and not SDKv2. Updating your Lambda runtime will require bundling the SDK, or updating all SDK calls in your handler code to use SDKv3 (which is not a trivial update). Please account for this added complexity and update as soon as possible.';
const SDK_V3_ABSENT = 'If you are relying on AWS SDK v3 to be present in the Lambda environment already, please explicitly configure a NodeJS runtime of Node 18 or higher.';
const SDK_V2_ABSENT = 'If you are relying on AWS SDK v2 to be present in the Lambda environment already, please explicitly configure a NodeJS runtime of Node 16 or lower.';
const RUNTIME_VARIES = 'When using NODEJS_LATEST the runtime version may change as new runtimes are released, this may affect the availability of packages shipped with the environment. Ensure that any external dependencies are available through layers or specify a specific runtime version.';

/** Sets the variable that makes version 2 of the AWS SDK keep its connections, as `NodejsFunction` does. */
export function reuseConnections(fn: lambda.Function, runtime: lambda.Runtime, wanted?: boolean): void {
  const v2 = hasSdkV2(fn, runtime);
  if (!(wanted ?? v2)) return;
  if (!v2) Annotations.of(fn).addWarningV2('aws-cdk-lib/aws-lambda-nodejs:unusedSdkEvironmentVariable', VARIABLE_UNUSED);
  fn.addEnvironment('AWS_NODEJS_CONNECTION_REUSE_ENABLED', '1', { removeInEdge: true });
}

const VARIABLE_UNUSED = 'The AWS_NODEJS_CONNECTION_REUSE_ENABLED environment variable does not exist in SDK v3. You have explicitly set `awsSdkConnectionReuse`; please make sure this is intentional.';
