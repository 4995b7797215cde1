'use strict';

/** Each linter: how it is run, and what it says, as `{ linter, app, rule, place, type, message }` for all of them. */

const fs = require('node:fs');
const path = require('node:path');
const { run } = require('../languages/tools');
const { resourcesOf } = require('./apps');

/** cdk-nag has spoken already, while the app was synthesized. */
function cdkNag(apps) {
  return apps.flatMap((app) => {
    const resources = resourcesOf(app);
    return read(app.folder, 'cdk-nag.json').map(({ rule, place, message }) => {
      const type = resources.find((resource) => resource.place === place)?.type;
      return { linter: 'cdk-nag', app: app.name, rule, place, type, message };
    });
  });
}

/**
 * cfn-lint and serverless-rules, which is a set of rules for it and names them S.
 *
 * With informational rules, one of which is about permissions (I3510), and regardless of what a template excludes.
 */
function cfnLint(apps, out, { command }) {
  const templates = filesOf(apps);
  run(command('cfn-lint'), [
    '--append-rules', 'cfn_lint_serverless.rules', '--include-checks', 'I', '--mandatory-checks', 'I', 'W', 'E',
    '--regions', 'us-east-1', '--non-zero-exit-code', 'none', '--format', 'json', '--output-file', 'cfn-lint.json',
    '--template', ...templates.keys(),
  ], clean(out));
  return read(out, 'cfn-lint.json').map(({ Filename, Location, Rule, Message }) => {
    const [section, logicalId] = Location.Path ?? [];
    const linter = /^.S/.test(Rule.Id) ? 'serverless-rules' : 'cfn-lint';
    return { linter, rule: Rule.Id, message: Message, ...whereabouts(templates.get(Filename), section === 'Resources' && logicalId) };
  });
}

/** checkov, offline. What it could not read or was told to skip is an error. */
function checkov(apps, out, { command }) {
  const templates = filesOf(apps);
  run(command('checkov'), [
    '--framework', 'cloudformation', '--skip-download', '--compact', '--quiet', '--soft-fail',
    '--output', 'json', '--output-file-path', 'checkov', '--file', ...templates.keys(),
  ], clean(out));
  const { results, summary } = read(out, 'checkov/results_json.json');
  if (summary.parsing_errors + summary.skipped > 0) throw new Error(`checkov left something out: ${JSON.stringify(summary)}`);
  return results.failed_checks.map(({ check_id: rule, check_name: message, file_path: file, resource }) => (
    { linter: 'checkov', rule, message, ...whereabouts(templates.get(file.slice(1)), resource.split('.').pop()) }
  ));
}

/** The templates of all apps, by the path that the linters are given. */
function filesOf(apps) {
  return new Map(apps.flatMap((app) => {
    const resources = resourcesOf(app);
    return app.templates.map((template) => {
      const file = path.join(path.basename(app.folder), template);
      return [file, { app: app.name, file, resources: resources.filter((resource) => resource.template === template) }];
    });
  }));
}

function whereabouts({ app, file, resources }, logicalId) {
  const { type, place } = resources.find((resource) => resource.logicalId === logicalId) ?? { place: file };
  return { app, type, place };
}

/** No settings of the machine's user, nor of a project. */
function clean(out) {
  return { cwd: out, env: { HOME: out } };
}

function read(...file) {
  return JSON.parse(fs.readFileSync(path.join(...file), 'utf8'));
}

module.exports = { cdkNag, cfnLint, checkov };
