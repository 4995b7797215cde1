import * as fs from 'fs';
import * as path from 'path';

/**
 * The walls of the house (docs/ARCHITECTURE.md), held without a linter: which folder of src/ may import which, no
 * circles, nothing from an index.
 */

const SRC = path.join(__dirname, '../../src');

const GROUND = ['limits', 'support', 'measure'];
const FEATURES = ['role', 'permissions', 'deployment', 'code', 'compute', 'layers', 'logging', 'release', 'concurrency', 'events', 'failure'];

/** What each folder may import besides itself. A folder that is not here is a new room: put it in. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  limits: [],
  measure: ['limits'],
  support: ['limits', 'measure'],
  ...Object.fromEntries(FEATURES.map((feature) => [feature, GROUND])),
  // a source says what becomes of its failed events, and looks into the code of its function
  events: [...GROUND, 'failure', 'assembly', 'contents'],
  function: [...FEATURES, ...GROUND, 'plugin'],
  contents: ['limits'],
  model: ['contents', 'limits', 'measure'],
  assembly: ['model', 'contents'],
  rules: ['model', 'contents', 'limits', 'measure'],
  report: ['model', 'contents', 'limits', 'measure'],
  plugin: ['assembly', 'rules', 'model', 'limits', 'support'],
  cli: ['assembly', 'report', 'model', 'measure'],
  testing: [],
};

interface Import { readonly from: string; readonly to: string; readonly typeOnly: boolean }

const files = fs.readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const imports = files.flatMap(importsOf);

function importsOf(file: string): Import[] {
  const text = fs.readFileSync(path.join(SRC, file), 'utf8');
  return [...text.matchAll(/^(?:import|export) (type )?[^;]*?from '(\.[^']+)';/gm)].map(([, type, target]) => ({
    from: file,
    to: `${path.join(path.dirname(file), target)}.ts`,
    typeOnly: type !== undefined,
  }));
}

const room = (file: string) => file.split(path.sep)[0];

test('the sources were found', () => {
  expect(files.length).toBeGreaterThan(30);
  expect(imports.length).toBeGreaterThan(50);
  for (const { to } of imports) expect(files).toContain(to);
});

test('every folder of src/ has its place', () => {
  expect([...new Set(files.filter((file) => file !== 'index.ts').map(room))].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
});

test('arrows point down', () => {
  const wrong = imports.filter(({ from, to }) => from !== 'index.ts' && room(from) !== room(to) && !MAY_IMPORT[room(from)].includes(room(to)));
  expect(wrong).toEqual([]);
});

test('a push source knows no pull source, nor the other way round', () => {
  const side = (file: string) => path.dirname(file).split(path.sep)[1];
  // what they have in common is beside them, and knows neither
  const wrong = imports.filter(({ from, to }) => room(from) === 'events' && room(to) === 'events' && side(to) !== undefined && side(from) !== side(to));
  expect(wrong).toEqual([]);
});

test('nothing is imported from an index', () => {
  expect(imports.filter(({ to }) => path.basename(to) === 'index.ts')).toEqual([]);
});

test('there are no circles', () => {
  const next = (file: string) => imports.filter(({ from, typeOnly }) => from === file && !typeOnly).map(({ to }) => to);
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]) => {
    if (trail.includes(file)) circles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
    if (trail.includes(file) || done.has(file)) return;
    next(file).forEach((target) => visit(target, [...trail, file]));
    done.add(file);
  };
  files.forEach((file) => visit(file, []));
  expect(circles).toEqual([]);
});

test.each([
  // role/ writes one: what a role that was handed in lacks; code/ bundles sources
  ['files are read in assembly/ and cli/ alone', /from '(node:)?fs'/, ['assembly', 'cli', 'testing', 'role', 'code']],
  // plugin/ says that it is still at work; code/ passes on what esbuild warns of, as the CDK does
  ['only cli/ prints, and it through what it is given', /\bconsole\.\w+\(|process\.std/, ['plugin', 'code']],
  ['only the snapshot serializer looks at the process', /\bprocess\.(?!stderr)/, ['testing']],
  ['model, rules and report know no CDK', /from 'aws-cdk-lib/, ['assembly', 'plugin', 'function', 'support', ...FEATURES]],
])('%s', (_, pattern, rooms) => {
  const wrong = files.filter((file) => file !== 'index.ts' && !rooms.includes(room(file)) && pattern.test(fs.readFileSync(path.join(SRC, file), 'utf8')));
  expect(wrong).toEqual([]);
});
