import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import * as fc from 'fast-check';
import { UnpackedOptions, unpackedOf } from './unpacked-of';
import { judge } from '../../../src/contents/handlers/judge';
import { judgePython } from '../../../src/contents/handlers/python';
import { missingImports } from '../../../src/contents/python/missing-imports';

interface Row {
  readonly title: string;
  readonly verdict: string;
  readonly handler: string;
  readonly files: Record<string, string>;
  readonly layers: readonly Record<string, string>[];
  readonly environment: Record<string, string>;
}

/** The packages that `runtimes/python.js` starts with AWS's own runtime. */
const { packagesFor } = jest.requireActual<{ packagesFor(minor: number): Row[] }>('../../../runtimes/python-packages');

const HANDLER = 'def handler(event, context): return event\n';

function verdictOf(options: UnpackedOptions): string {
  const verdict = judgePython(unpackedOf(options));
  return verdict.kind === 'fails' ? `fails: ${verdict.fault}` : verdict.kind;
}

function said(options: UnpackedOptions): string {
  const verdict = judgePython(unpackedOf(options));
  return verdict.kind === 'fails' ? `'Handler' must be ${verdict.allowed}, got ${verdict.got}` : verdict.kind;
}

describe.each([8, 12, 15])('Python 3.%i', (minor) => {
  test.each(packagesFor(minor).map((row) => [row.title, row] as const))('%s', (_, { verdict, handler, files, layers, environment }) => {
    const wanted = ['starts', 'unclear'].includes(verdict) ? verdict : `fails: ${verdict}`;
    expect(verdictOf({ runtime: `python3.${minor}`, handler, files, layers: Object.assign({}, ...layers), environment })).toBe(wanted);
  });
});

describe('what a mistake is said to be', () => {
  test.each([
    ['app', { 'app.py': HANDLER }, "a module and a function with a dot between, such as 'index.handler', got 'app'"],
    ['time.handler', { 'time.py': HANDLER }, "in a module whose name is not that of one which is built into Python, got 'time.handler'"],
    ['app.handler', { 'index.py': HANDLER }, "a function in a module of the code or of a layer, got 'app.handler': there is no app.py"],
    ['app.handler', { 'src/app.py': HANDLER, 'a/b/app.py': '' }, "a function in a module of the code or of a layer, got 'app.handler': there is no app.py, but src/app.py, which is 'src.app.handler'"],
    ['App.handler', { 'app.py': HANDLER }, "a function in a module of the code or of a layer, got 'App.handler': there is no App.py, but app.py, which is 'app.handler'"],
    ['my_app.handler', { 'my-app.py': HANDLER }, "a function in a module of the code or of a layer, got 'my_app.handler': there is no my_app.py, but my-app.py, which is 'my-app.handler'"],
    ['src/app.py.handler', { 'src/app.py': HANDLER }, "a function in a module of the code or of a layer, got 'src/app.py.handler': there is no src/app/py.py, but src/app.py, which is 'src.app.handler'"],
    ['app.run', { 'app.py': `import json\nclass A: pass\n${HANDLER}def _private(): pass` }, "a function that its module defines, got 'app.run': app.py has handler, A"],
    ['app.run', { 'app.py': 'x = 1' }, "a function that its module defines, got 'app.run': app.py has no function"],
    ['app.py', { 'app.py': HANDLER }, "a function that its module defines, got 'app.py': app.py has handler; the handler ends with the name of the function, not of the file"],
    ['src.app', { 'src/app.py': HANDLER }, "a function that its module defines, got 'src.app': the folder src has no function, since it has no __init__.py"],
    ['app.x', { 'app.py': 'x = 1' }, "something that can be called, got 'app.x', which is a value in app.py"],
    ['app.run', { 'app.py': [1, 2, 3, 4, 5, 6].map((n) => `def f${n}(): pass`).join('\n') }, "a function that its module defines, got 'app.run': app.py has f1, f2, f3, f4, f5 and others"],
  ])('%s in %j', (handler, files, message) => {
    expect(said({ handler, files: files as Record<string, string> })).toBe(`'Handler' must be ${message}`);
  });

  test('a layer with another layout', () => {
    expect(said({ handler: 'common.handler', layers: { 'lib/common.py': HANDLER } })).toBe("'Handler' must be a function in a module of the code or of a layer, " +
      "got 'common.handler': there is no common.py, but lib/common.py in a layer, where Python looks into python and python/lib/python3.12/site-packages only");
  });
});

