import type { SyntaxNodeRef } from '@lezer/common';
import { parsePython } from './syntax';
import { PackageFile } from '../file-tree';

/** The text of a module without comments and without what documents it; `undefined` where it cannot be parsed. */
export function codeOnly(file: PackageFile): string | undefined {
  const source = parsePython(file);
  if (!source) return undefined;
  let code = '';
  let end = 0;
  source.tree.iterate({
    enter: (node) => {
      if (!isProse(node)) return true;
      code += source.text.slice(end, node.from);
      end = node.to;
      return false;
    },
  });
  return code + source.text.slice(end);
}

/** A text that is a statement of its own is never used. */
function isProse(node: SyntaxNodeRef): boolean {
  return node.name === 'Comment' || node.name === 'String' && node.node.parent?.name === 'ExpressionStatement';
}
