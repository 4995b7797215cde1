/** A project with many functions in TypeScript, as a repository of event handlers looks. */
const fs = require('fs');
const path = require('path');

const SHARED = 30;

/** Writes the project into a folder; returns the entries of its functions. */
exports.makeProject = (folder, functions) => {
  const write = (name, text) => {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    return file;
  };
  linkPackages(path.join(folder, 'node_modules'));
  write('package.json', JSON.stringify({ name: 'orders', private: true }));
  write('package-lock.json', '{}'); // what the CDK takes for the root of the project
  write('tsconfig.json', JSON.stringify({ compilerOptions: { target: 'es2022', module: 'node16', strict: true } }));
  for (let i = 0; i < SHARED; i++) write(`src/shared/module${i}.ts`, sharedModule(i));
  return Array.from({ length: functions }, (_, i) => write(`src/functions/function${i}.ts`, handler(i)));
};

/** The packages of this repository, in a folder where a cache may grow. */
function linkPackages(folder) {
  const packages = path.join(__dirname, '..', 'node_modules');
  fs.mkdirSync(folder, { recursive: true });
  for (const name of fs.readdirSync(packages)) if (name !== '.cache') fs.symlinkSync(path.join(packages, name), path.join(folder, name));
}

function sharedModule(i) {
  const imports = i < 3 ? '' : `import { Order${i - 3}, total${i - 3} } from './module${i - 3}';\n`;
  const base = i < 3 ? '0' : `total${i - 3}(order as unknown as Order${i - 3})`;
  const rules = Array.from({ length: 20 }, (_, n) => `  if (order.lines.length > ${n} && order.country === 'C${n}') sum += order.lines[${n}].price * ${n + i};`);
  return `${imports}
export interface Order${i} { readonly id: string; readonly country: string; readonly lines: readonly { readonly price: number }[] }

/** What an order of kind ${i} costs. */
export function total${i}(order: Order${i}): number {
  let sum = ${base};
${rules.join('\n')}
  return sum;
}
`;
}

/** A handler: the AWS SDK of the runtime, modules of the project, packages from npm. */
function handler(i) {
  const [a, b, c] = [i % SHARED, (i * 7 + 3) % SHARED, (i * 13 + 5) % SHARED];
  const shared = [...new Set([a, b, c])];
  return `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import { parse } from 'acorn';
${i % 3 === 0 ? "import * as yauzl from 'yauzl';\n" : ''}${shared.map((n) => `import { Order${n}, total${n} } from '../shared/module${n}';`).join('\n')}

const sqs = new SQSClient({});

export async function handler(event: { Records: { body: string }[] }): Promise<void> {
  for (const { body } of event.Records) {
    const order = JSON.parse(body);
    const sum = ${shared.map((n) => `total${n}(order as Order${n})`).join(' + ')};
    parse(\`order\${sum}\`, { ecmaVersion: 'latest' });
${i % 3 === 0 ? '    yauzl.fromBuffer(Buffer.from(body), () => {});\n' : ''}    await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE, MessageBody: String(sum) }));
  }
}
`;
}
