import * as fs from 'fs';
import * as path from 'path';
import { buildSync } from 'esbuild';
import * as fc from 'fast-check';
import { classNaming } from './class-naming';
import { openContents } from '../../../src/assembly/open-contents';
import { seenToAnswer } from '../../../src/contents/batch-answers/seen';
import { FileTree, PackageFile } from '../../../src/contents/file-tree';
import { assembly, elf } from '../../../src/rules/code/example-binaries';
import { ExampleFiles } from '../../../src/rules/rule';
import { tempFolder } from '../../fixtures/temp-folder';
import { zipFile } from '../../fixtures/zip-file';
import { unpackedOf, UnpackedOptions } from '../handlers/unpacked-of';

const RETURNS = 'exports.handler = async () => ({ batchItemFailures: [] });';
const NOTHING = 'exports.handler = async () => {};';

function seen(files: ExampleFiles, options: UnpackedOptions = {}) {
  return seenToAnswer(unpackedOf({ files, ...options }));
}

describe('Node.js', () => {
  const node = (files: ExampleFiles, options: UnpackedOptions = {}) => seen(files, { runtime: 'nodejs22.x', ...options });

  test.each<[string, string]>([
    ['the answer', RETURNS],
    ['a variable of that name', 'export const handler = async () => { const batchItemFailures = []; return { batchItemFailures }; };'],
    ['a quoted name', 'exports.handler = async () => ({ "batchItemFailures": [] });'],
    ['Powertools', 'const { processPartialResponse } = require("@aws-lambda-powertools/batch");'],
    ['Powertools, all of it', 'import * as batch from "@aws-lambda-powertools/batch";'],
    ['middy', 'import partial from "@middy/sqs-partial-batch-failure";'],
    ['a text that cannot be parsed', '<<<<<<< HEAD\n{ batchItemFailures }'],
    ['what stands between comments', '/* a */ exports.handler = async () => /* b */ ({ batchItemFailures: [] }); // c'],
  ])('%s', (_, text) => {
    expect(node({ 'index.js': text })).toBe('yes');
  });

  test.each<[string, string]>([
    ['nothing', NOTHING],
    ['a comment', `// some day: return batchItemFailures\n/** { batchItemFailures } */\n${NOTHING}`],
    ['a comment in a module', 'import { createHash } from "crypto"; // batchItemFailures\nexport const handler = async () => createHash("md5");'],
    ['an option of mappings', 'exports.handler = async () => ({ FunctionResponseTypes: ["ReportBatchItemFailures"] });'],
    ['what is computed, in a bundle', `const load = (name) => require(name); ${NOTHING}`],
  ])('not %s', (_, text) => {
    expect(node({ 'index.js': text, 'index.js.map': '{"sourcesContent":["batchItemFailures"]}' })).toBe('no');
  });

  test.each([{}, { minify: true }, { format: 'esm' as const }])('what esbuild makes of a library, %j', (options) => {
    const bundle = (contents: string) => {
      const { outputFiles } = buildSync({ stdin: { contents, loader: 'ts' }, bundle: true, platform: 'node', write: false, ...options });
      return { [options.format ? 'index.mjs' : 'index.js']: outputFiles[0].text };
    };
    expect(node(bundle('export const handler = async (): Promise<object> => { const batchItemFailures: string[] = []; return { batchItemFailures }; };'))).toBe('yes');
    expect(node(bundle('// batchItemFailures\nexport const handler = async (event: { batch: string }) => { console.log(event.batch); };'))).toBe('no');
  });

  test('files of its own are followed, also in circles', () => {
    const files = { 'index.js': 'exports.handler = require("./lib/orders").handler;', 'lib/orders.js': 'require("../index"); require("./answer.js");' };
    expect(node({ ...files, 'lib/answer.js': RETURNS })).toBe('yes');
    expect(node({ ...files, 'lib/answer.js': NOTHING })).toBe('no');
    expect(node({ ...files, 'lib/answer.js': NOTHING, 'lib/other.js': RETURNS })).toBe('no');
    expect(node(files)).toBe('unknown');
    expect(node({ 'index.mjs': 'export { handler } from "./orders.mjs";', 'orders.mjs': RETURNS })).toBe('yes');
  });

  test('libraries that lie there are not looked into', () => {
    const library = { 'node_modules/batches/index.js': RETURNS };
    expect(node({ 'index.js': NOTHING, ...library })).toBe('no');
    expect(node({ 'index.js': `require("batches"); ${NOTHING}`, ...library })).toBe('unknown');
    expect(node({ 'index.js': `require("./node_modules/batches"); ${NOTHING}`, ...library })).toBe('unknown');
    expect(node({ 'index.js': `require(name); ${NOTHING}`, ...library })).toBe('unknown');
    expect(node({ 'index.js': `require("@aws-sdk/client-sqs"); require("node:fs/promises"); ${NOTHING}`, ...library })).toBe('no');
    expect(node(library, { handler: 'node_modules/batches/index.handler' })).toBe('unknown');
  });

  test('what a layer has is not known', () => {
    expect(node({}, { handler: '/opt/nodejs/index.handler', layers: { 'nodejs/index.js': RETURNS } })).toBe('unknown');
    expect(node({ 'index.js': `require("batches"); ${NOTHING}` }, { layers: { 'nodejs/node_modules/batches/index.js': RETURNS } })).toBe('unknown');
    expect(node({ 'index.js': `require("batches"); ${NOTHING}` }, { optIsWhole: false })).toBe('unknown');
    expect(node({ 'index.js': RETURNS }, { optIsWhole: false })).toBe('yes');
  });

  test('what may be put before the code takes the certainty', () => {
    expect(node({ 'index.js': NOTHING }, { environment: { NODE_OPTIONS: '--require /opt/wrap.js' } })).toBe('unknown');
    expect(node({ 'index.js': NOTHING }, { environment: { AWS_LAMBDA_EXEC_WRAPPER: '/opt/wrap' } })).toBe('unknown');
    expect(node({ 'index.js': NOTHING }, { environmentIsWhole: false })).toBe('unknown');
    expect(node({ 'index.js': RETURNS }, { environmentIsWhole: false })).toBe('yes');
  });

  test.each(['', 'index', '../index.handler', 'other.handler'])('nothing is known of the handler %j', (handler) => {
    expect(node({ 'index.js': RETURNS }, { handler })).toBe('unknown');
  });
});

