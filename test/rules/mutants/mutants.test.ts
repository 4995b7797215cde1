import { EQUIVALENT, Equivalent, isMeant } from './equivalent';
import { mutantsOf } from './mutate';
import { inWords, isReported, RULES_FOR } from './reported';
import { modelOf, WiredApp, wiredApp } from './wired-app';
import { CALLER_ROLE_WIRINGS } from './wired-caller-roles';
import { CALLER_WIRINGS } from './wired-callers';
import { ROLE_WIRINGS } from './wired-roles';

/**
 * From apps that are wired right, each permission and each statement about a role is deleted, retargeted, narrowed,
 * widened or denied in turn: the rules must report each of these mutants, and nothing of the apps as they were.
 */
const WIRINGS = { ...CALLER_WIRINGS, ...ROLE_WIRINGS, ...CALLER_ROLE_WIRINGS };
const APPS: readonly WiredApp[] = Object.entries(WIRINGS).map(([name, wire]) => wiredApp(name, wire));
const MUTANTS = APPS.flatMap(mutantsOf);

test.each(APPS.map((app) => [app.name, app] as const))('nothing is found in what is right: %s', (_, { resources }) => {
  const model = modelOf(resources);
  expect(RULES_FOR['who may invoke'].flatMap((rule) => [...rule.check(model)].map(({ message }) => `${rule.id}: ${message}`))).toEqual([]);
});

describe('each statement that is wrong', () => {
  const survivors = new Set(MUTANTS.filter((mutant) => !isReported(mutant)));

  test('is reported where it matters, unless it makes no difference', () => {
    const missed = [...survivors].filter((mutant) => !EQUIVALENT.some((entry) => isMeant(entry, mutant)));
    expect(missed.map(inWords)).toEqual([]);
  });

  test.each(EQUIVALENT.map((entry): [string, Equivalent] => [entry.why, entry]))('makes no difference: %s', (_, entry) => {
    const meant = MUTANTS.filter((mutant) => isMeant(entry, mutant));
    expect(meant.length).toBeGreaterThan(0);
    expect(meant.filter((mutant) => !survivors.has(mutant)).map(inWords)).toEqual([]);
  });

  // measured
  test.each([['deleted', 1019], ['retargeted', 1918], ['narrowed', 1733], ['widened', 433], ['denied', 264]])('is %s in as many ways as were counted', (kind, atLeast) => {
    expect(MUTANTS.filter((mutant) => mutant.kind === kind).length).toBeGreaterThanOrEqual(atLeast);
  });

  // measured: 4,564 of 5,367
  test('is one of many that are reported', () => {
    expect(MUTANTS.length - survivors.size).toBeGreaterThanOrEqual(4564);
  });
});
