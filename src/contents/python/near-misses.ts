import { factsOf } from './module-facts';
import { layerFolders } from './module-path';
import { PackageFile } from '../file-tree';
import { Unpacked } from '../unpacked';

/** What was probably meant by a handler whose module is not there: continues the sentence that says so, with a comma or not at all. */
export function probableModule(unpacked: Unpacked, module: string, { name, minor }: { readonly name: string; readonly minor: number }): string {
  const path = module.split('.').join('/');
  const files = unpacked.task.files.map((file) => file.path).filter((file) => file.endsWith('.py'));
  const withoutExtension = /^(.+)\/py$/.exec(path)?.[1];
  if (withoutExtension && files.includes(`${withoutExtension}.py`)) return `, but ${withoutExtension}.py, which is '${dotted(withoutExtension)}.${name}'`;
  const alike = files.find((file) => plain(file) === plain(`${path}.py`)) ?? shortest(files.filter((file) => file.endsWith(`/${path}.py`)));
  if (alike) return `, but ${alike}, which is '${dotted(alike.slice(0, -3))}.${name}'`;
  const inLayer = shortest(unpacked.opt.files.map((file) => file.path).filter((file) => `/${file}`.endsWith(`/${path}.py`)));
  return inLayer ? `, but ${inLayer} in a layer, where Python looks into ${layerFolders(minor).reverse().join(' and ')} only` : '';
}

/** How a module is written in a handler: folders with a slash, so that their names may have dots. */
function dotted(path: string): string {
  return path.split('/').join('.');
}

/** Without what people mix up. */
function plain(path: string): string {
  return path.toLowerCase().replace(/[-_]/g, '');
}

function shortest(paths: readonly string[]): string | undefined {
  return [...paths].sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))[0];
}

/** Functions and classes of a module that people may have meant, at most a few. */
export function functionsIn(file: PackageFile): string {
  const names = [...factsOf(file)?.names ?? []].flatMap(([name, { what }]) => what === 'function' && !name.startsWith('_') ? [name] : []);
  const likely = [...names].sort((a, b) => Number(/handler/i.test(b)) - Number(/handler/i.test(a)));
  return likely.length === 0 ? 'no function' : `${likely.slice(0, MAX_NAMES).join(', ')}${likely.length > MAX_NAMES ? ' and others' : ''}`;
}

const MAX_NAMES = 5;