describe('Python', () => {
  const HANDLER = 'def handler(event, context):\n    return None\n';

  test.each<[string, string]>([
    ['the answer', 'def handler(event, context):\n    return {"batchItemFailures": []}'],
    ['Powertools', `from aws_lambda_powertools.utilities.batch import BatchProcessor, process_partial_response\n${HANDLER}`],
    ['Powertools, in another way', `from aws_lambda_powertools.utilities import batch\n${HANDLER}`],
    ['Powertools, in several lines', `from aws_lambda_powertools.utilities import (\n  parser,\n  batch,\n)\n${HANDLER}`],
    ['a text that Python does not understand', 'def handler(:\n  batchItemFailures = "'],
  ])('%s', (_, text) => {
    expect(seen({ 'index.py': text })).toBe('yes');
  });

  test.each<[string, string]>([
    ['nothing', `import json, boto3\n${HANDLER}`],
    ['a comment', `# batchItemFailures\n${HANDLER}`],
    ['what documents it', '"""Never batchItemFailures."""\ndef handler(event, context):\n    """No batchItemFailures"""\n    return None  # batchItemFailures'],
    ['a function that is called like one of Powertools', `def batch_processor(records):\n    pass\n${HANDLER}`],
    ['another utility of Powertools', `from aws_lambda_powertools import Logger\n${HANDLER}`],
  ])('not %s', (_, text) => {
    expect(seen({ 'index.py': text, 'aws_lambda_powertools/utilities/batch/base.py': '"batchItemFailures"' })).toBe('no');
  });

  test('modules of its own are followed', () => {
    const files = { 'src/index.py': 'from . import orders\nfrom shared.answers import *\nhandler = orders.handler', 'src/orders.py': HANDLER };
    const options = { handler: 'src/index.handler' };
    expect(seen({ ...files, 'shared/answers.py': 'A = "batchItemFailures"' }, options)).toBe('yes');
    expect(seen({ ...files, 'shared/__init__.py': 'A = "batchItemFailures"', 'shared/answers.py': '' }, options)).toBe('yes');
    expect(seen({ ...files, 'shared/answers.py': '' }, options)).toBe('no');
    expect(seen({ ...files, 'shared/answers.py': 'import importlib\nimportlib.import_module(name)' }, options)).toBe('unknown');
    expect(seen(files, options)).toBe('unknown');
  });

  test('what pip has put beside it is not looked into', () => {
    const library = { 'batches/__init__.py': 'A = "batchItemFailures"', 'Batches_for_all-1.0.dist-info/RECORD': 'batches/__init__.py,sha256=x,20\n' };
    expect(seen({ 'index.py': HANDLER, ...library })).toBe('no');
    expect(seen({ 'index.py': `import batches\n${HANDLER}`, ...library })).toBe('unknown');
    expect(seen({ 'index.py': `import batches\n${HANDLER}`, 'site-packages/batches.py': 'A = "batchItemFailures"' })).toBe('unknown');
    expect(seen({ 'index.py': `import batches\n${HANDLER}` }, { layers: { 'python/batches.py': 'A = "batchItemFailures"' } })).toBe('unknown');
  });

  test('a project that pip has installed is code of its own', () => {
    expect(seen({ 'orders/index.py': 'A = "batchItemFailures"', 'orders-1.0.dist-info/RECORD': 'orders/index.py,sha256=x,20\n' }, { handler: 'orders.index.handler' })).toBe('yes');
  });

  test.each(['', 'index', 'other.handler'])('nothing is known of the handler %j', (handler) => {
    expect(seen({ 'index.py': 'A = "batchItemFailures"' }, { handler })).toBe('unknown');
  });
});

