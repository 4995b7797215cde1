import * as fs from 'fs';
import * as path from 'path';

/** What docs/PEERS.md says of the other linters is what peers/ does: versions, exceptions and their reasons. */

interface Exception { readonly rule: string | RegExp; readonly reason: string }

const ROOT = path.join(__dirname, '../..');
const read = (file: string) => fs.readFileSync(path.join(ROOT, file), 'utf8');
const exceptions: Exception[] = jest.requireActual('../../peers/exceptions');

const docs = read('docs/PEERS.md');
const accepted = docs.split('### Accepted, and why\n')[1].split('\n#')[0].split('\n').filter((line) => line.startsWith('| ')).slice(2)
  .map((line) => line.split(' | '))
  .map(([finding, , reason]) => ({ finding, reason: reason.toLowerCase() }));

/** `IAM5` of `/^AwsSolutions-IAM5\[.../`. */
const nameOf = ({ rule }: Exception) => (typeof rule === 'string' ? rule : rule.source).replace(/^\^?([\w.]+-)?/, '').match(/^\w+/)![0];
const isAbout = (reason: string, exception: Exception) => reason.startsWith(exception.reason.toLowerCase());

test.each(exceptions.map((exception) => [nameOf(exception), exception.reason, exception]))('%s is accepted in the docs: %s', (name, _, exception) => {
  expect(accepted.filter(({ finding, reason }) => isAbout(reason, exception) && finding.includes(name))).toHaveLength(1);
});

test('the docs accept nothing else', () => {
  expect(accepted.filter(({ reason }) => !exceptions.some((exception) => isAbout(reason, exception)))).toEqual([]);
});

test.each(['cfn-lint', 'checkov'])('every Python package that %s needs is pinned, wherever it comes from', (name) => {
  const lines = read(`peers/requirements-${name}.txt`).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines.filter((line) => !/^[\w.-]+==[\w.]+$/.test(line))).toEqual([]);
});

test('the docs have the versions that are installed', () => {
  const pins = ['environments.js', 'requirements-cfn-lint.txt', 'requirements-checkov.txt'].map((file) => read(`peers/${file}`)).join('\n');
  const linters = { 'cdk-nag': 'cdk-nag@', 'cfn-lint': 'cfn-lint==', 'serverless-rules': 'cfn_lint_serverless==', 'checkov': 'checkov==' };
  for (const [linter, pin] of Object.entries(linters)) {
    const version = pins.split(pin)[1].match(/^[\d.]+\d/)![0];
    expect(docs).toMatch(new RegExp(`^\\| \\[${linter}\\]\\S+ \\| ${version} \\|`, 'm'));
  }
});
