import { Stack, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LAMBDA_RECOGNIZE_LAYER_VERSION } from 'aws-cdk-lib/cx-api';
import { IConstruct } from 'constructs';
import { resolved } from './resolved';
import { shown } from './shown-value';
import { VersionInput } from './version-input';
import { NOTHING_TO_PUBLISH, recognizesLayers, Verdict } from './version-properties';

/**
 * What is in the layers of a function. `Layers[0]` names a layer; what is in a layer of the app may change while its name
 * in the template stays.
 *
 * The CDK sorts the layers by path and then goes by the last part of it: of two layers with the same one it sees the last.
 */
export function layerInputs(fn: lambda.Function): VersionInput[] {
  // Private to the CDK.
  const { _layers: layers = [] } = fn as unknown as { readonly _layers?: Iterable<lambda.ILayerVersion> };
  const seen = new Map<string, lambda.ILayerVersion>();
  const hidden: lambda.ILayerVersion[] = [];
  for (const layer of [...layers].sort(byPath)) {
    const before = seen.get(keyOf(layer));
    if (before) hidden.push(before);
    seen.set(keyOf(layer), layer);
  }
  return [
    ...[...seen].map(([key, layer], index) => ({ name: `LayerContents[${index}]`, value: shown([key, contentOf(layer)]), ...verdict(fn, layer) })),
    ...hidden.map((layer) => ({ name: `LayerContents.${layer.node.path}`, value: shown(contentOf(layer)), ...unseen(layer) })),
  ];
}

function byPath(one: IConstruct, other: IConstruct): number {
  if (one.node.path === other.node.path) return 0;
  return one.node.path < other.node.path ? -1 : 1;
}

function verdict(fn: lambda.Function, layer: lambda.ILayerVersion): Verdict {
  if (!recognizesLayers(fn)) {
    const why = `the CDK does not look into layers without the feature flag '${LAMBDA_RECOGNIZE_LAYER_VERSION}': the live alias keeps the old layer`;
    return { makesVersion: false, why };
  }
  if (layer.node.defaultChild) return { makesVersion: true, why: 'another layer version is made of it, which the function then has' };
  return { makesVersion: true, why: `what the app says of a layer that it did not make is in the hash; of its runtimes, ${NOTHING_TO_PUBLISH}` };
}

function unseen({ node }: IConstruct): Verdict {
  return { makesVersion: false, why: `the CDK tells layers apart by their id, and sees another one that is called '${node.id}' as well: rename one of them` };
}

/** What the CDK tells layers apart by. */
function keyOf(layer: lambda.ILayerVersion): string {
  const isOfApp = layer.node.defaultChild !== undefined;
  return isOfApp || Token.isUnresolved(layer.layerVersionArn) ? layer.node.id : layer.layerVersionArn;
}

function contentOf(layer: lambda.ILayerVersion): unknown {
  if (layer.node.defaultChild) return Object.fromEntries(Object.entries(resolved(layer).Properties ?? {}).sort(([a], [b]) => a < b ? -1 : 1));
  const runtimes = layer.compatibleRuntimes;
  const arn = layer.layerVersionArn;
  return Token.isUnresolved(arn) ? { arn: Stack.of(layer).resolve(arn), runtimes: runtimes?.map(({ name }) => name) } : runtimes;
}
