import * as fs from 'fs';
import * as path from 'path';
import * as fc from 'fast-check';
import { Json, JsonObject } from '../../src/model/template';
import { CATALOG } from '../../src/rules/catalog';
import { Example, Rule } from '../../src/rules/rule';
import { anyJson } from '../model/any-json';
import { appOf } from '../model/app-of';

const RULES = path.join(__dirname, '../../src/rules');

/** No capital letter, but for names: of services, with more than one capital or a digit in them. */
const BEGINNING = /^([^A-Z\s]|[A-Z]\w*[A-Z0-9]|(Lambda|Amazon|Kinesis|Kafka|Step Functions|Cognito|Alexa|Python|Java|Node)\b)/;

/** A value that the deployment decides. */
const UNKNOWN: Json = { Ref: 'DecidedAtDeployment' };

function findingsOf(rule: Rule, { resources, ...surroundings }: Omit<Example, 'title'>) {
  return [...rule.check(appOf(resources, surroundings))];
}

/** Each place within a value: all keys and indexes on the way there. */
function placesIn(json: Json | undefined): string[][] {
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) => [[key], ...placesIn(value).map((place) => [key, ...place])]);
}

/** The places within the properties of an example's resources, intrinsic functions as a whole. */
function propertiesOf(resources: JsonObject): string[][] {
  const isIntrinsic = (key: string) => key === 'Ref' || key.startsWith('Fn::');
  return placesIn(resources).filter((place) => place[1] === 'Properties' && place.length > 2 && !place.some(isIntrinsic));
}

function replaced(json: JsonObject, place: readonly string[], value: Json): JsonObject {
  const copy = structuredClone(json);
  let at = copy as Record<string, Json>;
  for (const key of place.slice(0, -1)) at = at[key] as Record<string, Json>;
  at[place[place.length - 1]] = value;
  return copy;
}

/** Whether an example holds something that the deployment decides: a name that is not in it, an import, a choice. */
function holdsUnknown({ resources }: Example): boolean {
  const text = JSON.stringify(resources);
  const names = [...text.matchAll(/"Ref":"([^"]+)"/g)].map(([, name]) => name);
  return names.some((name) => resources[name] === undefined && name !== 'AWS::NoValue') || /"Fn::(If|ImportValue|FindInMap|GetStackOutput)"/.test(text);
}

describe.each(CATALOG.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test.each(rule.valid.map((example) => [example.title, example] as const))('passes: %s', (_, example) => {
    expect(findingsOf(rule, example).map(({ message }) => message)).toEqual([]);
  });

  test.each(rule.invalid.map((example) => [example.title, example] as const))('fails if %s', (_, example) => {
    expect(findingsOf(rule, example).map((finding) => `${finding.resource.logicalId}/${finding.path}`)).toEqual([example.at]);
  });

  test('has examples of what is valid, what is invalid, and what cannot be known', () => {
    expect(rule.valid.length).toBeGreaterThan(0);
    expect(rule.invalid.length).toBeGreaterThan(0);
    expect(rule.valid.filter(holdsUnknown).length).toBeGreaterThan(0);
    const titles = [...rule.valid, ...rule.invalid].map(({ title }) => title);
    expect(titles).toEqual([...new Set(titles)]);
  });

  test('finds nothing because a value of a valid example is decided at deployment', () => {
    const variants = rule.valid.flatMap((example) => propertiesOf(example.resources).map((place) => (
      { ...example, title: `${example.title}: ${place.join('/')} unknown`, resources: replaced(example.resources, place, UNKNOWN) }
    )));
    expect(variants.length).toBeGreaterThan(0);
    const findings = variants.flatMap((variant) => findingsOf(rule, variant).map(({ message }) => `${variant.title}: ${message}`));
    expect(findings).toEqual([]);
  });

  test('throws on no template', () => {
    const places = [...rule.valid, ...rule.invalid]
      .flatMap((example) => placesIn(example.resources).map((place) => ({ example, place })));
    fc.assert(fc.property(fc.constantFrom(...places), anyJson, ({ example, place }, value) => {
      findingsOf(rule, { ...example, resources: replaced(example.resources, place, value) });
    }), { numRuns: 300 });
  });

  test('says what must be and what is', () => {
    for (const { message } of rule.invalid.flatMap((example) => findingsOf(rule, example))) {
      expect(message).toMatch(/^[^A-Z\s].* must .*, got /);
      expect(message).toContain('must be');
      expect(message).not.toMatch(/\.$|undefined|\[object|NaN/);
    }
  });

  test('says why and what to do, in sentences that go on from the message', () => {
    for (const sentence of [rule.why, rule.fix]) {
      expect(sentence).toMatch(/^\S.{10,}[^.\s]$/);
      expect(sentence).toMatch(BEGINNING);
    }
    expect(rule.fix).toMatch(/^[^A-Z]/);
  });

  test('has an id that names the good state, a severity, a release and a source', () => {
    expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/);
    expect(rule.title).toMatch(/^[A-Z'].*[^.]$/);
    expect(['fatal', 'error', 'warning']).toContain(rule.severity);
    expect(rule.since).toMatch(/^\d+\.\d+\.\d+$/);
    expect(new URL(rule.source).protocol).toBe('https:');
  });

  test('quotes AWS as AWS was recorded, where it does', () => {
    for (const answer of rule.answers ?? []) expect(answer).toMatch(/^\S.{10,}\S$/);
  });

  test('lives in the file of its name', () => {
    const files = topics().filter((topic) => fs.existsSync(path.join(RULES, topic, `${id}.ts`)));
    expect(files).toHaveLength(1);
    expect(Object.values(jest.requireActual(path.join(RULES, files[0], id)))).toContain(rule);
  });
});

describe('the catalog', () => {
  test('has each id once', () => {
    const ids = CATALOG.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  test('has all rules that there are', () => {
    const rules = topics().flatMap((topic) => fs.readdirSync(path.join(RULES, topic)).flatMap((file) => rulesIn(path.join(RULES, topic, file))));
    expect(rules.map(({ id }) => id).sort()).toEqual(CATALOG.map(({ id }) => id).sort());
  });

  test('keeps the rules of one topic together', () => {
    const order = CATALOG.map(({ id }) => topics().find((topic) => fs.existsSync(path.join(RULES, topic, `${id}.ts`))));
    const changes = order.filter((topic, index) => topic !== order[index - 1]);
    expect(changes).toEqual([...new Set(changes)]);
  });
});

function topics(): string[] {
  return fs.readdirSync(RULES, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

function rulesIn(file: string): Rule[] {
  const exported = Object.values(jest.requireActual<Record<string, unknown>>(file.replace(/\.ts$/, '')));
  return exported.filter((item): item is Rule => typeof item === 'object' && item !== null && 'check' in item && 'id' in item);
}
