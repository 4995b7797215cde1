import { execFileSync } from 'child_process';
import * as path from 'path';
import * as library from '../../src';

/** What a user's app gets when it imports the compiled package. `npx projen compile` makes it. */

const ROOT = path.join(__dirname, '../..');

function inNode(script: string, ...flags: string[]): string {
  return execFileSync(process.execPath, [...flags, '-e', script], { cwd: ROOT, encoding: 'utf8' }).trim();
}

const names = Object.keys(library).sort();

/** Classes are functions; what is left are enums. */
const ENUMS = ['BatchOperationsSchema', 'FullDocument', 'InvocationKind', 'InvocationMode', 'LatticeEventVersion', 'ResourcePolicyMode', 'TrafficLimit'];
const kindOf = (name: string) => ENUMS.includes(name) ? 'object' : 'function';

test('every class of the sources is exported', () => {
  const exported = JSON.parse(inNode("console.log(JSON.stringify(Object.entries(require('cdk-event-functions')).map(([n, v]) => [n, typeof v])))"));
  expect(exported.sort()).toEqual(names.map((name) => [name, kindOf(name)]));
});

test('ES modules can import by name', () => {
  const script = `import { ${names.join(', ')} } from 'cdk-event-functions'; console.log([${names.join(', ')}].map((v) => typeof v).join())`;
  expect(inNode(script, '--input-type=module')).toBe(names.map(kindOf).join());
});

test('importing the library loads nothing but its index: each class is loaded when it is first used', () => {
  expect(inNode("require('cdk-event-functions'); console.log(Object.keys(require.cache).length)")).toBe('1');
});

test('PushSource loads no module of the CDK before a source is made, and each source then', () => {
  const cdk = "Object.keys(require.cache).filter((file) => file.includes('aws-cdk-lib')).length";
  expect(inNode(`const { PushSource } = require('cdk-event-functions'); PushSource.bucket; console.log(${cdk})`)).toBe('0');
  const made = "Object.getOwnPropertyNames(P).filter((n) => typeof P[n] === 'function' && n !== 'prototype').map((n) => { try { P[n]({}, {}) } catch (e) { return e.code } })";
  expect(inNode(`const { PushSource: P } = require('cdk-event-functions'); console.log((${made}).includes('MODULE_NOT_FOUND'), ${cdk} > 0)`)).toBe('false true');
});

test('a class is the same however often it is asked for', () => {
  expect(inNode("const l = require('cdk-event-functions'); console.log(l.PushSource === l.PushSource && l.PushSource === require('./lib/events/push/push-source').PushSource)")).toBe('true');
});

test('the snapshot serializer can be imported, internals cannot', () => {
  expect(inNode("console.log(Object.keys(require('cdk-event-functions/snapshot-serializer')).sort().join())")).toBe('serialize,test');
  expect(inNode("try { require('cdk-event-functions/lib/support/errors') } catch (e) { console.log(e.code) }")).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED');
});
