import * as fs from 'fs';
import * as path from 'path';

/** The same app in five languages: what the languages need must say the same everywhere. */

const ROOT = path.join(__dirname, '../..');
const EXAMPLES = path.join(ROOT, 'examples');
const { devDependencies } = jest.requireActual('../../package.json');
const CDK = devDependencies['aws-cdk-lib'];
const read = (...file: string[]) => fs.readFileSync(path.join(EXAMPLES, ...file), 'utf8');

const languages = fs.readdirSync(EXAMPLES).filter((name) => name.startsWith('order-pipeline'));

test('there is one for each language', () => {
  expect(languages.sort()).toEqual(['', '-csharp', '-go', '-java', '-python'].map((ending) => `order-pipeline${ending}`));
});

test.each(languages)('%s has the feature flags of all others', (name) => {
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
  for (const name of languages) expect(readme).toContain(`(examples/${name})`);
  // Prose between the snippets is the same in all languages, but for links and the bullets of lists.
  const plain = (text: string) => text.replace(/\]\([^)]*\)/g, '').replace(/^\s*[-*] /gm, ' ').replace(/\s+/g, ' ').trim();
  const prose = readme.split(/```[^]*?```/).map(plain).filter((part) => part.length > 40);
  for (const language of ['python', 'java', 'csharp', 'go']) {
    const translated = plain(fs.readFileSync(path.join(ROOT, 'docs/readme', `${language}.md`), 'utf8'));
    for (const part of prose) expect(translated).toContain(part);
  }
});
