/** Measures synthesis with EventFunction against plain L2. See README.md in this folder. */
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { parseArgs } = require('util');
const { median, ms, ratio, spread, table } = require('./table');
const { BASE, MODES, RULES_OFF, RULES_ON, VARIANTS } = require('./variants');

// npx projen bench -- bundling
if (process.argv.includes('bundling')) return void require('./bundling');

const [PLAIN, FLAGS, ASSETS] = Object.keys(MODES);
const TARGET_FUNCTIONS = 100;
const TARGET_RATIO = 1.15;
const MARGINAL_SIZES = [10, 100, 500];
const LOADING_MS = 15;
const PACKED_BYTES = 2_000_000;

const { values: options } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'), // npx projen bench -- --quick
  options: {
    quick: { type: 'boolean' },
    n: { type: 'string' },
    repetitions: { type: 'string' },
    validation: { type: 'boolean' },
    json: { type: 'boolean' },
  },
});
const sizes = (options.n ?? (options.quick ? '1,10,100' : '1,10,100,500')).split(',').map(Number);
const repetitions = Number(options.repetitions ?? (options.quick ? 3 : 9));
if (![...sizes, repetitions].every((number) => Number.isInteger(number) && number > 0)) {
  stop("'--n' takes whole numbers, e.g. 1,10, and '--repetitions' one");
}
if (!fs.existsSync(path.join(__dirname, '..', 'lib', 'index.js'))) {
  stop('lib/ is missing: compile the library first, or run "npx projen bench", which does both');
}

function stop(message) {
  process.stderr.write(`bench: ${message}\n`);
  process.exit(1);
}

/** A fresh process, with nothing of the caller's that changes what the CDK does. */
function measure(task) {
  const env = { PATH: process.env.PATH, TMPDIR: os.tmpdir(), CDK_VALIDATION: String(options.validation ?? false) };
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(__dirname, 'child.js'), JSON.stringify(task)], { env, encoding: 'utf8' });
  if (status !== 0) stop(`a measurement failed: ${JSON.stringify(task)}\n${stderr}`);
  return JSON.parse(stdout);
}

/** All tasks, again and again: A B C A B C ..., so that whatever else the machine does hits all of them alike. */
function interleaved(tasks) {
  const samples = tasks.map(() => []);
  for (let i = 0; i < repetitions; i++) tasks.forEach((task, index) => samples[index].push(measure(task)));
  return samples;
}

function measureCase({ mode, functions }) {
  process.stderr.write(`bench: ${functions} functions, ${mode}\n`);
  const names = Object.keys(VARIANTS);
  const samples = interleaved(names.map((variant) => ({ variant, mode, functions, folders })));
  const variants = Object.fromEntries(names.map((variant, index) => [variant, summarize(samples[index], samples[names.indexOf(BASE)])]));
  return { mode, functions, variants };
}

function summarize(samples, base) {
  const of = (key, list = samples) => list.map((sample) => sample[key]);
  const { resources, templateBytes } = samples[0];
  return {
    cpu: of('cpu'), // all samples, in ms
    processCpu: of('processCpu'),
    maxRssMb: of('maxRssKb').map((kb) => kb / 1024),
    cpuRatio: median(of('cpu')) / median(of('cpu', base)),
    pairedCpuRatio: median(samples.map((sample, i) => sample.cpu / base[i].cpu)),
    processCpuRatio: median(of('processCpu')) / median(of('processCpu', base)),
    rssRatio: median(of('maxRssKb')) / median(of('maxRssKb', base)),
    resources,
    resourceCount: Object.values(resources).reduce((sum, count) => sum + count, 0),
    templateBytes,
  };
}

function measureLoading() {
  process.stderr.write('bench: loading\n');
  const ours = ['cdk-event-functions'];
  const { cdkModules } = measure({ modules: ours, use: ours });
  const all = [...cdkModules, ...ours];
  const [cdk, library, used] = interleaved([{ modules: cdkModules }, { modules: all }, { modules: all, use: ours }]);
  const of = (samples) => ({ cpu: samples.map(({ cpu }) => cpu), files: samples[0].all, ownFiles: samples[0].own });
  return { cdkModules, cdk: of(cdk), library: of(library), used: of(used), packed: packedBytes() };
}

