import type { AppModel } from './app';
import { oncePerApp } from './once-per-app';
import { PackagePart, packageParts } from './package-parts';
import type { Resource } from './resource';
import { intrinsic, isNoValue, isObject, isTransformed } from './template';
import { FileTree } from '../contents/file-tree';
import { judge } from '../contents/handlers/judge';
import { Architecture, UNCLEAR, Unpacked, Verdict } from '../contents/unpacked';

/** A function of an app, and what it is made of. */
export interface FunctionPackage {
  readonly fn: Resource;
  readonly parts: readonly PackagePart[];
  readonly verdict: Verdict;
}

/** The functions of an app that are not container images, each with its parts and whether it can start. */
export const functionPackages = oncePerApp((app: AppModel): readonly FunctionPackage[] =>
  app.ofType('AWS::Lambda::Function').map((fn) => {
    const parts = packageParts(fn);
    const unpacked = unpack(fn, parts);
    return { fn, parts, verdict: unpacked ? judge(unpacked) : UNCLEAR };
  }).filter(({ parts }) => parts.length > 0));

/** What the function finds when it starts; `undefined` where its code, runtime or handler is not known. */
export function unpack(fn: Resource, parts: readonly PackagePart[]): Unpacked | undefined {
  const code = parts.find(({ kind }) => kind === 'code');
  const runtime = fn.text('Runtime');
  const handler = fn.text('Handler');
  if (code?.contents?.kind !== 'opened' || runtime.kind !== 'known' || handler.kind !== 'known') return undefined;
  const layers = parts.filter(({ kind }) => kind === 'layer').map(({ contents }) => contents?.kind === 'opened' ? contents.files : undefined);
  return {
    runtime: runtime.value,
    handler: handler.value,
    architecture: architectureOf(fn),
    task: code.contents.files,
    opt: mergeLayers(layers.filter((files) => files !== undefined)),
    optIsWhole: layers.every((files) => files !== undefined),
    ...environmentOf(fn),
  };
}

/** The instruction set: that of the property, or Lambda's default. */
export function architectureOf(fn: Resource): Architecture | undefined {
  const list = fn.value('Architectures');
  if (list.kind === 'absent') return 'x86_64';
  const [first] = list.kind === 'known' && Array.isArray(list.value) ? list.value : [];
  return first === 'x86_64' || first === 'arm64' ? first : undefined;
}

/** `/opt`: a later layer overwrites the files of an earlier one. */
export function mergeLayers(layers: readonly FileTree[]): FileTree {
  return new FileTree([...new Map(layers.flatMap(({ files }) => files.map((file) => [file.path, file] as const))).values()]);
}

/** The environment variables of a function, as far as they are known. */
export function environmentOf(fn: Resource): Pick<Unpacked, 'environment' | 'environmentIsWhole'> {
  const variables = fn.raw('Environment.Variables');
  if (variables.kind !== 'known') return { environment: new Map(), environmentIsWhole: variables.kind === 'absent' };
  // The deployment may decide which variables there are at all.
  if (intrinsic(variables.value)) return { environment: new Map(), environmentIsWhole: isNoValue(variables.value) };
  const all = isObject(variables.value) ? variables.value : {};
  const names = Object.keys(all).filter((name) => !name.startsWith('Fn::'));
  const entries = names.map((name) => {
    const value = fn.text(`Environment.Variables.${name}`);
    return [name, value.kind === 'known' ? value.value : undefined] as const;
  });
  return { environment: new Map(entries), environmentIsWhole: !isTransformed(all) };
}