describe('nothing is said', () => {
  test.each<[string, UnpackedOptions]>([
    ['of Python 2', { runtime: 'python2.7' }],
    ['of Python 3.7, which started in another way', { runtime: 'python3.7' }],
    ['if a layer is not known', { optIsWhole: false, files: { 'app.py': HANDLER } }],
    ['if a folder may be hidden by a layer that is not known', { optIsWhole: false, handler: 'src.index.run', files: { 'src/index.py': HANDLER } }],
    ['if a layer that is not known may hide one that is', { optIsWhole: false, handler: 'common.run', layers: { 'python/common.py': HANDLER } }],
    ['if a variable decides where modules are', { environment: { PYTHONPATH: undefined } }],
    ['of native modules', { files: { 'index.cpython-312-x86_64-linux-gnu.so': '' } }],
    ['of native modules beside a source', { files: { 'index.so': '', 'index.py': '' } }],
    ['of native packages', { files: { 'index/__init__.abi3.so': '' } }],
    ['of byte code', { files: { 'index.pyc': '' } }],
    ['of packages of byte code', { files: { 'index/__init__.pyc': '' } }],
    ['of files that cannot be read', { files: { 'index.py': { bytes: 10 } } }],
    ['of files that Lambda may not read', { files: { 'index.py': { content: 'x = 1', mode: 0o600 } } }],
    ['of large files', { files: { 'index.py': { content: '', bytes: 2_000_000 } } }],
    ['of other encodings', { files: { 'index.py': '# -*- coding: latin-1 -*-\n' } }],
    ['of texts that are no UTF-8', { files: { 'index.py': { content: Uint8Array.of(35, 0xff) } } }],
    ['of texts with a null', { files: { 'index.py': 'x = 1\0' } }],
    ['of names with letters that Python takes for others', { handler: 'index.\u{1d4eb}', files: { 'index.py': 'b = print' } }],
    ['of what every module has', { handler: 'index.__name__', files: { 'index.py': '' } }],
    ['of what the runtime brings', { handler: 'boto3.client' }],
    ['of folders that the runtime may have as packages', { handler: 'boto3.client', files: { 'boto3/data.py': '' } }],
    ['of circles', { files: { 'index.py': 'from other import handler', 'other.py': 'from index import handler' } }],
    ['of names that are listed', { files: { 'index.py': 'from other import *', 'other.py': `__all__ = []\n${HANDLER}` } }],
    ['of parts that a package makes itself', { handler: 'src.made.handler', files: { 'src/__init__.py': 'import sys\nsys.modules["src.made"] = sys' } }],
    ['of a program that ends at once', { files: { 'index.py': `import sys\n${HANDLER}sys.exit()` } }],
    ['of what is taken from above the top', { files: { 'index.py': 'from ..above import handler' } }],
  ])('%s', (_, options) => {
    expect(verdictOf(options)).toBe('unclear');
  });

  test('of links, which may lead anywhere', () => {
    const linked = unpackedOf({ files: { 'app.py': HANDLER, 'index.py': 'app.py', 'src': 'other' } });
    const links = new Set(['index.py', 'src']);
    linked.task.files.forEach((file) => Object.assign(file, { isLink: links.has(file.path) }));
    expect(judgePython(linked).kind).toBe('unclear');
    expect(judgePython({ ...linked, handler: 'src.index.handler' }).kind).toBe('unclear');
    expect(judgePython({ ...linked, handler: 'app.run' }).kind).toBe('fails');
  });

  test('of functions that are started by a wrapper', () => {
    expect(judge(unpackedOf({ handler: 'no', environment: { AWS_LAMBDA_EXEC_WRAPPER: '/opt/run' } })).kind).toBe('unclear');
    expect(judge(unpackedOf({ handler: 'no' })).kind).toBe('fails');
  });
});