describe('Java', () => {
  const EVENTS = 'com/amazonaws/services/lambda/runtime/events';
  const java = (classes: Readonly<Record<string, Buffer>>, options: UnpackedOptions = {}) => seen(
    Object.fromEntries(Object.entries(classes).map(([name, content]) => [`${name}.class`, { content }])),
    { runtime: 'java21', handler: 'com.example.orders.Handler::handle', ...options },
  );
  const HANDLER = 'com/example/orders/Handler';

  test('types and texts', () => {
    expect(java({ [HANDLER]: classNaming([`(L${EVENTS}/SQSEvent;)L${EVENTS}/SQSBatchResponse;`]) })).toBe('yes');
    expect(java({ [HANDLER]: classNaming([`L${EVENTS}/StreamsEventResponse;`]) })).toBe('yes');
    expect(java({ [HANDLER]: classNaming(['batchItemFailures']) })).toBe('yes');
    expect(java({ [HANDLER]: classNaming(['handle'], ['java/lang/Object', `${EVENTS}/SQSEvent`, '[Ljava/lang/String;']) })).toBe('no');
  });

  test('classes of the same owner are followed', () => {
    const handler = { [HANDLER]: classNaming([], ['java/lang/Object', 'com/example/shared/Answers']) };
    expect(java({ ...handler, 'com/example/shared/Answers': classNaming(['getBatchItemFailures', 'batchItemFailures']) })).toBe('yes');
    expect(java({ ...handler, 'com/example/shared/Answers': classNaming([], [HANDLER]) })).toBe('no');
    expect(java(handler)).toBe('unknown');
    expect(java({ [HANDLER]: classNaming([], ['org/others/Answers']), 'org/others/Answers': classNaming(['batchItemFailures']) })).toBe('unknown');
  });

  test('libraries that are unzipped into the same folders are not looked into', () => {
    expect(java({ [HANDLER]: classNaming([], ['java/lang/Object']), [`${EVENTS}/SQSBatchResponse`]: classNaming(['batchItemFailures']) })).toBe('no');
  });

  test('a class in a jar, and one of a layer', () => {
    const files = { [`${HANDLER}.class`]: { content: classNaming(['batchItemFailures']) } };
    const options = { runtime: 'java21', handler: 'com.example.orders.Handler' };
    expect(seen({ 'lib/orders.jar': { files } }, options)).toBe('yes');
    expect(seen({}, { ...options, layers: { 'java/lib/orders.jar': { files } } })).toBe('unknown');
    expect(seen({}, options)).toBe('unknown');
  });

  test('a handler of a framework runs code that nobody sees', () => {
    expect(java({ 'org/springframework/cloud/function/adapter/aws/FunctionInvoker': classNaming([]) }, { handler: 'org.springframework.cloud.function.adapter.aws.FunctionInvoker' })).toBe('unknown');
  });

  test('a file that is cut anywhere tells nothing', () => {
    const bytes = classNaming(['handle', 'batchItemFailures']);
    for (let length = 0; length < bytes.length; length++) expect(java({ [HANDLER]: bytes.subarray(0, length) })).toBe('unknown');
  });
});

