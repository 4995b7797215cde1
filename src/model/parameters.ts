import type { Stack } from './stack';
import { intrinsic, Json } from './template';

/** Parameters that the CDK makes for assets have a hash of the content in their name. */
const OF_ASSET = /AssetParameters[0-9a-f]{32,64}/;

/**
 * Parameters of the template that a value names and that a deployment may give another value: not those of assets, nor
 * those of a nested stack unless its parent passes on one of its own.
 */
export function parametersIn(json: Json | undefined, stack: Stack): string[] {
  return [...new Set(namesIn(json))].filter((name) => stack.isParameter(name) && mayChange(name, stack));
}

function mayChange(name: string, stack: Stack): boolean {
  if (OF_ASSET.test(name)) return false;
  if (!stack.parent) return true;
  const given = stack.parent.raw(`Parameters.${name}`);
  return given.kind === 'known' && parametersIn(given.value, stack.parent.stack).length > 0;
}

/** What `Ref` and `Fn::Sub` name, wherever it stands in a value. */
function namesIn(json: Json | undefined): string[] {
  if (typeof json !== 'object' || json === null) return [];
  const { name, argument } = intrinsic(json) ?? {};
  if (name === 'Ref') return typeof argument === 'string' ? [argument] : [];
  const [text, variables] = Array.isArray(argument) ? argument : [argument];
  if (name === 'Fn::Sub' && typeof text === 'string') return [...namesInText(text, variables), ...namesIn(variables)];
  return Object.values(json).flatMap((part) => namesIn(part));
}

function namesInText(text: string, variables: Json | undefined): string[] {
  const own = typeof variables === 'object' && variables !== null ? Object.keys(variables) : [];
  return [...text.matchAll(/\$\{([^!}.][^}.]*)\}/g)].map(([, name]) => name).filter((name) => !own.includes(name));
}
