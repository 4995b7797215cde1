import * as path from 'path';
import { CloudAssembly, CloudFormationStackArtifact, UNKNOWN_ACCOUNT, UNKNOWN_REGION } from 'aws-cdk-lib/cx-api';
import { FileAsset, Open, readAssets } from './assets';
import { readDeclaredLayers } from './declared-layers';
import { readDeclaredQuotas } from './declared-quotas';
import { contentsOf } from './known-contents';
import { nestedStacks } from './nested-stacks';
import { readJson } from './read-json';
import { AppModel } from '../model/app';
import { SaidQuota, TemplateSource } from '../model/template';

/** How an assembly is read. */
export interface Reading {
  /** Called with the name of each asset that was looked into. */
  readonly onOpened?: (name: string) => void;
  /** Template files of stacks whose code nobody needs now: it is not bundled, and their assets are its sources. */
  readonly unbundled?: ReadonlySet<string>;
  /** Concurrency quotas of accounts, in place of what the metadata of the assembly says of the same accounts and Regions. */
  readonly quotas?: readonly SaidQuota[];
}

/**
 * Reads a cloud assembly (`cdk.out`) into the model.
 *
 * Follows the manifest, since the folder may hold leftovers of former syntheses. Asset files are opened only when
 * the model is asked for their size.
 *
 * @param directory the assembly
 * @param only the template files to read, all by default
 * @param how what else there is to know
 */
export function readAssembly(directory: string, only?: ReadonlySet<string>, how: Reading = {}): AppModel {
  const root = path.resolve(directory);
  const stacks = new CloudAssembly(root).stacksRecursively.filter((stack) => only === undefined || only.has(stack.templateFullPath));
  const open: Open = (file, name) => {
    const contents = contentsOf(file);
    how.onOpened?.(name);
    return contents;
  };
  const isHere = ({ file }: FileAsset) => file.startsWith(`${root}${path.sep}`);
  return new AppModel(stacks.map((stack) => {
    const { files, images } = readAssets(stack, open);
    return readStack(stack, { images, files: how.unbundled?.has(stack.templateFullPath) ? files.filter(isHere) : files });
  }), joinedQuotas(how.quotas ?? [], stacks.flatMap(readDeclaredQuotas)));
}

function joinedQuotas(said: readonly SaidQuota[], declared: readonly SaidQuota[]): SaidQuota[] {
  const isSaid = ({ account, region }: SaidQuota) => said.some((quota) => quota.account === account && quota.region === region);
  return [...said, ...declared.filter((quota) => !isSaid(quota))];
}

function readStack(artifact: CloudFormationStackArtifact, { files, images }: ReturnType<typeof readAssets>): TemplateSource {
  const { account, region } = artifact.environment;
  return nestedStacks({
    path: artifact.hierarchicalId,
    stackName: artifact.stackName,
    account: account === UNKNOWN_ACCOUNT ? undefined : account,
    region: region === UNKNOWN_REGION ? undefined : region,
    assets: files,
    images,
    constructPaths: constructPaths(artifact),
    declarations: readDeclaredLayers(artifact),
    templatePath: artifact.templateFullPath,
    template: readJson(artifact.templateFullPath),
    nested: [],
  });
}

/** Construct paths by logical id, read from the stack's metadata when first asked for. */
function constructPaths(artifact: CloudFormationStackArtifact): (logicalId: string) => readonly string[] {
  let paths: Map<string, string[]> | undefined;
  return (logicalId) => {
    paths ??= collectPaths(artifact);
    return paths.get(logicalId) ?? [];
  };
}

function collectPaths(artifact: CloudFormationStackArtifact): Map<string, string[]> {
  const paths = new Map<string, string[]>();
  for (const { path: construct, data } of artifact.findMetadataByType('aws:cdk:logicalId')) {
    paths.set(String(data), [...paths.get(String(data)) ?? [], construct.slice(1)]);
  }
  return paths;
}
