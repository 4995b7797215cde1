import * as fs from 'fs';
import * as path from 'path';
import { AppModel } from '../../src/model/app';
import { Resource } from '../../src/model/resource';
import { JsonObject } from '../../src/model/template';
import { targetOf, Wiring } from '../../src/model/wiring';
import { summarize } from '../../src/report/summary';
import { renderText } from '../../src/report/text';
import { CATALOG } from '../../src/rules/catalog';
import { sourceOf } from '../model/app-of';

/**
 * Real templates from public repositories. They are no part of this repository, so that most clones do not have them:
 * where they are missing, the one test below says so.
 */
const CORPUS = path.join(__dirname, '../../../shared/corpus');
const TEMPLATES = 747;

interface Entry {
  readonly file: string;
  readonly label: string;
  readonly functions: number;
}

function readIndex(): Entry[] {
  const [header, ...rows] = fs.readFileSync(path.join(CORPUS, 'index.tsv'), 'utf8').trimEnd().split('\n').map((line) => line.split('\t'));
  const column = (name: string) => header.indexOf(name);
  return rows.map((row) => ({ file: row[column('path')], label: row[column('label')], functions: Number(row[column('functions')]) }));
}

/** One template as an app. All templates of the corpus are JSON, those that were YAML were converted. */
function readApp({ file }: Entry): AppModel {
  const template = JSON.parse(fs.readFileSync(path.join(CORPUS, file), 'utf8')) as JsonObject;
  return new AppModel([sourceOf(template, { name: file })]);
}

const SAM = 'templates/aws+serverless-application-model/integration/resources/templates/combination';

/** Findings in templates that are said to be good, and are not: looked at, one by one. */
const RIGHTLY_FOUND = [
  // its role may only send task results: Lambda refuses the mapping
  'templates/aws-samples+step-functions-workflows-collection/wait-for-callback/template.yaml.transformed.json: role-may-poll at LambdaFunctionCallbackWithTaskTokenSQSEvent',
  // inline code, which is kept in a file called index: these deployed, and nothing in their tests invokes the functions
  ...['con-discon-default-custom-route', 'custom-connect-route', 'custom-route', 'default-route', 'existing-web-socket'].map((name) =>
    'templates/awslabs+aws-solutions-constructs/source/patterns/@aws-solutions-constructs/aws-apigatewayv2websocket-sqs/test/'
    + `integ.wssqs-${name}.js.snapshot/wssqs-${name}.template.json: inline-handler-is-index at `),
  `${SAM}/websocket_api_with_lambda_auth.yaml.transformed.json: inline-handler-is-index at `,
  // the code is `print("hello")`
  ...['api_with_authorizers_invokefunction_set_none', 'http_api_with_auth', 'http_api_with_auth_updated', 'websocket_api_with_disable_schema_validation'].map((name) =>
    `${SAM}/${name}.yaml.transformed.json: handler-function-exists at `),
];

/** What everything that reads a template says about it. */
function examine(entry: Entry) {
  const start = performance.now();
  const app = readApp(entry);
  const findings = CATALOG.flatMap((rule) => [...rule.check(app)].map((finding) => ({ rule, finding })));
  const text = renderText(summarize(app));
  return { entry, app, findings, text, milliseconds: performance.now() - start };
}

/** Whether the text of a function name holds the logical id of a function of the template, or of its alias or version. */
function namesFunction(resource: Resource): boolean {
  const value = resource.raw('FunctionName');
  const text = value.kind === 'known' ? JSON.stringify(value.value) : '';
  const candidates = resource.stack.resources.filter(({ type }) => /^AWS::Lambda::(Function|Alias|Version)$/.test(type));
  return candidates.some(({ logicalId }) => new RegExp(`["{]${logicalId}["}.]`).test(text));
}

if (!fs.existsSync(path.join(CORPUS, 'index.tsv'))) {
  test('the corpus is not here, and nothing of it is checked', () => {
    console.log(`corpus absent: ${TEMPLATES} templates not read`);
  });
} else {
  describe('real templates', () => {
    const index = readIndex();
    const thrown: string[] = [];
    const done = index.flatMap((entry) => {
      try {
        return [examine(entry)];
      } catch (error) {
        thrown.push(`${entry.file}: ${error instanceof Error ? error.stack : String(error)}`);
        return [];
      }
    });

    test('are all read, and nothing throws', () => {
      expect(index).toHaveLength(TEMPLATES);
      expect(thrown).toEqual([]);
    });

    // measured: 25 ms at most
    test('take less than a second each', () => {
      expect(done.filter(({ milliseconds }) => milliseconds > 1000).map(({ entry, milliseconds }) => `${entry.file}: ${milliseconds} ms`)).toEqual([]);
    });

    test('that AWS accepts have no finding that says it would not, or that they surely misbehave', () => {
      const good = done.filter(({ entry }) => entry.label === 'good');
      expect(good.length).toBeGreaterThanOrEqual(540);
      const wrong = good.flatMap(({ entry, findings }) => findings
        .filter(({ rule }) => rule.severity !== 'warning')
        .map(({ rule, finding }) => `${entry.file}: ${rule.id} at ${finding.resource.logicalId}/${finding.path}: ${finding.message}`));
      expect(wrong.filter((text) => !RIGHTLY_FOUND.some((known) => text.startsWith(known)))).toEqual([]);
    });

    test('have as many functions as the index of the corpus counts', () => {
      const count = ({ app }: { app: AppModel }) => app.ofType('AWS::Lambda::Function').length;
      expect(done.filter((result) => count(result) !== result.entry.functions).map(({ entry }) => entry.file)).toEqual([]);
      // measured: 979
      expect(done.reduce((sum, result) => sum + count(result), 0)).toBeGreaterThanOrEqual(979);
    });

    // measured: 60 of 60 (14 more name a function that is not in the template, or none), 341 of 341 (32 more)
    test.each([['EventSourceMapping', 60], ['Permission', 341]])('have their functions found for each %s that names one', (type, atLeast) => {
      const naming = done.flatMap(({ app }) => app.ofType(`AWS::Lambda::${type}`)).filter(namesFunction);
      expect(naming.length).toBeGreaterThanOrEqual(atLeast);
      const lost = naming.filter((resource) => targetOf(resource.reference('FunctionName')) === undefined);
      expect(lost.map((resource) => `${resource.stack.path}: ${resource.logicalId}`)).toEqual([]);
    });

    test('have what belongs to their functions wired to them, each resource once', () => {
      for (const { app } of done) {
        const wiring = new Wiring(app);
        const wired = app.ofType('AWS::Lambda::Function').flatMap((fn) => [...wiring.mappings(fn), ...wiring.permissions(fn)].map(({ resource }) => resource));
        expect(new Set(wired).size).toBe(wired.length);
        const naming = ['EventSourceMapping', 'Permission'].flatMap((type) => app.ofType(`AWS::Lambda::${type}`)).filter(namesFunction);
        expect(wired).toHaveLength(naming.length);
      }
    });

    test('are summarized in words, never in those of JavaScript', () => {
      const odd = done.flatMap(({ entry, text }) => text.split('\n').filter((line) => /undefined|\[object|NaN|<NoValue>/.test(line)).map((line) => `${entry.file}: ${line}`));
      expect(odd).toEqual([]);
    });
  });
}
