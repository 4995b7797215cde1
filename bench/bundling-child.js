/** One synthesis in a fresh process. Takes the task as JSON, prints what was measured as JSON. */
const fs = require('fs');
const { App, Stack } = require('aws-cdk-lib');
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
  // What either class costs without its bundling.
  'Function': () => (stack, id) => new lambda.Function(stack, id, inline()),
  'EventFunction': () => {
    const { EventFunction } = require('cdk-event-functions');
    return (stack, id) => new EventFunction(stack, id, inline());
  },
};

function inline() {
  return { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {};') };
}

const { variant, project, entries, outdir } = JSON.parse(process.argv[2]);
process.chdir(project);
const addFunction = VARIANTS[variant]();
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
process.stdout.write(JSON.stringify({ wall, bundles: bundles.sort(), bytes }));