test('the code comes first, whatever the layers are', () => {
  const files = { 'index.py': HANDLER };
  expect(verdictOf({ optIsWhole: false, files })).toBe('starts');
  expect(verdictOf({ optIsWhole: false, files, handler: 'index.run' })).toBe('fails: function');
  expect(verdictOf({ files, handler: 'index.run', environment: { PYTHONPATH: '/opt/lib' } })).toBe('fails: function');
});

test('the .pth file of setuptools adds no folders', () => {
  expect(verdictOf({ handler: 'app.handler', files: { 'distutils-precedence.pth': 'import os' } })).toBe('fails: file');
});

describe('imports', () => {
  const missing = (source: string, files: Record<string, string> = {}, options: UnpackedOptions = {}) =>
    missingImports(unpackedOf({ files: { 'index.py': `${source}\n${HANDLER}`, ...files }, ...options })).map(({ module, file }) => `${module} in ${file}`);

  test.each<[string, string, Record<string, string>, string[]]>([
    ['a package', 'import requests', {}, ['requests in index.py']],
    ['several', 'import requests, pandas as pd\nfrom numpy import array', {}, ['requests in index.py', 'pandas in index.py', 'numpy in index.py']],
    ['one of several files, once', 'import a, b', { 'a.py': 'import requests', 'b.py': 'import requests' }, ['requests in a.py']],
    ['a part of a package', 'import google.cloud.storage', {}, ['google in index.py']],
    ['a submodule that is imported by its package', 'from orders import api', { 'orders/__init__.py': '', 'orders/api.py': 'import requests' }, ['requests in orders/api.py']],
    ['before the path is changed', 'import requests\nfrom more import x', { 'more.py': 'import sys\nsys.path.append("x")\nx = 1' }, ['requests in index.py']],
    ['what Python had once', 'import asyncore, imp', {}, ['asyncore in index.py', 'imp in index.py']],
    ['what Python will have', 'import annotationlib', {}, ['annotationlib in index.py']],
    ['a relative import at the top', 'from . import a', { 'a.py': '' }, ['. in index.py']],
  ])('%s is missing', (_, source, files, expected) => {
    expect(missing(source, files)).toEqual(expected);
  });

  test.each<[string, string, Record<string, string>]>([
    ['it may be', 'if x: import requests', {}],
    ['it is tried', 'try:\n    import requests\nexcept ImportError: pass', {}],
    ['a function imports it', 'def f():\n    import requests', {}],
    ['a class imports it', 'class A:\n    import requests', {}],
    ['the path was changed', 'import os, sys\nsys.path.insert(0, os.path.dirname(__file__))\nimport requests', {}],
    ['the path may have been changed by a module', 'from more import x\nimport requests', { 'more.py': 'import site\nsite.addsitedir("/tmp")' }],
    ['the path may have been changed by a module that is tried', 'try:\n    import unzip\nexcept ImportError: pass\nimport requests', { 'unzip.py': 'import sys\nsys.path.append("/tmp")' }],
    ['the path may have been changed by a function', 'def f():\n    import more\nf()\nimport requests', { 'more.py': 'from sys import path\npath.append("/tmp")' }],
    ['a module could not be understood', 'import more\nimport requests', { 'more.py': 'def' }],
    ['Python has it', 'import json, os.path, xml.etree.ElementTree, distutils, _thread', {}],
    ['the runtime has it', 'import boto3, botocore.config\nfrom dateutil import parser\nimport urllib3', {}],
    ['it is in the code', 'import a.b.c', { 'a/b/c.py': '' }],
    ['it is native', 'import a', { 'a.cpython-312-aarch64-linux-gnu.so': '' }],
    ['a package makes its parts', 'import a.made', { 'a/__init__.py': '' }],
  ])('%s', (_, source, files) => {
    expect(missing(source, files)).toEqual([]);
  });

  test.each<[string, UnpackedOptions]>([
    ['a layer is not known', { optIsWhole: false }],
    ['PYTHONPATH is set', { environment: { PYTHONPATH: '/opt' } }],
    ['a wrapper starts the runtime', { environment: { AWS_LAMBDA_EXEC_WRAPPER: '/opt/run' } }],
    ['the environment is not known', { environmentIsWhole: false }],
    ['Python is too new to know', { runtime: 'python3.99' }],
    ['Python is too old', { runtime: 'python3.7' }],
    ['the handler has no form', { handler: 'index' }],
    ['the handler is elsewhere', { handler: 'app.handler' }],
  ])('nothing is said if %s', (_, options) => {
    expect(missing('import requests', {}, options)).toEqual([]);
  });

  test('a package without end is read in part', () => {
    const files = Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`m${n}.py`, `import m${n + 1}\n`]));
    expect(missing('import m0', { ...files, 'm3000.py': 'import requests' })).toEqual([]);
    expect(verdictOf({ files: { ...files, 'index.py': `import m0\n${HANDLER}` } })).toBe('starts');
  });
});

