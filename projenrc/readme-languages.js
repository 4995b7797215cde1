'use strict';

/**
 * Writes docs/readme/<language>.md: the README with its snippets in the other languages of the library, translated by
 * jsii-rosetta from the TypeScript that is compiled with it.
 */

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const LANGUAGES = ['python', 'java', 'csharp', 'go'];
const API_STARTS = '# API Reference';
const ROOT = path.join(__dirname, '..');

/** The translation is good to read, and not always good to compile; the example is. */
const note = (language) => `<!-- made of README.md by projenrc/readme-languages.js -->
> The snippets of this page are translated by machine. A whole app as it is written in this language is in
> [examples/order-pipeline-${language}](../../examples/order-pipeline-${language}).`;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'readme-'));
execFileSync('jsii-docgen', ['--readme', '--output', path.join(folder, 'API'), ...LANGUAGES.flatMap((name) => ['--language', name])], { cwd: ROOT });
for (const language of LANGUAGES) {
  const text = fs.readFileSync(path.join(folder, `API.${language}.md`), 'utf8');
  const end = text.indexOf(API_STARTS);
  if (end < 0) throw new Error(`jsii-docgen wrote no '${API_STARTS}' for ${language}`);
  // links of the README are relative to the root
  const readme = text.slice(0, end).replace(/\]\((?!https?:|#)([^)]+)\)/g, '](../../$1)').trimEnd();
  fs.writeFileSync(path.join(ROOT, 'docs/readme', `${language}.md`), `${note(language)}\n\n${readme}\n`);
}
fs.rmSync(folder, { recursive: true });
