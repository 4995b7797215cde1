import { ImportedName } from './import-statement';
import { factsOf, ModuleFacts } from './module-facts';
import { Found, FoundNamespace, FoundSource, ModulePath } from './module-path';

/** Whether a module has a name. */
export type Defined = 'yes' | 'no' | 'value' | 'unclear';

/** Modules that hand a name on to each other; more is nothing that anybody writes. */
const MAX_STEPS = 8;

/** Whether `getattr(module, name)` finds something once the module is loaded. */
export function isDefined(path: ModulePath, module: Found, name: string, steps = MAX_STEPS): Defined {
  // Modules have attributes of their own: __name__, __file__.
  if (steps === 0 || !isAscii(name) || /^__\w*__$/.test(name)) return 'unclear';
  if (module.kind === 'namespace') return hasSubmodule(path, module, name) === 'unclear' ? 'unclear' : 'no';
  const facts = module.kind === 'source' ? factsOf(module.file) : undefined;
  if (module.kind !== 'source' || !facts || facts.stops) return 'unclear';
  const binding = facts.names.get(name);
  if (!binding) return isElsewhere(path, module, { facts, name, steps });
  if (!binding.certain || facts.isDynamic && facts.loose.has(name)) return 'unclear';
  const there = binding.what === 'import' ? isImported(path, module, binding.from!, steps) : binding.what === 'value' ? 'value' : 'yes';
  const mayBeReplaced = facts.isDynamic || facts.loose.has(name) || facts.stars.length > 0;
  return there === 'value' && mayBeReplaced ? 'unclear' : there;
}

/** Python takes other letters for each other: https://docs.python.org/3/reference/lexical_analysis.html#identifiers */
function isAscii(name: string): boolean {
  return /^[\x21-\x7e]+$/.test(name);
}

interface Question { readonly facts: ModuleFacts; readonly name: string; readonly steps: number }

/** Whether a name is there that no statement of the module makes. */
function isElsewhere(path: ModulePath, module: FoundSource, { facts, name, steps }: Question): Defined {
  if (facts.isDynamic || facts.loose.has(name)) return 'unclear';
  // Whoever imports a submodule makes it an attribute of its package.
  if (facts.imports.length > 0 && hasSubmodule(path, module, name) !== 'no') return 'unclear';
  const stars = facts.stars.map(({ from, certain }) => {
    const there = isExported(path, find(path, module, from), name, steps - 1);
    return certain || there === 'no' ? there : 'unclear';
  });
  if (stars.includes('unclear') || facts.deleted.has(name) && stars.length > 0) return 'unclear';
  return stars.filter((there) => there !== 'no').pop() ?? 'no';
}

/** Whether `from module import *` brings a name. */
function isExported(path: ModulePath, module: Found, name: string, steps: number): Defined {
  const there = isDefined(path, module, name, steps);
  if (there === 'no' || there === 'unclear') return there;
  const facts = module.kind === 'source' ? factsOf(module.file) : undefined;
  return facts?.names.has('__all__') || name.startsWith('_') ? 'unclear' : there;
}

/** What a name stands for that is imported from somewhere. A module is nothing to call, but who knows what it puts in its place. */
function isImported(path: ModulePath, module: FoundSource, from: ImportedName, steps: number): Defined {
  if (from.name === undefined) return 'unclear';
  const origin = find(path, module, from);
  const there = isDefined(path, origin, from.name, steps - 1);
  if (there !== 'no') return there;
  const isPackage = origin.kind === 'namespace' || origin.kind === 'source' && origin.folder !== undefined;
  return isPackage && hasSubmodule(path, origin, from.name) !== 'no' ? 'unclear' : 'no';
}

function hasSubmodule(path: ModulePath, module: FoundSource | FoundNamespace, name: string): Defined {
  if (module.kind === 'source' && !module.folder) return 'no';
  const found = path.find(`${module.name}.${name}`);
  return found.kind === 'missing' ? 'no' : found.kind === 'unclear' ? 'unclear' : 'yes';
}

function find(path: ModulePath, module: FoundSource, from: ImportedName): Found {
  const name = absoluteName(module, from);
  return name === undefined ? { kind: 'unclear' } : path.find(name);
}

/** The name of the module that something is imported from; `undefined` above the top: Python refuses that. */
export function absoluteName(module: FoundSource, { module: name, level }: ImportedName): string | undefined {
  if (level === 0) return name;
  const names = module.name.split('.');
  // One dot is the package that the module is in, and a package is in itself.
  const kept = names.length - level + (module.folder ? 1 : 0);
  if (kept <= 0) return undefined;
  return [...names.slice(0, kept), ...name === '' ? [] : [name]].join('.');
}
