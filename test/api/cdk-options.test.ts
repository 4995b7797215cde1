import * as fs from 'fs';
import * as path from 'path';

const ASSEMBLY = path.join(__dirname, '../../.jsii');
const SOURCES = path.join(path.dirname(require.resolve('aws-cdk-lib/package.json')), 'aws-lambda-event-sources/lib');

/** Properties of a struct of this library. */
function optionsOf(name: string): string[] {
  if (!fs.existsSync(ASSEMBLY)) throw new Error('.jsii is not there: run `npx projen compile` first');
  const { types } = JSON.parse(fs.readFileSync(ASSEMBLY, 'utf8')) as { readonly types: Record<string, { readonly properties: readonly { readonly name: string }[] }> };
  return types[`cdk-event-functions.${name}`].properties.map((property) => property.name).sort();
}

/** Properties that a file of the CDK's event sources declares before its class. */
function declaredIn(file: string): string[] {
  const [structs] = fs.readFileSync(path.join(SOURCES, `${file}.d.ts`), 'utf8').split('export declare class');
  return [...structs.matchAll(/^ {4}readonly (\w+)\?/gm)].map(([, name]) => name).sort();
}

test('a queue has every option that the source of the CDK has', () => {
  const declared = declaredIn('sqs');
  expect(declared).toContain('maxBatchingWindow');
  expect(optionsOf('QueueSourceOptions')).toEqual(expect.arrayContaining(declared));
});
