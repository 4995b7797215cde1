import * as path from 'path';
import { CloudAssembly, CloudFormationStackArtifact, UNKNOWN_ACCOUNT, UNKNOWN_REGION } from 'aws-cdk-lib/cx-api';
import { Open, readAssets } from './assets';
import { readDeclaredLayers } from './declared-layers';
import { contentsOf } from './known-contents';
import { nestedStacks } from './nested-stacks';
import { readJson } from './read-json';
import { AppModel } from '../model/app';
import { TemplateSource } from '../model/template';

/**
 * Reads a cloud assembly (`cdk.out`) into the model.
 *
 * Follows the manifest, since the folder may hold leftovers of former syntheses. Asset files are opened only when
 * the model is asked for their size.
 *
 * @param directory the assembly
 * @param only the template files to read, all by default
 * @param onOpened called with the name of each asset that was looked into
 */
export function readAssembly(directory: string, only?: ReadonlySet<string>, onOpened?: (name: string) => void): AppModel {
  const assembly = new CloudAssembly(path.resolve(directory));
  const stacks = assembly.stacksRecursively.filter((stack) => only === undefined || only.has(stack.templateFullPath));
  const open: Open = (file, name) => {
    const contents = contentsOf(file);
    onOpened?.(name);
    return contents;
  };
  return new AppModel(stacks.map((stack) => readStack(stack, open)));
}

function readStack(artifact: CloudFormationStackArtifact, open: Open): TemplateSource {
  const { account, region } = artifact.environment;
  const { files, images } = readAssets(artifact, open);
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
