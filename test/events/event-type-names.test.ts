import * as fs from 'fs';
import * as path from 'path';
import { InvocationMode, SourceSemantics } from '../../src';

const ROOT = path.join(__dirname, '../..');
const SOURCES = path.join(ROOT, 'src/limits/sources');
const TYPES = path.join(ROOT, 'node_modules/@types/aws-lambda');

/** The names of event types in each language but TypeScript, whose package is here, and where they are defined. */
const LISTED: Readonly<Record<string, { source: string; names: string[] }>> =
  JSON.parse(fs.readFileSync(path.join(ROOT, 'test/fixtures/event-type-names.json'), 'utf8'));

const CHANGES = 'Amazon DocumentDB (change streams)';

/** What is polled and has no type in a language. */
const NAMELESS: Readonly<Record<string, readonly string[]>> = { typescript: [CHANGES, 'Amazon MQ (Apache ActiveMQ)', 'Amazon MQ (RabbitMQ)'] };

const semantics: SourceSemantics[] = fs.readdirSync(SOURCES)
  .flatMap((file) => Object.values<SourceSemantics>(jest.requireActual(path.join(SOURCES, file))))
  .filter((value) => typeof value === 'object' && value !== null && 'eventType' in value);

/** The names that sources give in a language, without what is said of others like them. */
const namesIn = (language: string): string[] => semantics
  .map(({ eventType }) => eventType[language as keyof SourceSemantics['eventType']])
  .filter((name) => name !== undefined)
  .map((name) => name.split(' ')[0]);

/** What a file of type definitions exports, by itself and from others. */
function exportsOf(file: string): string[] {
  // There are comments that name packages, as of Alexa.
  const text = fs.readFileSync(file, 'utf8').replace(/^\s*\/\/.*$/gm, '');
  const others = [...text.matchAll(/export \* from "([^"]+)"/g)].map(([, other]) => path.resolve(path.dirname(file), other));
  const own = [...text.matchAll(/^export (?:interface|type|class) (\w+)/gm)].map(([, name]) => name);
  return [...own, ...others.flatMap((other) => exportsOf(fs.existsSync(`${other}.d.ts`) ? `${other}.d.ts` : path.join(other, 'index.d.ts')))];
}

test('there are sources', () => {
  expect(semantics.length).toBeGreaterThan(20);
});

test('the names of TypeScript are those of @types/aws-lambda', () => {
  expect(exportsOf(path.join(TYPES, 'index.d.ts'))).toEqual(expect.arrayContaining(namesIn('typescript')));
});

test.each(Object.keys(LISTED))('the names of %s are listed with where they are defined', (language) => {
  expect(LISTED[language].source).toMatch(/^https:\/\//);
  expect(namesIn(language).length).toBeGreaterThan(0);
  expect(LISTED[language].names).toEqual(expect.arrayContaining(namesIn(language)));
});

test.each(['typescript', ...Object.keys(LISTED)])('what Lambda polls has a name in %s, or is said to have none', (language) => {
  const polled = semantics.filter(({ invocation }) => invocation === InvocationMode.POLLED);
  expect(polled.length).toBeGreaterThanOrEqual(9);
  const nameless = polled.filter(({ eventType }) => eventType[language as keyof SourceSemantics['eventType']] === undefined).map(({ service }) => service);
  expect(nameless.sort()).toEqual(NAMELESS[language] ?? [CHANGES]);
});

test('no other language has names', () => {
  const languages = new Set(semantics.flatMap(({ eventType }) => Object.keys(eventType)));
  expect([...languages].sort()).toEqual(['typescript', ...Object.keys(LISTED)].sort());
});
