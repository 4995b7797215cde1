import type * as Acorn from 'acorn';

/** A statement that only ES modules have, if a text is one. */
export interface EsStatement {
  readonly word: 'import' | 'export';

  /** From 1 on. */
  readonly line: number;
}

/** The first `import` or `export` of an ES module; `undefined` for anything else, also for a text that is no JavaScript. */
export function esStatement(text: string): EsStatement | undefined {
  // most inline code has neither word, and need not be parsed
  if (!/\b(?:import|export)\b/.test(text)) return undefined;
  // Loaded here: most apps have no inline code, and every synthesis would pay for it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const acorn: typeof Acorn = require('acorn');
  let program: Acorn.Program;
  try {
    program = acorn.parse(text, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true, locations: true });
  } catch {
    return undefined;
  }
  const statement = program.body.find(({ type }) => /^(Import|Export)/.test(type));
  return statement && { word: statement.type.startsWith('Import') ? 'import' : 'export', line: statement.loc!.start.line };
}
