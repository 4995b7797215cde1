/** What bundling costs with NodejsEventFunction and with NodejsFunction of the CDK. See README.md in this folder. */
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { parseArgs } = require('util');
const { makeProject } = require('./bundling-project');
const { median, spread, table } = require('./table');

const TARGET_FIRST = 20;
const TARGET_SECOND = 100;

const { values: options } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--' && argument !== 'bundling'), // npx projen bench -- bundling
  options: {
    functions: { type: 'string', default: '100' },
    repetitions: { type: 'string', default: '3' },
    json: { type: 'boolean' },
  },
});
const functions = Number(options.functions);
const repetitions = Number(options.repetitions);

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-bundling-'));
process.on('exit', () => fs.rmSync(root, { recursive: true, force: true }));
const project = path.join(root, 'project');
const entries = makeProject(project, functions);
const cache = path.join(project, 'node_modules', '.cache');

function synthesize(variant) {
  const outdir = path.join(project, `cdk.out.${variant}`);
  const env = { PATH: process.env.PATH, HOME: root, TMPDIR: root, CDK_VALIDATION: 'false' };
  const task = JSON.stringify({ variant, project, entries, outdir });
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(__dirname, 'bundling-child.js'), task], { env, encoding: 'utf8' });
  if (status === 0) return JSON.parse(stdout);
  process.stderr.write(`bench: a synthesis with ${variant} failed\n${stderr}`);
  process.exit(1);
}

/** A first synthesis, with nothing of former ones, and a second with no change. */
function firstAndSecond(variant) {
  process.stderr.write(`bench: ${functions} functions, ${variant}\n`);
  fs.rmSync(path.join(project, `cdk.out.${variant}`), { recursive: true, force: true });
  fs.rmSync(cache, { recursive: true, force: true });
  return { first: synthesize(variant), second: synthesize(variant) };
}

function summarize(samples) {
  const row = (which) => ({ whole: samples.map((sample) => sample[which].wall), bundling: samples.map((sample) => sample[which].bundling) });
  return { first: row('first'), second: row('second'), bytes: samples[0].first.bytes, bundles: samples[0].first.bundles };
}

const samples = { NodejsFunction: [], NodejsEventFunction: [] };
synthesize('NodejsEventFunction'); // fills the file cache
for (let i = 0; i < repetitions; i++) for (const [variant, list] of Object.entries(samples)) list.push(firstAndSecond(variant));
const [theirs, ours] = Object.values(samples).map(summarize);
const equal = ours.bundles.join() === theirs.bundles.join();
const ratios = Object.fromEntries(['first', 'second'].map((which) => [which, {
  whole: median(theirs[which].whole) / median(ours[which].whole),
  bundling: median(theirs[which].bundling) / median(ours[which].bundling),
}]));

if (options.json) {
  process.stdout.write(`${JSON.stringify({ functions, repetitions, theirs, ours, ratios, equal }, undefined, 2)}\n`);
} else {
  const versions = ['aws-cdk-lib', 'esbuild'].map((name) => `${name} ${require(`${name}/package.json`).version}`);
  const rows = ['first', 'second'].flatMap((which) => ['whole', 'bundling'].map((part) => [
    `${which} synthesis${part === 'bundling' ? ', bundling alone' : ''}`, spread(theirs[which][part]), spread(ours[which][part]), ratios[which][part].toFixed(1),
  ]));
  const verdict = (which, target) => `${ratios[which].bundling >= target ? 'HOLDS' : 'MISSED'}: the ${which} time, ${functions} functions bundle at least ${target} times faster`
    + ` than as many NodejsFunctions: ${ratios[which].bundling.toFixed(1)} times`;
  process.stdout.write(`${[
    `Node ${process.version}, ${versions.join(', ')}, ${os.cpus().length} cores, load average ${os.loadavg().map((load) => load.toFixed(1)).join(' ')}; median of ${repetitions} runs`,
    table([`${functions} functions, wall ms (min-max)`, 'NodejsFunction', 'NodejsEventFunction', 'times faster'], rows),
    `${ours.bundles.length} bundles, ${Math.round(ours.bytes / 1024).toLocaleString('en-US')} KB; ${equal ? 'the same as those of NodejsFunction, byte for byte' : 'DIFFERENT from those of NodejsFunction'}`,
    `${verdict('first', TARGET_FIRST)}\n${verdict('second', TARGET_SECOND)}`,
  ].join('\n\n')}\n`);
}