describe('whatever is in the package', () => {
  const word = fc.constantFrom('def', 'class', 'handler', '(', ')', ':', '\n', '    ', '\t', 'import', 'from', '.', '*', 'as', 'if', 'else', '=', ',', '"""', '#', 'match',
    'case', 'async', 'lambda', 'yield', 'del', 'global', '\\', '[', ']', '{', '}', "f'", ':=', '@', '0', 'é', '\r', '\u2028');
  const source = fc.oneof(fc.string({ unit: 'binary' }), fc.array(word, { maxLength: 60 }).map((words) => words.join(' ')));

  test('nothing is thrown', () => {
    fc.assert(fc.property(source, fc.oneof(fc.string(), fc.constantFrom('index.handler', 'src.index.handler', 'index')), (text, handler) => {
      const files = { 'index.py': text, 'src/index.py': text, 'src/__init__.py': `from .index import *\n${text}` };
      expect(['starts', 'fails', 'unclear']).toContain(judgePython(unpackedOf({ handler, files })).kind);
      missingImports(unpackedOf({ handler, files }));
    }), { numRuns: 500 });
  });

  test('nothing takes long', () => {
    const deep = [`${'('.repeat(20_000)}${')'.repeat(20_000)}`, `${'['.repeat(50_000)}`, 'if x:\n'.repeat(2000), `x = ${'a.'.repeat(50_000)}a`, 'import a\n'.repeat(20_000), `x = ${'-'.repeat(50_000)}1`];
    for (const text of deep) {
      const started = performance.now();
      judgePython(unpackedOf({ files: { 'index.py': text } }));
      expect(performance.now() - started).toBeLessThan(30_000);
    }
  }, 60_000);
});

const hasPython = spawnSync('python3', ['--version']).status === 0;

