import * as fs from 'fs';
import * as path from 'path';

/** One app in five languages, and others in TypeScript: what they need must say the same everywhere. */

const ROOT = path.join(__dirname, '../..');
const EXAMPLES = path.join(ROOT, 'examples');
const { devDependencies } = jest.requireActual('../../package.json');
const CDK = devDependencies['aws-cdk-lib'];
const read = (...file: string[]) => fs.readFileSync(path.join(EXAMPLES, ...file), 'utf8');

const languages = fs.readdirSync(EXAMPLES).filter((name) => name.startsWith('order-pipeline'));

test('there is one for each language', () => {
  expect(languages.sort()).toEqual(['', '-csharp', '-go', '-java', '-python'].map((ending) => `order-pipeline${ending}`));
});

/** Folders with an app, so not what their tests have in common. */
const apps = fs.readdirSync(EXAMPLES).filter((name) => fs.existsSync(path.join(EXAMPLES, name, 'cdk.json')));
/** Apps whose handlers are here, too. */
const withHandlers = apps.filter((name) => fs.existsSync(path.join(EXAMPLES, name, 'functions')));

test.each(withHandlers)('%s is synthesized by the task, and its handlers have events for direct invocation', (name) => {
  const { tasks } = JSON.parse(fs.readFileSync(path.join(ROOT, '.projen/tasks.json'), 'utf8'));
  expect(tasks.example.steps).toContainEqual({ exec: 'cdk synth --quiet', cwd: `examples/${name}` });
  expect(fs.readdirSync(path.join(EXAMPLES, name, 'events'))).toEqual(expect.arrayContaining(['complex.json', 'null.json', 'simple.json']));
});

test.each(withHandlers.flatMap((name) => fs.readdirSync(path.join(EXAMPLES, name, 'functions')).map((folder) => [name, folder])))(
  'of %s, the handler %s is tested with them', (name, folder) => {
    const test = read(name, 'test', `${folder}.test.ts`);
    expect(test).toContain("describe('invoked directly'");
    expect(test).toContain('surviveAnyEvent(');
  },
);

test.each(apps)('%s has the feature flags of all others', (name) => {
  expect(JSON.parse(read(name, 'cdk.json')).context).toEqual(JSON.parse(read('order-pipeline', 'cdk.json')).context);
});

test.each([
  ['order-pipeline-python', 'requirements.txt', `aws-cdk-lib>=${CDK},`],
  ['order-pipeline-java', 'pom.xml', `<cdk.version>${CDK}</cdk.version>`],
  ['order-pipeline-java', 'pom.xml', `<constructs.version>${devDependencies.constructs}</constructs.version>`],
  ['order-pipeline-csharp', 'src/OrderPipeline/OrderPipeline.csproj', `[${CDK},`],
  ['order-pipeline-go', 'go.mod', `awscdk/v2 v${CDK}`],
])('%s asks for the CDK that we develop with, in %s', (name, file, text) => {
  expect(read(name, file)).toContain(text);
});

test('the README lists them, and is there in the other languages with what it says now', () => {
  const readme = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8');
  for (const name of apps) expect(readme).toContain(`(examples/${name})`);
  // Prose between the snippets is the same in all languages, but for links and the bullets of lists.
  const plain = (text: string) => text.replace(/\]\([^)]*\)/g, '').replace(/^\s*[-*] /gm, ' ').replace(/\s+/g, ' ').trim();
  const prose = readme.split(/```[^]*?```/).map(plain).filter((part) => part.length > 40);
  for (const language of ['python', 'java', 'csharp', 'go']) {
    const translated = plain(fs.readFileSync(path.join(ROOT, 'docs/readme', `${language}.md`), 'utf8'));
    for (const part of prose) expect(translated).toContain(part);
  }
});
