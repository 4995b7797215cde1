#!/usr/bin/env node
'use strict';

/**
 * Whether AWS's own runtime interface clients agree with what is said of packages at synth: each package of a table is really
 * started, as far as Lambda's first event, and what comes of it is compared with the verdict of lib/.
 *
 *   node runtimes/run.js           lib/ must be there: `npm run test:runtimes` compiles first
 *   node runtimes/run.js node      one runtime only
 *
 * A runtime is a module: `name`; `prepare()`, which installs what it needs and says in words what that is; `rows`, packages with
 * `runtime`, `title`, `files`, `layers`, `handler`, `verdict` and, if the verdict is `unclear`, `why`; `start(row)`, which resolves
 * to `{ outcome: 'next' }`, or to `{ outcome: 'error', type, message }`; `fits(row, outcome)`, whether that is what the verdict of
 * the row says.
 */

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { table } = require('../bench/table');
const { ROOT, log } = require('../languages/tools');

/** One row per core at a time. */
const AT_ONCE = os.availableParallelism();

const RUNTIMES = ['node', 'python'].filter((name) => fs.existsSync(path.join(__dirname, `${name}.js`)));

async function main([only]) {
  if (!fs.existsSync(path.join(ROOT, 'lib/contents/handlers/judge.js'))) throw new Error('lib/ is missing: "npm run test:runtimes" compiles the library first');
  const names = only ? RUNTIMES.filter((name) => name === only) : RUNTIMES;
  if (names.length === 0) throw new Error(`there is no runtime ${only}: ${RUNTIMES.join(', ')}`);
  const results = [];
  for (const name of names) results.push(...await compare(require(`./${name}`)));
  const failed = results.filter(({ problem }) => problem);
  failed.forEach(({ row, problem }) => log(`FAILED: ${row.runtime}, ${row.title} (${row.handler}): ${problem}`));
  report(results);
  log(`runtimes: ${results.length - failed.length} passed, ${failed.length} failed`);
  if (failed.length > 0) process.exitCode = 1;
}

/** Starts all packages of one runtime. */
async function compare(runtime) {
  log(`runtimes: ${runtime.name} with ${await runtime.prepare()}`);
  const waiting = [...runtime.rows];
  const results = [];
  const work = async () => {
    for (let row = waiting.shift(); row; row = waiting.shift()) results.push({ row, ...await judgeRow(runtime, row) });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}

/** What is wrong with a row: with our verdict, or with what came of it. */
async function judgeRow(runtime, row) {
  const verdict = verdictOf(row);
  if (verdict !== row.verdict) return { problem: `the verdict is ${verdict}, not ${row.verdict}` };
  if (verdict === 'unclear' && !row.why) return { problem: 'the row does not say why it is unclear' };
  const outcome = await runtime.start(row);
  const happened = outcome.outcome === 'error' ? `${outcome.type}: ${outcome.message}` : outcome.outcome;
  const isKnown = ['next', 'error'].includes(outcome.outcome);
  return isKnown && (verdict === 'unclear' || runtime.fits(row, outcome)) ? {} : { problem: `the verdict is ${verdict}, but it came to ${happened}` };
}

/** What is said of a package at synth. */
function verdictOf({ runtime, handler, files, layers, environment = {} }) {
  const { judge } = require('../lib/contents/handlers/judge');
  const verdict = judge({
    runtime, handler, architecture: 'x86_64', task: treeOf(files), opt: treeOf(Object.assign({}, ...layers)), optIsWhole: true,
    environment: new Map(Object.entries(environment)), environmentIsWhole: true,
  });
  return verdict.kind === 'fails' ? verdict.fault : verdict.kind;
}

function treeOf(files) {
  const { FileTree } = require('../lib/contents/file-tree');
  return new FileTree(Object.entries(files).map(([name, text]) => {
    const content = Buffer.from(text);
    return { path: name, bytes: content.length, mode: 0o644, read: (length) => content.subarray(0, length), unpack: () => undefined };
  }));
}

/** How many rows there are of each verdict, by runtime. */
function report(results) {
  const runtimes = [...new Set(results.map(({ row }) => row.runtime))];
  const verdicts = [...new Set(results.map(({ row }) => row.verdict))].sort();
  const count = (runtime, verdict) => results.filter(({ row }) => row.runtime === runtime && row.verdict === verdict).length;
  log(table(['verdict', ...runtimes], verdicts.map((verdict) => [verdict, ...runtimes.map((runtime) => count(runtime, verdict))])));
}

main(process.argv.slice(2)).catch((error) => {
  log(error.stack);
  process.exitCode = 1;
});
