import * as path from 'path';
import { FeatureFlags } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as nodejs from 'aws-cdk-lib/aws-lambda-nodejs';
import { LAMBDA_NODEJS_SDK_V3_EXCLUDE_SMITHY_PACKAGES } from 'aws-cdk-lib/cx-api';
import { IConstruct } from 'constructs';
import type { BuildOptions } from 'esbuild';
import { relativePath } from './paths';
import { hasSdkV2, nodeMajor, warnOfExternals } from './runtimes';
import { mistake } from '../../support/errors';

/** What of a build is the same for all functions that are built together. Plain data: its JSON is a key. */
export type EsbuildOptions = Pick<BuildOptions,
  'bundle' | 'platform' | 'target' | 'format' | 'outExtension' | 'minify' | 'sourcemap' | 'sourcesContent' | 'external' | 'loader' | 'define' | 'logLevel'
  | 'keepNames' | 'tsconfig' | 'banner' | 'footer' | 'mainFields' | 'inject' | 'charset'>;

/** Who does what an option asks for: esbuild's API, for many functions at once; or the CDK, one function at a time. */
type Doer = 'api' | 'cdk';

/** All options there are: a new one of the CDK does not compile until it is here, and is left to the CDK where it is newer than this. */
const DOERS: Required<{ [name in keyof nodejs.BundlingOptions]: Doer }> = {
  assetHash: 'api',
  banner: 'api',
  bundleAwsSDK: 'api',
  charset: 'api',
  define: 'api',
  externalModules: 'api',
  footer: 'api',
  format: 'api',
  inject: 'api',
  keepNames: 'api',
  loader: 'api',
  logLevel: 'api',
  mainFields: 'api',
  metafile: 'api',
  minify: 'api',
  sourceMap: 'api',
  sourceMapMode: 'api',
  sourcesContent: 'api',
  target: 'api',
  tsconfig: 'api',
  // arguments of a command line, which the API does not take
  esbuildArgs: 'cdk',
  // other programs: package managers, shells, the TypeScript compiler
  commandHooks: 'cdk',
  environment: 'cdk',
  nodeModules: 'cdk',
  preCompilation: 'cdk',
  // Docker
  buildArgs: 'cdk',
  bundlingFileAccess: 'cdk',
  command: 'cdk',
  dockerImage: 'cdk',
  entrypoint: 'cdk',
  esbuildVersion: 'cdk',
  forceDockerBundling: 'cdk',
  network: 'cdk',
  platform: 'cdk',
  securityOpt: 'cdk',
  user: 'cdk',
  volumes: 'cdk',
  volumesFrom: 'cdk',
  workingDirectory: 'cdk',
};

/** Whether a function must be bundled by the CDK, since an option asks for what esbuild's API does not do. */
export function isLeftToCdk(bundling: nodejs.BundlingOptions = {}): boolean {
  const doers: Record<string, Doer | undefined> = DOERS;
  return Object.entries(bundling).some(([name, value]) => value !== undefined && value !== false && doers[name] !== 'api');
}

/** The options in esbuild's words, as the CDK spells them on its command line. */
export function esbuildOptions(
  scope: IConstruct, runtime: lambda.Runtime, projectRoot: string, bundling: nodejs.BundlingOptions = {},
): EsbuildOptions {
  const { format, loader, define, banner, footer, mainFields, inject, charset, logLevel, tsconfig } = bundling;
  checkFormat(scope, runtime, format);
  return {
    bundle: true,
    platform: 'node',
    target: (bundling.target ?? `node${nodeMajor(scope, runtime)}`).split(','),
    format,
    outExtension: format === nodejs.OutputFormat.ESM ? { '.js': '.mjs' } : undefined,
    minify: bundling.minify || undefined,
    sourcemap: sourceMap(scope, bundling),
    sourcesContent: bundling.sourcesContent === false ? false : undefined,
    external: externals(scope, runtime, bundling),
    loader: loader as EsbuildOptions['loader'],
    define,
    logLevel,
    keepNames: bundling.keepNames || undefined,
    // relative, so that it is the same wherever the project is
    tsconfig: tsconfig && relativePath(projectRoot, path.resolve(tsconfig)),
    banner: banner ? { js: banner } : undefined,
    footer: footer ? { js: footer } : undefined,
    mainFields,
    inject,
    charset,
  };
}

function checkFormat(scope: IConstruct, runtime: lambda.Runtime, format?: nodejs.OutputFormat): void {
  if (format !== nodejs.OutputFormat.ESM || nodeMajor(scope, runtime) >= 14) return;
  throw mistake(scope, {
    code: 'RuntimeWithoutModules',
    property: 'bundling.format',
    allowed: 'OutputFormat.CJS when the runtime is older than nodejs14.x',
    got: format,
    fix: 'choose a newer runtime',
  });
}

function sourceMap(scope: IConstruct, { sourceMap: wanted, sourceMapMode: mode }: nodejs.BundlingOptions): EsbuildOptions['sourcemap'] {
  if (wanted === false && mode) {
    throw mistake(scope, {
      code: 'SourceMapModeWithoutSourceMap',
      property: 'bundling.sourceMapMode',
      allowed: 'absent when sourceMap is false',
      got: mode,
      fix: 'leave one of the two out',
    });
  }
  if (!mode) return wanted || undefined;
  return mode === nodejs.SourceMapMode.DEFAULT ? true : mode;
}

/** Modules that are not bundled since they are there already: the AWS SDK that the runtime brings along. */
function externals(scope: IConstruct, runtime: lambda.Runtime, { externalModules, bundleAwsSDK }: nodejs.BundlingOptions): string[] {
  const all = externalModules ?? (bundleAwsSDK || runtime.isVariable ? [] : sdkOf(scope, runtime));
  warnOfExternals(scope, runtime, all);
  return all;
}

function sdkOf(scope: IConstruct, runtime: lambda.Runtime): string[] {
  if (hasSdkV2(scope, runtime)) return ['aws-sdk'];
  const withSmithy = FeatureFlags.of(scope).isEnabled(LAMBDA_NODEJS_SDK_V3_EXCLUDE_SMITHY_PACKAGES);
  return ['@aws-sdk/*', ...withSmithy ? ['@smithy/*'] : []];
}
