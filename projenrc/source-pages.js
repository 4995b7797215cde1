'use strict';

/**
 * Writes docs/SOURCES.md: what each source does, made of its semantics in src/limits/sources. Run after compiling; a test
 * holds the page against the data.
 */

const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.join(__dirname, '..');
const PAGE = path.join(ROOT, 'docs/SOURCES.md');
const NOTE = '<!-- made of src/limits/sources by projenrc/source-pages.js -->';

/** Names of languages, and what has the types of events. */
const LANGUAGES = {
  typescript: ['TypeScript', '`@types/aws-lambda`'],
  python: ['Python', '`aws_lambda_powertools.utilities.data_classes`'],
  java: ['Java', '`com.amazonaws:aws-lambda-java-events`'],
  dotnet: ['.NET', 'the packages `Amazon.Lambda.*Events`'],
  go: ['Go', '`github.com/aws/aws-lambda-go/events`'],
};

/** The package of Java, which all of its names begin with. */
const JAVA = 'com.amazonaws.services.lambda.runtime.events.';

const NONE = '–';

/** All semantics that files of src/limits/sources export, with the factories of their sources. `load` gives what a file exports. */
function sourcesOf(load) {
  const factories = factoriesByName();
  const files = fs.readdirSync(path.join(ROOT, 'src/limits/sources')).map((file) => path.basename(file, '.ts'));
  const sources = files.flatMap((file) => Object.entries(load(file)).filter(([, value]) => isSemantics(value)))
    .map(([name, semantics]) => ({ name, semantics, factories: factories(name) }));
  return sources.sort((a, b) => (a.semantics.service < b.semantics.service ? -1 : 1));
}

function isSemantics(value) {
  return typeof value === 'object' && value !== null && 'service' in value && 'invocation' in value && 'eventType' in value;
}

/** The factories whose class imports a constant, by the name of that. */
function factoriesByName() {
  const texts = ['push', 'pull'].flatMap((kind) => {
    const folder = path.join(ROOT, 'src/events', kind);
    const read = (file) => fs.readFileSync(path.join(folder, file), 'utf8');
    const owner = kind === 'push' ? 'PushSource' : 'PullSource';
    const factories = [...read(`${kind}-source.ts`).matchAll(/public static (\w+)\([^{}]*(?:\{\})?\): (\w+) \{/g)]
      .map(([, factory, made]) => ({ made, factory: `${owner}.${factory}()` }));
    return fs.readdirSync(folder).filter((file) => file.endsWith('.ts')).map((file) => {
      const text = read(file);
      const imported = [...text.matchAll(/import \{([^}]*)\} from '[./]*limits\/sources\//g)].flatMap(([, names]) => names.match(/\w+/g));
      const own = factories.filter(({ made }) => text.includes(`export class ${made} `));
      // What is no source by itself is handed to something else: users make it.
      const others = [...text.matchAll(/export class (\w+) implements (?!lambda)/g)].map(([, made]) => ({ factory: `new ${made}()` }));
      return { imported, factories: [...own, ...others] };
    });
  });
  return (name) => texts.filter(({ imported }) => imported.includes(name)).flatMap(({ factories }) => factories.map(({ factory }) => factory));
}

function pageOf(sources) {
  return [
    NOTE,
    '# Sources',
    '',
    'How each service invokes functions, who tries again, and where an event ends for which all attempts failed. The same is in',
    '`semantics` of each source.',
    '',
    '- *synchronous*: the caller waits and gets the error; Lambda does not try again.',
    '- *asynchronous*: Lambda takes the event and tries again. Where neither a destination nor a dead-letter queue is given, the',
    '  sources of this library give the function an encrypted queue for what fails for good (`keepFailedEvents`).',
    '- *polled*: Lambda reads the source and tries again itself.',
    '',
    ...table(['service', 'made by', 'mode', 'who invokes', 'held to its source by', 'retries', 'a failed event ends'], sources.map(row)),
    '',
    '## Limits',
    '',
    'What a service holds the function to.',
    '',
    ...table(['service', 'at most'], sources.filter(({ semantics }) => semantics.limits.length > 0).map(({ semantics }) => (
      [semantics.service, semantics.limits.map(limit).join('; ')]
    ))),
    '',
    '## Types of the event',
    '',
    `What the handler receives, by its name in ${Object.values(LANGUAGES).map(([language, library]) => `${library} (${language})`).join(', ')}. Where there is none, the event is a dictionary.`,
    `Names of Java begin with \`${JAVA}\`.`,
    '',
    ...table(['service', ...Object.values(LANGUAGES).map(([language]) => language)], sources.map(({ semantics }) => (
      [semantics.service, ...Object.keys(LANGUAGES).map((language) => code((semantics.eventType[language] ?? '').replace(JAVA, '')))]
    ))),
    '',
  ].join('\n');
}

function row({ semantics, factories }) {
  const { service, documentation, invocation, conditionKeys, retries, failedEvents } = semantics;
  return [
    `[${service}](${documentation})`, factories.map(code).join(', ') || NONE, invocation, caller(semantics),
    conditionKeys.map(code).join(', ') || NONE, retries, failedEvents,
  ];
}

function caller({ principal, assumesRole, invocation }) {
  if (invocation === 'polled') return 'Lambda, which reads with the role of the function';
  if (principal !== undefined) return code(principal);
  return assumesRole === undefined ? 'the client' : `a role of ${code(assumesRole)}`;
}

function limit({ name, value, unit }) {
  return `${name}: ${value.toLocaleString('en-US')}${name.startsWith(unit) ? '' : ` ${unit}`}`;
}

/** A name as code; words as they are. */
function code(text) {
  if (text === '') return NONE;
  if (/\s/.test(text)) return text;
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

function main() {
  const lib = path.join(ROOT, 'lib/limits/sources');
  fs.writeFileSync(PAGE, pageOf(sourcesOf((file) => require(path.join(lib, file)))));
}

module.exports = { pageOf, sourcesOf };
if (require.main === module) main();