describe('beside Python itself', () => {
  /** Statements that make, take away or only seem to make names. */
  const name = fc.constantFrom('handler', 'run', 'other');
  const statement: fc.Arbitrary<string> = fc.letrec<{ statement: string }>((tie) => ({
    statement: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      name.map((n) => `def ${n}(event, context): pass`),
      name.map((n) => `class ${n}: pass`),
      name.map((n) => `${n} = 1`),
      name.map((n) => `${n}: object`),
      name.map((n) => `${n}: object = len`),
      fc.tuple(name, name).map(([a, b]) => `${a}, (${b}, *rest) = 1, (2, 3)`),
      fc.tuple(name, name).map(([a, b]) => `def ${a}(${b}): ${b} = 1`),
      name.map((n) => `class Orders:\n    def ${n}(self): pass`),
      name.map((n) => `def make():\n    global ${n}\n    ${n} = 1\nmake()`),
      name.map((n) => `x = [${n} for ${n} in [1]]`),
      name.map((n) => `x = [(${n} := y) for y in [1]]`),
      name.map((n) => `x = dict(${n}=1)`),
      name.map((n) => `for ${n} in []: pass`),
      name.map((n) => `with open("/dev/null") as ${n}: pass`),
      name.map((n) => `try:\n    1 / 0\nexcept Exception as ${n}: pass`),
      name.map((n) => `import json as ${n}`),
      fc.tuple(name, name).map(([a, b]) => `from sibling import ${a} as ${b}`),
      fc.constant('from sibling import *'),
      name.map((n) => `globals()["${n}"] = 1`),
      name.map((n) => `x = lambda ${n}: ${n}`),
      name.map((n) => `del ${n}`),
      fc.tuple(fc.constantFrom('True', 'False', 'len("")'), tie('statement'), tie('statement')).map(([test, a, b]) => `if ${test}:\n${indented(a)}\nelse:\n${indented(b)}`),
      fc.tuple(fc.constantFrom('True', 'False'), tie('statement')).map(([test, a]) => `if ${test}:\n${indented(a)}`),
      tie('statement').map((a) => `try:\n${indented(a)}\nfinally: pass`),
      tie('statement').map((a) => `def never():\n${indented(a)}`),
    ),
  })).statement;
  const module = fc.array(statement, { minLength: 1, maxLength: 5 }).map((statements) => statements.join('\n') + '\n');

  test('names are there as Python has them, or it is not said', () => {
    const samples = fc.sample(fc.record({ index: module, sibling: module }), { numRuns: 1500, seed: 5 });
    // without Python it is still seen that something is decided
    const truth = hasPython ? imported(samples) : [];
    const verdicts = samples.map(({ index, sibling }) => verdictOf({ files: { 'index.py': index, 'sibling.py': sibling } }));
    // What is there but cannot be called is a mistake, too; and where the module raises an error, it is said or not.
    const wrong = samples.flatMap((sample, at) => verdicts[at] === 'fails: function' && truth[at] === 'called' || verdicts[at] === 'starts' && truth[at] === 'absent' ?
      [{ ...sample, verdict: verdicts[at], truth: truth[at] }] : []);
    expect(wrong).toEqual([]);
    const count = (verdict: string) => verdicts.filter((each) => each === verdict).length;
    expect(Math.min(count('starts'), count('fails: function'), count('unclear'))).toBeGreaterThan(100);
  }, 120_000);

  function indented(text: string): string {
    return text.split('\n').map((line) => `    ${line}`).join('\n');
  }

  /** 'called' or 'there' for what the module has under the name of the handler, 'absent', or 'raised'. */
  function imported(samples: readonly { index: string; sibling: string }[]): string[] {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'python-'));
    try {
      samples.forEach(({ index, sibling }, at) => {
        fs.mkdirSync(path.join(folder, `s${at}`));
        fs.writeFileSync(path.join(folder, `s${at}`, 'index.py'), index);
        fs.writeFileSync(path.join(folder, `s${at}`, 'sibling.py'), sibling);
      });
      const { stdout, stderr } = spawnSync('python3', ['-c', DRIVER, folder, String(samples.length)], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
      expect(stderr).toBe('');
      return JSON.parse(stdout) as string[];
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }

  const DRIVER = `
import importlib, json, sys
folder, count = sys.argv[1], int(sys.argv[2])
sys.dont_write_bytecode = True
found = []
for at in range(count):
    for name in ("index", "sibling"): sys.modules.pop(name, None)
    sys.path.insert(0, f"{folder}/s{at}")
    importlib.invalidate_caches()
    try:
        module = importlib.import_module("index")
        found.append(("called" if callable(module.handler) else "there") if hasattr(module, "handler") else "absent")
    except Exception:
        found.append("raised")
    sys.path.pop(0)
print(json.dumps(found))
`;
});
