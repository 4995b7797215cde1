import * as fs from 'fs';
import * as path from 'path';
import { CATALOG } from '../../src/rules/catalog';
import { Rule } from '../../src/rules/rule';

const ROOT = path.join(__dirname, '../..');
const RULES = path.join(ROOT, 'src/rules');
const PAGES = path.join(ROOT, 'docs/rules');

// eslint-disable-next-line @typescript-eslint/no-require-imports
const { pagesOf } = require('../../projenrc/rule-pages') as { pagesOf(catalog: readonly Rule[], topicOf: (rule: Rule) => string): Map<string, string> };

function topicOf({ id }: Rule): string {
  return fs.readdirSync(RULES).find((topic) => fs.existsSync(path.join(RULES, topic, `${id}.ts`)))!;
}

test('the pages of docs/rules are those of the rules: `node projenrc/rule-pages.js` writes them', () => {
  const pages = pagesOf(CATALOG, topicOf);
  expect(fs.readdirSync(PAGES).sort()).toEqual([...pages.keys()].sort());
  for (const [file, text] of pages) expect({ file, text: fs.readFileSync(path.join(PAGES, file), 'utf8') }).toEqual({ file, text });
});
