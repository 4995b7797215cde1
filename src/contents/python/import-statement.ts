import type { SyntaxNode } from '@lezer/common';
import { childrenOf, PythonSource } from './syntax';

/** A name that a module takes from elsewhere. */
export interface ImportedName {
  /** `undefined` for the module itself. */
  readonly name?: string;

  /** What it is called here; `*` for all that there is. */
  readonly as: string;

  /** Name of the module, without the dots of a relative one. */
  readonly module: string;

  /** Dots before it: 0 for an absolute one. */
  readonly level: number;
}

/** What an `import` or a `from ... import` statement takes. */
export function readImport(source: PythonSource, statement: SyntaxNode): ImportedName[] {
  const tokens = childrenOf(statement).map((node) => ({ type: node.name, text: source.textOf(node) }));
  const from = tokens[0]?.type === 'from';
  const at = tokens.findIndex(({ type }) => type === 'import');
  const items = split(tokens.slice(at + 1).filter(({ type }) => type !== '(' && type !== ')'));
  if (!from) {
    return items.map(({ dotted, as }) => ({ module: dotted, level: 0, as: as ?? dotted.split('.')[0], name: undefined }));
  }
  const origin = tokens.slice(1, at);
  const level = origin.findIndex(({ type }) => type === 'VariableName');
  const dots = origin.slice(0, level < 0 ? origin.length : level).map(({ text }) => text).join('').length;
  const module = level < 0 ? '' : origin.slice(level).map(({ text }) => text).join('');
  return items.map(({ dotted, as }) => ({ module, level: dots, as: as ?? dotted, name: dotted }));
}

/** `a.b as c, d`, one by one. */
function split(tokens: readonly { readonly type: string; readonly text: string }[]): { dotted: string; as?: string }[] {
  const items: { dotted: string; as?: string }[] = [];
  let dotted = '';
  let as: string | undefined;
  let renamed = false;
  const finish = () => {
    if (dotted) items.push({ dotted, as });
    [dotted, as, renamed] = ['', undefined, false];
  };
  for (const { type, text } of tokens) {
    if (type === ',') finish();
    else if (type === 'as') renamed = true;
    else if (renamed) as = text;
    else dotted += text;
  }
  finish();
  return items;
}
