import { cannotStart } from './cannot-start';
import { elf, machO } from './example-binaries';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const fn = (properties: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'provided.al2023', Handler: 'bootstrap', Code: { S3Bucket: 'assets', S3Key: 'code.zip' }, ...properties },
});
const layer: JsonObject = { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'assets', S3Key: 'runtime.zip' } } };

export const bootstrapCanStart: Rule = {
  id: 'bootstrap-can-start',
  title: 'The bootstrap of a custom runtime can be executed',
  severity: 'error',
  why: 'the runtime does not start, and every invocation fails',
  fix: 'put an executable file called bootstrap, built for Linux and the architecture of the function, at the root of the package or of a layer',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html',
  since: '0.1.0',

  valid: [
    { title: 'the code is not an asset of this app', resources: { Orders: fn() } },
    { title: 'the code has a program for the architecture of the function', resources: { Orders: fn({ Architectures: ['arm64'] }) }, assets: { 'code.zip': { bootstrap: { content: elf('arm64'), mode: 0o755 } } } },
    { title: 'the code has a script', resources: { Orders: fn() }, assets: { 'code.zip': { bootstrap: { content: '#!/bin/sh\n./serve\n', mode: 0o755 } } } },
    { title: 'a layer has the runtime', resources: { Orders: fn({ Layers: [{ Ref: 'Runtime' }] }), Runtime: layer }, assets: { 'code.zip': { 'orders.php': '' }, 'runtime.zip': { bootstrap: { content: '#!/bin/sh\n', mode: 0o755 } } } },
    { title: 'a layer that is not in this app may have the runtime', resources: { Orders: fn({ Layers: [{ Ref: 'RuntimeArn' }] }) }, assets: { 'code.zip': { 'orders.php': '' } } },
    { title: 'the architecture is decided at deployment', resources: { Orders: fn({ Architectures: [{ 'Fn::If': ['Cheap', 'arm64', 'x86_64'] }] }) }, assets: { 'code.zip': { bootstrap: { content: elf('arm64'), mode: 0o755 } } } },
    { title: 'another runtime needs none', resources: { Orders: fn({ Runtime: 'nodejs22.x', Handler: 'index.handler' }) }, assets: { 'code.zip': { 'index.js': 'exports.handler = async () => {};' } } },
  ],
  invalid: [
    { title: 'the program has another name', at: 'Orders/Properties/Code', resources: { Orders: fn() }, assets: { 'code.zip': { main: { content: elf('x86_64'), mode: 0o755 } } } },
    { title: 'it is in a folder', at: 'Orders/Properties/Code', resources: { Orders: fn() }, assets: { 'code.zip': { 'bin/bootstrap': { content: elf('x86_64'), mode: 0o755 } } } },
    { title: 'it may not be executed', at: 'Orders/Properties/Code', resources: { Orders: fn() }, assets: { 'code.zip': { bootstrap: { content: elf('x86_64'), mode: 0o644 } } } },
    { title: 'it is for another architecture', at: 'Orders/Properties/Code', resources: { Orders: fn() }, assets: { 'code.zip': { bootstrap: { content: elf('arm64'), mode: 0o755 } } } },
    { title: 'it was built for macOS', at: 'Orders/Properties/Code', resources: { Orders: fn({ Architectures: ['arm64'] }) }, assets: { 'code.zip': { bootstrap: { content: machO(), mode: 0o755 } } } },
    { title: 'it is a script with the line ends of Windows', at: 'Orders/Properties/Code', resources: { Orders: fn() }, assets: { 'code.zip': { bootstrap: { content: '#!/bin/sh\r\n./serve\r\n', mode: 0o755 } } } },
    { title: 'there is source code only', at: 'Orders/Properties/Code', resources: { Orders: fn() }, assets: { 'code.zip': { 'main.go': 'package main', 'go.mod': 'module orders' } } },
  ],

  check: (app) => cannotStart(app, 'bootstrap'),
};
