import { FileTree } from '../../../src/contents/file-tree';
import { Unpacked } from '../../../src/contents/unpacked';
import { ExampleFiles } from '../../../src/rules/rule';
import { treeOf } from '../../model/app-of';

/** What tests say of a function; the rest is as in most of them. */
export interface UnpackedOptions extends Partial<Omit<Unpacked, 'task' | 'opt' | 'environment'>> {
  readonly files?: ExampleFiles;
  readonly layers?: ExampleFiles;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export function unpackedOf({ files = {}, layers, environment = {}, ...rest }: UnpackedOptions): Unpacked {
  return {
    runtime: 'python3.12',
    handler: 'index.handler',
    architecture: 'x86_64',
    task: treeOf(files),
    opt: layers ? treeOf(layers) : new FileTree([]),
    optIsWhole: true,
    environment: new Map(Object.entries(environment)),
    environmentIsWhole: true,
    ...rest,
  };
}

/** The same for compiled code, whose files come first. */
export function unpackedCompiled(task: ExampleFiles, more: Partial<Omit<Unpacked, 'opt' | 'task'>> & { readonly opt?: ExampleFiles }): Unpacked {
  const { opt, ...rest } = more;
  return { ...unpackedOf({ runtime: 'provided.al2023', handler: 'bootstrap', files: task, layers: opt }), ...rest };
}
