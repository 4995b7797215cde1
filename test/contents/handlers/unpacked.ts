import { FileTree } from '../../../src/contents/file-tree';
import { Unpacked } from '../../../src/contents/unpacked';
import { ExampleFiles } from '../../../src/rules/rule';
import { treeOf } from '../../model/app-of';

/** What a function of these files finds when it starts. */
export function unpackedOf(task: ExampleFiles, more: Partial<Omit<Unpacked, 'opt' | 'task'>> & { readonly opt?: ExampleFiles }): Unpacked {
  const { opt, ...rest } = more;
  return {
    runtime: 'provided.al2023',
    handler: 'bootstrap',
    architecture: 'x86_64',
    task: treeOf(task),
    opt: opt ? treeOf(opt) : new FileTree([]),
    optIsWhole: true,
    environment: new Map(),
    environmentIsWhole: true,
    ...rest,
  };
}
