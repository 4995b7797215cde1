#!/usr/bin/env node
'use strict';

/**
 * What other linters say about the roles and permissions that this library makes. docs/PEERS.md explains it.
 *
 *   node peers/run.js                          lib/ must be there: `npm run lint:peers` compiles first
 *   node peers/run.js 'one of each source'     these apps only, without asking whether all rules and exceptions are of use
 */

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { table } = require('../bench/table');
const { ROOT, lacking, log } = require('../languages/tools');
const { APPS, BAD, SOURCES, synthesize } = require('./apps');
const { installNag, installPython } = require('./environments');
const exceptions = require('./exceptions');
const { cdkNag, cfnLint, checkov } = require('./linters');
const { isAboutPermissions, MUST_OBJECT } = require('./permissions');

function main() {
  if (!fs.existsSync(path.join(ROOT, 'lib/index.js'))) throw new Error('lib/ is missing: "npm run lint:peers" compiles the library first');
  const missing = lacking(['npm', 'python3']);
  if (missing.length > 0) throw new Error(`this machine lacks ${missing.join(', ')}`);
  const names = process.argv.length > 2 ? process.argv.slice(2) : APPS;
  const out = fs.mkdtempSync(path.join(os.tmpdir(), 'peers-'));
  try {
    const { versions, findings } = lint(out, names);
    Object.entries(versions).forEach(([linter, version]) => report(linter, version, findings.filter((finding) => finding.linter === linter)));
    const isAll = names === APPS;
    const problems = [...unexcused(findings), ...isAll ? [...silent(findings), ...stale(findings)] : []].sort();
    problems.forEach((problem) => log(`FAILED: ${problem}`));
    log(problems.length === 0 ? 'peers: no finding about roles, permissions or sources without a reason' : `peers: ${problems.length} problems`);
    if (problems.length > 0) process.exitCode = 1;
  } finally {
    fs.rmSync(out, { recursive: true, force: true });
  }
}

function lint(out, names) {
  const nag = installNag();
  const cfn = installPython('cfn-lint');
  const ckv = installPython('checkov');
  const apps = synthesize(out, names);
  return {
    versions: {
      'cdk-nag': nag.split('@')[1],
      'cfn-lint': cfn.version('cfn-lint'),
      'serverless-rules': cfn.version('cfn_lint_serverless'),
      'checkov': ckv.version('checkov'),
    },
    findings: [...cdkNag(apps), ...cfnLint(apps, out, cfn), ...checkov(apps, out, ckv)].map(judge),
  };
}

function judge(finding) {
  const counts = isAboutPermissions(finding) || isOfSources(finding);
  const excusable = counts && finding.app !== BAD;
  return { ...finding, counts, exception: excusable ? exceptions.find((exception) => covers(exception, finding)) : undefined };
}

/** Of sources, cfn-lint and ServerlessChecks are to say nothing, be it about permissions or not. */
function isOfSources({ linter, app, rule }) {
  return app === SOURCES && (linter === 'cfn-lint' || rule.startsWith('Serverless-'));
}

function covers({ linter, rule, place }, finding) {
  const sameRule = typeof rule === 'string' ? rule === finding.rule : rule.test(finding.rule);
  return linter === finding.linter && sameRule && place.test(finding.place);
}

/** What counts and has no accepted reason. */
function unexcused(findings) {
  return findings.filter(({ app, counts, exception }) => app !== BAD && counts && !exception)
    .map(({ linter, app, rule, place, message }) => `${linter} ${rule} at ${place} (${app}): ${message.slice(0, 200)}`);
}

/** Rules that had nothing to say about the bad app. */
function silent(findings) {
  const objects = (linter, rule) => findings.some((finding) => (
    finding.app === BAD && finding.linter === linter && finding.rule === rule && finding.counts
  ));
  return Object.entries(MUST_OBJECT).flatMap(([linter, rules]) => (
    rules.filter((rule) => !objects(linter, rule)).map((rule) => `${linter} ${rule} does not object to the ${BAD}`)
  ));
}

/** Exceptions that nothing needs any more. */
function stale(findings) {
  return exceptions.filter((exception) => !findings.some((finding) => finding.exception === exception))
    .map(({ linter, rule, place }) => `the exception for ${linter} ${rule} at ${place} matches nothing any more: remove it`);
}

/** What one linter said: how much about permissions and sources and how much else, in each app; then the reasons and the rules. */
function report(linter, version, findings) {
  const other = findings.filter(({ counts }) => !counts);
  const excepted = findings.filter(({ exception }) => exception);
  const open = findings.filter(({ counts, exception }) => counts && !exception);
  const row = (name, group) => [name, ...APPS.map((app) => group.filter((finding) => finding.app === app).length)];
  log(table([`${linter} ${version}`, ...APPS], [row('that count', open), row('the same, excepted', excepted), row('other', other)]));
  const reasons = count(excepted, ({ rule, exception }) => `${rule.split('[')[0]}: ${exception.reason}`);
  reasons.forEach(([text, times]) => log(`  excepted ${times} x ${text}`));
  const rules = count(other.filter(({ app }) => app !== BAD), ({ rule }) => rule);
  log(`  other, without the ${BAD}: ${rules.map(([rule, times]) => `${rule} ${times}`).join(', ')}\n`);
}

function count(findings, key) {
  const counts = {};
  for (const finding of findings) counts[key(finding)] = (counts[key(finding)] ?? 0) + 1;
  return Object.entries(counts).sort(([a], [b]) => a < b ? -1 : 1);
}

main();
