'use strict';

/**
 * Puts all rules into one file, lib/rules/catalog.js, without their examples: those are for the tests and the documentation.
 *
 * An app loads the rules with each synthesis. From a file for each, with the examples in it, that takes more than twice as long, and the
 * package is a third larger.
 */

const fs = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');
const ts = require('typescript');

const ROOT = path.join(__dirname, '..');
const SOURCES = path.join(ROOT, 'src/rules');
const LIB = path.join(ROOT, 'lib/rules');
const CATALOG = 'catalog.js';

/** Members of a rule that only tests and documentation read. */
const EXAMPLES = new Set(['valid', 'invalid']);

/** The text of a source file, with no examples in its rules. */
function withoutExamples(text, file) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const cuts = [];
  const visit = (node) => {
    if (ts.isObjectLiteralExpression(node) && isRule(node)) cuts.push(...node.properties.filter((member) => EXAMPLES.has(member.name?.getText(source))));
    ts.forEachChild(node, visit);
  };
  const isRule = ({ properties }) => ['id', 'severity', ...EXAMPLES].every((name) => properties.some((member) => member.name?.getText(source) === name));
  visit(source);
  return cuts.reverse().reduce((left, member) => `${left.slice(0, member.getStart(source))}${member.name.getText(source)}: []${left.slice(member.getEnd())}`, text);
}

const rules = {
  name: 'rules',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, ({ path: file }) => ({ contents: withoutExamples(fs.readFileSync(file, 'utf8'), file), loader: 'ts' }));
    // what is not a rule is in lib/ already, and there it is the same for everybody who uses it
    build.onResolve({ filter: /^\./ }, ({ path: name, resolveDir }) => {
      const file = path.relative(SOURCES, path.resolve(resolveDir, name));
      return file.startsWith('..') ? { path: file.split(path.sep).join('/'), external: true } : undefined;
    });
  },
};

async function main() {
  const { outputFiles: [bundle] } = await esbuild.build({
    entryPoints: [path.join(SOURCES, 'catalog.ts')],
    tsconfig: path.join(ROOT, 'tsconfig.dev.json'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    plugins: [rules],
    write: false,
  });
  fs.rmSync(LIB, { recursive: true, force: true });
  fs.mkdirSync(LIB, { recursive: true });
  fs.writeFileSync(path.join(LIB, CATALOG), bundle.text);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