/** Bytes of the npm package when it is installed: its own files, and those of the dependencies that it brings along. */
function packedBytes() {
  const npm = spawnSync('npm', ['pack', '--dry-run', '--json', '--silent'], { cwd: path.join(__dirname, '..'), encoding: 'utf8' });
  const [{ files }] = JSON.parse(npm.stdout);
  const bundled = files.filter(({ path: file }) => file.startsWith('node_modules/'));
  const bytes = (list) => list.reduce((sum, { size }) => sum + size, 0);
  return { own: bytes(files) - bytes(bundled), bundled: bytes(bundled), files: files.length };
}

/** Code and a layer of 200 small files, shared by all functions. */
/** What the functions call: a rule refuses a folder without it. */
const HANDLER = 'exports.handler = async () => {};\n';

function makeFolders() {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-assets-'));
  process.on('exit', () => fs.rmSync(root, { recursive: true }));
  const fill = (name, files) => {
    const folder = path.join(root, name);
    fs.mkdirSync(folder);
    for (const file of files) fs.writeFileSync(path.join(folder, file), `${file === 'index.js' ? HANDLER : ''}${`// ${file}\n`.repeat(200)}`);
    return folder;
  };
  return {
    code: fill('code', ['index.js', 'orders.js', 'customers.js']),
    layer: fill('layer', Array.from({ length: 200 }, (_, i) => `module${i}.js`)),
  };
}

// --- what is printed --------------------------------------------------------------------------------------------

function caseTable({ mode, functions, variants }) {
  const header = [`${functions} x ${mode}`, 'CPU ms (min-max)', 'ratio', 'paired', 'process CPU ms', 'ratio', 'max RSS MB', 'ratio', 'resources', 'template KB'];
  return table(header, Object.entries(variants).map(([name, v]) => [
    name, spread(v.cpu), ratio(v.cpuRatio), ratio(v.pairedCpuRatio), spread(v.processCpu), ratio(v.processCpuRatio),
    spread(v.maxRssMb), ratio(v.rssRatio), v.resourceCount, (v.templateBytes / 1024).toFixed(0),
  ]));
}

/** Resources of the whole app by type, for L2 and for EventFunction, so that a reader sees the same things compared. */
function resourceLines({ mode, functions, variants }) {
  const [base, ours] = [variants[BASE].resources, variants[RULES_ON].resources];
  const types = [...new Set([...Object.keys(base), ...Object.keys(ours)])].sort();
  const different = types.filter((type) => base[type] !== ours[type]);
  const list = (resources) => types.map((type) => `${resources[type] ?? 0} ${type.replace('AWS::', '')}`).join(', ');
  const lines = [`resources of ${functions} x ${mode}:`, `  l2             ${list(base)}`, `  EventFunction  ${list(ours)}`];
  if (different.length === 0) return [...lines, '  equal'].join('\n');
  const why = mode === FLAGS ? "; the log group has the function's name, so the permission to write to it cannot be in the policy that the function waits for" : '';
  return [...lines, `  different: ${different.join(', ')}${why}`].join('\n');
}

function loadingLines({ cdkModules, cdk, library, used, packed }) {
  const more = median(library.cpu) - median(cdk.cpu);
  return [
    `require of the ${cdkModules.length} CDK modules that the library uses: ${spread(cdk.cpu)} ms CPU, ${cdk.files} files`,
    `require of cdk-event-functions after them, together: ${spread(library.cpu)} ms CPU, ${library.ownFiles} files of ours`,
    `the same, and every class of ours asked for once: ${spread(used.cpu)} ms CPU, ${used.ownFiles} files of ours`,
    `npm package, unpacked: ${kilobytes(packed.own)} KB of its own, ${kilobytes(packed.bundled)} KB of bundled dependencies, ${packed.files} files`,
    `${more <= LOADING_MS ? 'HOLDS' : 'MISSED'}: require takes at most ${LOADING_MS} ms more than the CDK modules: ${more.toFixed(1)} ms`,
    `${packed.own <= PACKED_BYTES ? 'HOLDS' : 'MISSED'}: at most ${kilobytes(PACKED_BYTES)} KB unpacked without bundled dependencies`,
  ].join('\n');
}

function kilobytes(bytes) {
  return Math.round(bytes / 1000).toLocaleString('en-US');
}

/** CPU for one more function between two sizes of app, in ms. */
function marginal(cases, variant, from, to) {
  const cpu = (functions) => median(cases.find((c) => c.mode === PLAIN && c.functions === functions).variants[variant].cpu);
  return (cpu(to) - cpu(from)) / (to - from);
}

function marginalCosts(cases) {
  const measured = new Set(cases.filter(({ mode }) => mode === PLAIN).map(({ functions }) => functions));
  if (!MARGINAL_SIZES.every((functions) => measured.has(functions))) return undefined;
  return Object.fromEntries(Object.keys(VARIANTS).map((variant) => {
    const [small, large] = [marginal(cases, variant, 10, 100), marginal(cases, variant, 100, 500)]; // ms per function
    return [variant, { small, large, growth: large / small }];
  }));
}

function marginalTable(costs) {
  const header = ['CPU ms for one more function', '10 to 100', '100 to 500', 'growth', 'ratio, 10 to 100', 'ratio, 100 to 500'];
  return table(header, Object.entries(costs).map(([name, { small, large, growth }]) => [
    name, small.toFixed(2), large.toFixed(2), ratio(growth), ratio(small / costs[BASE].small), ratio(large / costs[BASE].large),
  ]));
}

function verdict(cases, costs) {
  const target = cases.find(({ mode, functions }) => mode === PLAIN && functions === TARGET_FUNCTIONS)?.variants[RULES_ON];
  const said = (holds) => holds === undefined ? 'NOT MEASURED' : holds ? 'HOLDS' : 'MISSED';
  const cpu = target ? `: ${target.cpuRatio.toFixed(3)}, paired ${target.pairedCpuRatio.toFixed(3)}` : '';
  const growth = costs ? `: ${ratio(costs[RULES_ON].growth)} x, l2 ${ratio(costs[BASE].growth)} x` : '';
  return [
    `${said(target && target.cpuRatio <= TARGET_RATIO)}: CPU for ${TARGET_FUNCTIONS} functions, rules on, is at most ${TARGET_RATIO} x l2${cpu}`,
    `${said(costs && costs[RULES_ON].growth <= 1)}: a function costs no more from 100 to 500 than from 10 to 100, rules on${growth}`,
  ].join('\n');
}

// --- the run ----------------------------------------------------------------------------------------------------

const folders = makeFolders();
measure({ variant: RULES_ON, mode: PLAIN, functions: 1 }); // fills the file cache
const cases = [
  ...sizes.map((functions) => ({ mode: PLAIN, functions })),
  ...sizes.includes(TARGET_FUNCTIONS) ? [FLAGS, ASSETS].map((mode) => ({ mode, functions: TARGET_FUNCTIONS })) : [],
].map(measureCase);
const loading = measureLoading();
const costs = marginalCosts(cases);
const environment = {
  node: process.version,
  cdk: require('aws-cdk-lib/package.json').version,
  cores: os.cpus().length,
  validation: options.validation ? 'on' : 'off',
  repetitions,
  load: os.loadavg().map((load) => Number(load.toFixed(1))),
};

if (options.json) {
  process.stdout.write(`${JSON.stringify({ environment, cases, marginal: costs, loading }, undefined, 2)}\n`);
} else {
  const { node, cdk, cores, validation, load } = environment;
  const text = [
    `Node ${node}, aws-cdk-lib ${cdk} (its validation ${validation}), ${cores} cores, load average ${load.join(' ')}; median of ${repetitions} runs, ratios to l2`,
    ...cases.map(caseTable),
    ...cases.filter(({ functions }) => functions === Math.min(TARGET_FUNCTIONS, Math.max(...sizes))).map(resourceLines),
    ...costs ? [marginalTable(costs)] : [],
    loadingLines(loading),
    verdict(cases, costs),
  ];
  process.stdout.write(`${text.join('\n\n')}\n`);
}
