'use strict';

const fs = require('node:fs');
const path = require('node:path');
const flags = require('aws-cdk-lib/recommended-feature-flags.json');
const example = require('../examples/order-pipeline/cdk.json');
const { ROOT, run } = require('../languages/tools');

const EXAMPLE = path.join(ROOT, 'examples/order-pipeline');
const TS_NODE = require.resolve('ts-node/dist/bin'); // the first word of the example's own command
const TS = [TS_NODE, '--transpileOnly', '--project', path.join(ROOT, 'tsconfig.dev.json')];
const RECORDER = path.join(__dirname, 'nag-recorder.js');

/** The name of the app that has everything wrong. */
const BAD = 'bad app';

/** The name of the app of which cfn-lint and ServerlessChecks are to say nothing at all. */
const SOURCES = 'one of each source';

/** Feature flags change which policies there are, so the default app is looked at in an old app and in a new one. */
const APPS = {
  'default': { args: ['default-app.js'], cwd: __dirname },
  'default with feature flags': { args: ['default-app.js'], cwd: __dirname, context: flags },
  [SOURCES]: { args: [...TS, 'sources-app.ts'], cwd: __dirname, context: flags },
  'order-pipeline': { args: [TS_NODE, ...example.app.split(' ').slice(1)], cwd: EXAMPLE, context: example.context },
  [BAD]: { args: ['bad-app.js'], cwd: __dirname, context: flags },
};

/** Synthesizes apps, each into its folder, as the CDK CLI would, with cdk-nag's recorder in each. */
function synthesize(out, names) {
  return Object.entries(APPS).filter(([name]) => names.includes(name)).map(([name, { args, cwd, context }]) => {
    const folder = path.join(out, name.replaceAll(' ', '-'));
    const env = {
      CDK_OUTDIR: folder,
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, 'aws:cdk:enable-path-metadata': true }), // as the CLI does
    };
    run(process.execPath, ['--require', RECORDER, ...args], { cwd, env });
    return { name, folder, templates: fs.readdirSync(folder).filter((file) => file.endsWith('.template.json')).sort() };
  });
}

/** Type and construct path of every resource, by app, template and logical id. */
function resourcesOf({ folder, templates }) {
  return templates.flatMap((template) => {
    const { Resources } = JSON.parse(fs.readFileSync(path.join(folder, template), 'utf8'));
    return Object.entries(Resources).map(([logicalId, { Type, Metadata }]) => ({
      template, logicalId, type: Type, place: Metadata?.['aws:cdk:path'] ?? `${template}#${logicalId}`,
    }));
  });
}

module.exports = { APPS: Object.keys(APPS), BAD, SOURCES, synthesize, resourcesOf };
