import type * as Acorn from 'acorn';

/** A longer text is left as it is: parsing it would hold up the synthesis. */
const MAX_LENGTH = 2 * 1024 * 1024;

/** A text without its comments; as it is, where it cannot be parsed. */
export function withoutComments(text: string): string {
  if (text.length > MAX_LENGTH) return text;
  // Loaded here, since an app without such functions should not pay for it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const acorn: typeof Acorn = require('acorn');
  for (const sourceType of ['module', 'commonjs'] as const) {
    const comments: Acorn.Comment[] = [];
    try {
      acorn.parse(text, { ecmaVersion: 'latest', sourceType, allowHashBang: true, onComment: comments });
    } catch {
      continue; // the other kind of module, or none
    }
    return cut(text, comments);
  }
  return text;
}

function cut(text: string, comments: readonly Acorn.Comment[]): string {
  const starts = [0, ...comments.map(({ end }) => end)];
  return starts.map((start, index) => text.slice(start, comments[index]?.start)).join(' ');
}
