import * as fs from 'fs';
import * as path from 'path';
import { PushSource, SourceSemantics } from '../../src';

const ROOT = path.join(__dirname, '../..');

interface Source { readonly name: string; readonly semantics: SourceSemantics; readonly factories: string[] }

// eslint-disable-next-line @typescript-eslint/no-require-imports
const { pageOf, sourcesOf } = require('../../projenrc/source-pages') as {
  pageOf(sources: readonly Source[]): string;
  sourcesOf(load: (file: string) => object): Source[];
};

const sources = sourcesOf((file) => jest.requireActual(path.join(ROOT, 'src/limits/sources', file)));
const page = pageOf(sources);

test('docs/SOURCES.md is that of the sources: `npx projen compile && node projenrc/source-pages.js` writes it', () => {
  expect(fs.readFileSync(path.join(ROOT, 'docs/SOURCES.md'), 'utf8')).toBe(page);
});

test('every factory of PushSource is in it', () => {
  const factories = Object.getOwnPropertyNames(PushSource).filter((name) => !name.startsWith('_') && typeof (PushSource as any)[name] === 'function');
  expect(factories.length).toBeGreaterThan(4);
  for (const name of factories) expect(page).toContain(`\`PushSource.${name}()\``);
});

test('all semantics are those of a source, and have one who invokes at most', () => {
  for (const { name, semantics, factories } of sources) {
    expect({ name, factories }).toEqual({ name, factories: expect.arrayContaining([expect.stringMatching(/^((Push|Pull)Source\.|new )/)]) });
    expect([semantics.principal, semantics.assumesRole].filter((who) => who !== undefined).length).toBeLessThan(2);
  }
});

test('each source says where it is documented', () => {
  expect(sources.length).toBeGreaterThan(4);
  for (const { semantics } of sources) expect(semantics.documentation).toMatch(/^https:\/\/(docs\.aws|developer)\.amazon\.com\//);
});

describe('the page', () => {
  const ODD: SourceSemantics = {
    service: 'A|B',
    invocation: 'asynchronous' as SourceSemantics['invocation'],
    assumesRole: 'ab.amazonaws.com',
    conditionKeys: [],
    retries: 'none',
    failedEvents: 'nowhere',
    limits: [{ name: 'bytes of the event', value: 262144, unit: 'bytes' }, { name: 'time until the answer', value: 5, unit: 'seconds' }],
    eventType: { typescript: 'AEvent', dotnet: 'Amazon.A`1', java: 'com.amazonaws.services.lambda.runtime.events.AEvent', go: 'AEvent and its like' },
    documentation: 'https://docs.aws.amazon.com/',
  };
  const lines = pageOf([{ name: 'ODD', semantics: ODD, factories: [] }]).split('\n').filter((line) => line.includes('A\\|B'));

  test('says which service assumes a role, and what is not known', () => {
    expect(lines[0]).toBe('| [A\\|B](https://docs.aws.amazon.com/) | – | asynchronous | a role of `ab.amazonaws.com` | – | none | nowhere |');
  });

  test('gives numbers with their unit, once', () => {
    expect(lines[1]).toBe('| A\\|B | bytes of the event: 262,144; time until the answer: 5 seconds |');
  });

  test('gives the name of the event in each language', () => {
    expect(lines[2]).toBe('| A\\|B | `AEvent` | – | `AEvent` | `` Amazon.A`1 `` | AEvent and its like |');
  });
});
