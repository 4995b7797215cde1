'use strict';

/**
 * Writes docs/rules/: a page for each rule, made of the rule itself, and a table of all. A test holds the pages against
 * the rules.
 */

const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const FOLDER = path.join(__dirname, '../docs/rules');
const NOTE = '<!-- made of src/rules by projenrc/rule-pages.js -->';

const SEVERITIES = {
  fatal: 'stops the synthesis; cannot be acknowledged',
  error: 'stops the synthesis until it is acknowledged',
  warning: 'is reported, and stops nothing',
};

/** The pages by file name. `topicOf` gives the folder that a rule is in. */
function pagesOf(catalog, topicOf) {
  return new Map([
    ['README.md', index(catalog, topicOf)],
    ...catalog.map((rule) => [`${rule.id}.md`, page(rule)]),
  ]);
}

function index(catalog, topicOf) {
  const topics = [...new Set(catalog.map(topicOf))];
  return [
    NOTE,
    '# Rules',
    '',
    `\`LambdaRules\` checks ${catalog.length} rules at synth, in every stack, nested stack and stage. ${Object.entries(SEVERITIES).map(([name, what]) => `\`${name}\` ${what}`).join('; ')}.`,
    'What only the deployment decides makes no finding.',
    ...topics.flatMap((topic) => ['', `## ${topic}`, '', '| rule | severity | what must be |', '| --- | --- | --- |', ...catalog.filter((rule) => topicOf(rule) === topic).map(row)]),
    '',
  ].join('\n');
}

function row({ id, severity, title }) {
  return `| [\`${id}\`](${id}.md) | ${severity} | ${title} |`;
}

function page(rule) {
  return [
    NOTE,
    `# ${rule.id}`,
    '',
    `${rule.title}.`,
    '',
    `| | |`,
    '| --- | --- |',
    `| severity | \`${rule.severity}\`: ${SEVERITIES[rule.severity]} |`,
    `| why | ${rule.why} |`,
    `| what to do | ${rule.fix} |`,
    `| source | <${rule.source}> |`,
    ...(rule.answers ?? []).map((answer) => `| AWS answers | \`${answer.replace(/\|/g, '\\|')}\` |`),
    `| acknowledge | \`lambda-rules::${rule.id}\` |`,
    `| since | ${rule.since} |`,
    '',
    '## Found',
    ...rule.invalid.flatMap((example) => [...resources(example), ...assets(example), ...region(example), ...parameters(example), ...quotas(example), `The finding is at \`${example.at}\`.`]),
    '',
    '## Not found',
    '',
    ...rule.valid.map(({ title }) => `- ${title}`),
    '',
  ].join('\n');
}

const LONG = 60;

function resources({ title, resources: all }) {
  const json = JSON.stringify(all, (_, value) => typeof value === 'string' && value.length > LONG && /(.)\1{20}/.test(value) ? `${value.slice(0, 20)}...` : value, 2);
  const lines = json.split('\n');
  const shown = lines.length > LONG ? [...lines.slice(0, LONG), '...'] : lines;
  return ['', `### ${title[0].toUpperCase()}${title.slice(1)}`, '', '```json', ...shown, '```', ''];
}

function region({ region: name }) {
  return name ? [`The stack is in ${name}.`, ''] : [];
}

function parameters({ parameters: all = {} }) {
  const names = Object.keys(all).map((name) => `\`${name}\``);
  return names.length > 0 ? [`The template has the parameter ${names.join(', ')}.`, ''] : [];
}

function quotas({ quotas: said = [] }) {
  const values = said.map((quota) => `\`${JSON.stringify(quota)}\``).join(' and ');
  return said.length === 0 ? [] : [`The context says that the account's quota in the Region is ${values}.`, ''];
}

/** What is in the assets of an example: their bytes, their files, or what is wrong with them. */
function assets({ assets: all = {} }) {
  return Object.entries(all).flatMap(([key, asset]) => {
    if (typeof asset === 'number') return [`\`${key}\` has ${asset.toLocaleString('en-US')} bytes unzipped.`, ''];
    if (asset.kind === 'image') return [`The image \`${key}\` is built for ${asset.platform ? `\`${asset.platform}\`` : 'the platform of the machine that builds it'}.`, ''];
    if (asset.kind === 'unopened') return [`${asset.reason.replace(key, `\`${key}\``)}.`, ''];
    if (asset.kind === 'opened') return [`\`${key}\`: ${asset.oddities.map(({ what, paths }) => `${what} (${paths.map((name) => `\`${name}\``).join(', ')})`).join(', ')}.`, ''];
    return [`\`${key}\` holds:`, '', ...Object.entries(asset).map(([name, file]) => `- \`${name}\`${about(file)}`), ''];
  });
}

function about(file) {
  const { content, bytes, mode } = typeof file === 'string' ? { content: file } : file;
  const text = typeof content === 'string' && content.length > 0 && !/[\0\n`]/.test(content) ? `: \`${content}\`` : '';
  return `${bytes === undefined ? '' : `, ${bytes.toLocaleString('en-US')} bytes`}${mode === undefined ? '' : `, mode ${mode.toString(8)}`}${text}`;
}

const RULES = path.join(__dirname, '../src/rules');

/** The rules as they are written: the compiled ones have no examples. */
function catalog() {
  const esbuild = require('esbuild');
  const { outputFiles: [bundle] } = esbuild.buildSync({
    entryPoints: [path.join(RULES, 'catalog.ts')], bundle: true, format: 'cjs', platform: 'node', packages: 'external', write: false,
  });
  const made = new Module(__filename);
  made.paths = module.paths;
  made._compile(bundle.text, __filename);
  return made.exports.CATALOG;
}

function main() {
  const topics = fs.readdirSync(RULES, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const topicOf = ({ id }) => topics.find((topic) => fs.existsSync(path.join(RULES, topic, `${id}.ts`)));
  fs.rmSync(FOLDER, { recursive: true, force: true });
  fs.mkdirSync(FOLDER, { recursive: true });
  for (const [file, text] of pagesOf(catalog(), topicOf)) fs.writeFileSync(path.join(FOLDER, file), text);
}

module.exports = { pagesOf };
if (require.main === module) main();
