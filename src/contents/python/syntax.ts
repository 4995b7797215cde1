import type { SyntaxNode, SyntaxNodeRef, Tree } from '@lezer/common';
import type * as LezerPython from '@lezer/python';
import { PackageFile } from '../file-tree';

/** A source file, parsed. */
export class PythonSource {
  constructor(public readonly text: string, public readonly tree: Tree) {}

  public textOf(node: Pick<SyntaxNodeRef, 'from' | 'to'>): string {
    return this.text.slice(node.from, node.to);
  }

  public get statements(): SyntaxNode[] {
    return childrenOf(this.tree.topNode);
  }
}

/** More than this is not parsed: nobody writes it, and it would take seconds. */
const MAX_SOURCE_BYTES = 1024 * 1024;

/** What is in a file; `undefined` where it cannot be read, or has characters or a grammar that Python may not take. */
export function parsePython(file: PackageFile): PythonSource | undefined {
  const text = file.bytes > MAX_SOURCE_BYTES ? undefined : decode(file.read());
  if (text === undefined) return undefined;
  // Loaded here: most apps have no Python, and every synthesis would pay for it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { parser }: typeof LezerPython = require('@lezer/python');
  return new PythonSource(text, parser.parse(text));
}

/** Python reads UTF-8, unless one of the first two lines says otherwise. https://docs.python.org/3/reference/lexical_analysis.html#encoding-declarations */
function decode(bytes: Buffer | undefined): string | undefined {
  if (!bytes || bytes.includes(0)) return undefined;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
  const lines = text.replace(/\r\n?/g, '\n');
  const declared = /^(?:[^\n]*\n)?[ \t\f]*#[^\n]*?coding[:=][ \t]*([-\w.]+)/.exec(lines)?.[1];
  return declared === undefined || /^(utf[-_]?8|ascii|us-ascii)/i.test(declared) ? lines : undefined;
}

/** The parts of a node. Comments stand anywhere among them and are none. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'Comment') children.push(child);
  }
  return children;
}
