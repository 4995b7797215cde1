/** One synthesis in a fresh process. Takes the task as JSON, prints what was measured as JSON. */
const fs = require('fs');
const { App, DefaultStackSynthesizer, Stack } = require('aws-cdk-lib');
const lambda = require('aws-cdk-lib/aws-lambda');

const FUNCTIONS_PER_STACK = 50;

/** What adds a function for a source to a stack. */
const VARIANTS = {
  'NodejsFunction': () => {
    const { NodejsFunction } = require('aws-cdk-lib/aws-lambda-nodejs');
    return (stack, id, props) => new NodejsFunction(stack, id, props);
  },
  'NodejsEventFunction': () => {
    const { NodejsEventFunction } = require('cdk-event-functions'); // this package, by its own name
    return (stack, id, props) => new NodejsEventFunction(stack, id, props);
  },
};

/** Wall milliseconds in all that a class does for its bundling, however deep the calls are nested. */
const bundling = { wall: 0, depth: 0 };

/** Times the calls of a function that an object has. */
function time(object, name) {
  const original = object[name];
  object[name] = function (...args) {
    const start = process.hrtime.bigint();
    bundling.depth++;
    try {
      return original.apply(this, args);
    } finally {
      bundling.depth--;
      if (bundling.depth === 0) bundling.wall += Number(process.hrtime.bigint() - start) / 1e6;
    }
  };
}

/** What is timed: finding the source, the options, making the code and all that it does when it is asked for. */
const TIMED = {
  'NodejsFunction': () => time(lambda.AssetCode.prototype, 'bind'), // makes the asset: this runs esbuild
  'NodejsEventFunction': () => {
    const lib = (name) => require(`../lib/code/bundling/${name}`);
    time(lib('source-files'), 'findSource');
    time(lib('bundle-options'), 'esbuildOptions');
    time(lib('bundled-code').BundledCode.prototype, 'bind');
    time(lib('batch').Batch.prototype, 'bundleWaiting');
    time(lib('batch').Batch.prototype, 'bundleOf');
    time(DefaultStackSynthesizer.prototype, 'addFileAsset'); // in `bind` for the other
  },
};

const { variant, project, entries, outdir } = JSON.parse(process.argv[2]);
process.chdir(project);
const addFunction = VARIANTS[variant]();
TIMED[variant]?.();
const start = process.hrtime.bigint();
const app = new App({ outdir, context: { 'cdk-event-functions:rules': false } });
let stack;
entries.forEach((entry, i) => {
  if (i % FUNCTIONS_PER_STACK === 0) stack = new Stack(app, `Stack${i / FUNCTIONS_PER_STACK}`);
  addFunction(stack, `Function${i}`, { entry, runtime: lambda.Runtime.NODEJS_22_X });
});
app.synth();
const wall = Number(process.hrtime.bigint() - start) / 1e6;
const bundles = fs.readdirSync(outdir).filter((name) => /^asset\.\w+$/.test(name));
const bytes = bundles.reduce((sum, name) => sum + fs.statSync(`${outdir}/${name}/index.js`).size, 0);
process.stdout.write(JSON.stringify({ wall, bundling: bundling.wall, bundles: bundles.sort(), bytes }));