describe('.NET', () => {
  const dotnet = (files: ExampleFiles, handler = 'Shop::Shop.Orders::Handle') => seen(files, { runtime: 'dotnet10', handler });
  const of = (...names: string[]) => ({ content: assembly(['Shop', 'Orders', 'Handle', ...names]) });

  test.each(['SQSBatchResponse', 'StreamsEventResponse', 'set_BatchItemFailures', 'BatchItemFailures', '<batchItemFailures>i__Field'])('%s', (name) => {
    expect(dotnet({ 'Shop.dll': of(name) })).toBe('yes');
  });

  test('a literal, which is UTF-16', () => {
    expect(dotnet({ 'Shop.dll': { content: Buffer.concat([assembly(['Shop']), Buffer.from('{"batchItemFailures":[]}', 'utf16le')]) } })).toBe('yes');
  });

  test.each(['get_ReportBatchItemFailures', 'BatchItemFailuresCount', 'Records'])('not %s', (name) => {
    expect(dotnet({ 'Shop.dll': of(name) })).toBe('no');
  });

  test('libraries are not looked into, and others may make the answer', () => {
    expect(dotnet({ 'Shop.dll': of(), 'Amazon.Lambda.SQSEvents.dll': of('SQSBatchResponse') })).toBe('no');
    expect(dotnet({ 'Shop.dll': of(), 'Shop.Core.dll': of('SQSBatchResponse') })).toBe('unknown');
  });

  test('an executable assembly', () => {
    expect(dotnet({ 'Shop.dll': of('SQSBatchResponse') }, 'Shop')).toBe('yes');
  });

  test('what is no assembly, or is not there', () => {
    expect(dotnet({ 'Shop.dll': 'SQSBatchResponse' })).toBe('unknown');
    expect(dotnet({ 'Other.dll': of('SQSBatchResponse') })).toBe('unknown');
  });
});

describe('Ruby', () => {
  const ruby = (files: ExampleFiles) => seen(files, { runtime: 'ruby3.4', handler: 'app.handler' });

  test('its file, and those that it requires', () => {
    expect(ruby({ 'app.rb': 'def handler(event:, context:) = { batchItemFailures: [] }' })).toBe('yes');
    expect(ruby({ 'app.rb': "require_relative 'lib/answer'", 'lib/answer.rb': 'A = "batchItemFailures"' })).toBe('yes');
    expect(ruby({ 'app.rb': "require_relative('lib/answer.rb')\nrequire 'json'", 'lib/answer.rb': "require_relative '../app'" })).toBe('no');
  });

  test('no comment', () => {
    expect(ruby({ 'app.rb': '# batchItemFailures\n=begin\nbatchItemFailures\n=end\ndef handler(event:, context:); end\n__END__\nbatchItemFailures' })).toBe('no');
  });

  test.each(["require 'batches'", "require_relative 'gone'", 'require name', 'load "x.rb"'])('%s leads elsewhere', (text) => {
    expect(ruby({ 'app.rb': text })).toBe('unknown');
  });

  test('no file', () => {
    expect(ruby({ 'other.rb': 'batchItemFailures' })).toBe('unknown');
  });
});

