/** One measurement in a fresh process. Takes the task as JSON, prints what was measured as JSON. */
const fs = require('fs');
const os = require('os');
const path = require('path');
const { MODES, VARIANTS } = require('./variants');

const FUNCTIONS_PER_STACK = 50;

function synthesize({ variant, mode, functions, folders }) {
  const { recommendedFlags, assets } = MODES[mode];
  const { App, Stack } = require('aws-cdk-lib');
  const lambda = require('aws-cdk-lib/aws-lambda');
  const { load, prepare, context } = VARIANTS[variant];
  const addFunction = load();
  const flags = recommendedFlags ? require('aws-cdk-lib/recommended-feature-flags.json') : {};
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-cdk-out-'));
  process.on('exit', () => fs.rmSync(outdir, { recursive: true }));

  const start = process.cpuUsage();
  const app = new App({ outdir, context: { ...flags, ...context } });
  prepare?.(app);
  let stack, layers;
  for (let i = 0; i < functions; i++) {
    if (i % FUNCTIONS_PER_STACK === 0) {
      stack = new Stack(app, `Stack${i / FUNCTIONS_PER_STACK}`);
      layers = assets ? [new lambda.LayerVersion(stack, 'Common', { code: lambda.Code.fromAsset(folders.layer) })] : undefined;
    }
    const code = assets ? lambda.Code.fromAsset(folders.code) : lambda.Code.fromInline('exports.handler = async () => {};');
    const props = { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code, layers };
    addFunction(stack, i, { props, logGroupByCdk: recommendedFlags });
  }
  const assembly = app.synth();
  const cpu = milliseconds(process.cpuUsage(start));

  const processCpu = milliseconds(process.cpuUsage());
  const maxRssKb = process.resourceUsage().maxRSS;
  return { cpu, processCpu, maxRssKb, ...templates(assembly) };
}

function templates(assembly) {
  let templateBytes = 0;
  const resources = {};
  for (const { templateFullPath } of assembly.stacks) {
    const text = fs.readFileSync(templateFullPath);
    templateBytes += text.length;
    for (const { Type } of Object.values(JSON.parse(text).Resources)) resources[Type] = (resources[Type] ?? 0) + 1;
  }
  return { templateBytes, resources };
}

/**
 * Requires modules, and asks for all that some of them export, since names load when they are asked for.
 * Says which files of ours that loaded, and which CDK modules those name.
 */
function loadModules({ modules, use = [] }) {
  const start = process.cpuUsage();
  for (const name of modules) use.includes(name) ? Object.values(require(name)) : require(name);
  const cpu = milliseconds(process.cpuUsage(start));
  const lib = path.resolve(__dirname, '..', 'lib') + path.sep;
  const own = Object.keys(require.cache).filter((file) => file.startsWith(lib));
  const named = own.flatMap((file) => [...fs.readFileSync(file, 'utf8').matchAll(/require\("(aws-cdk-lib[^"]*|constructs)"\)/g)]);
  return { cpu, own: own.length, all: Object.keys(require.cache).length, cdkModules: [...new Set(named.map(([, name]) => name))].sort() };
}

function milliseconds({ user, system }) {
  return (user + system) / 1000;
}

const task = JSON.parse(process.argv[2]);
process.stdout.write(JSON.stringify(task.modules ? loadModules(task) : synthesize(task)));