describe('programs', () => {
  const program = (...parts: (string | Uint8Array)[]) => seen({ bootstrap: { content: Buffer.concat(parts.map((part) => Buffer.from(part as string))) } }, { runtime: 'provided.al2023', handler: 'bootstrap' });
  const GO = Buffer.from('\xff Go buildinf:', 'latin1');

  test('bytes', () => {
    expect(program(elf('arm64'), GO, 'json:"batchItemFailures"')).toBe('yes');
    expect(program(elf('x86_64'), 'messageIdbatchItemFailuresbody')).toBe('yes');
    expect(program(elf('x86_64'), Buffer.from('batchItemFailures', 'utf16le'))).toBe('yes');
    expect(program(elf('arm64'), GO, 'ReportBatchItemFailures')).toBe('no');
  });

  test('what is not there is sure for Go alone', () => {
    expect(program(elf('arm64'))).toBe('unknown');
    expect(program('#!/bin/sh\n# batchItemFailures')).toBe('unknown');
    expect(seen({}, { runtime: 'provided.al2023' })).toBe('unknown');
  });
});

test('nothing is known of other runtimes', () => {
  expect(seen({ 'index.js': RETURNS }, { runtime: 'php8.4' })).toBe('unknown');
});

describe('files', () => {
  const FOLDER = tempFolder();

  function ofArchive(bytes: Buffer) {
    const file = path.join(FOLDER, 'code.zip');
    fs.writeFileSync(file, bytes);
    const contents = openContents(file);
    if (contents.kind !== 'opened') throw new Error(contents.reason);
    return seenToAnswer({ ...unpackedOf({ runtime: 'nodejs22.x' }), task: contents.files });
  }

  test('an archive', () => {
    expect(ofArchive(zipFile([{ name: 'index.js', data: RETURNS }]))).toBe('yes');
    expect(ofArchive(zipFile([{ name: 'index.js', data: NOTHING }]))).toBe('no');
  });

  test('an archive whose data is garbled, or other than it says', () => {
    const bytes = zipFile([{ name: 'index.js', data: RETURNS }]);
    expect(ofArchive(bytes.fill(0xff, 38, 60))).toBe('unknown');
    expect(ofArchive(zipFile([{ name: 'index.js', data: RETURNS, uncompressedSize: 5 }]))).toBe('unknown');
  });

  const one = (file: Partial<PackageFile>) => {
    const read = jest.fn(() => Buffer.from(RETURNS));
    const task = new FileTree([{ path: 'index.js', bytes: 50, unpack: () => undefined, read, ...file }]);
    return { read, seen: seenToAnswer({ ...unpackedOf({ runtime: 'nodejs22.x' }), task }) };
  };

  test('files that are too large, and links, are not read', () => {
    expect(one({}).seen).toBe('yes');
    for (const file of [{ bytes: 40 * 1024 * 1024 }, { isLink: true }]) {
      const { seen: answer, read } = one(file);
      expect(answer).toBe('unknown');
      expect(read).not.toHaveBeenCalled();
    }
  });

  test('files that cannot be read', () => {
    expect(one({ read: () => undefined }).seen).toBe('unknown');
  });

  test('no bytes make it throw', () => {
    const runtimes = [['nodejs22.x', 'index.js'], ['python3.13', 'index.py'], ['java21', 'index/handler.class'], ['dotnet10', 'index.handler.dll'], ['ruby3.4', 'index.rb'], ['provided.al2023', 'bootstrap']];
    const pieces = ['batchItemFailures', '/*', '"', "'", 'import ', 'require(', '(', '{', '\n', '#', '"""', 'MZ', '\xca\xfe\xba\xbe', '\x7fELF', '=begin', './', 'from .. import *'];
    fc.assert(fc.property(fc.constantFrom(...runtimes), fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string())), ([runtime, file], parts) => {
      expect(['yes', 'no', 'unknown']).toContain(seen({ [file]: { content: Buffer.from(parts.join(''), 'latin1') } }, { runtime }));
    }));
  });
});
