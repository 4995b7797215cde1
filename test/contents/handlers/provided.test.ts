import { unpackedCompiled } from './unpacked-of';
import { FileTree } from '../../../src/contents/file-tree';
import { judge } from '../../../src/contents/handlers/judge';
import { ExampleFile, ExampleFiles } from '../../../src/rules/rule';
import { elfFile, ElfParts } from '../native/elf-file';

const program = (parts: ElfParts = {}, mode: number = 0o755): ExampleFile => ({ content: elfFile(parts), mode });
const script = (content: string): ExampleFile => ({ content, mode: 0o755 });

function verdict(task: ExampleFiles, more: Parameters<typeof unpackedCompiled>[1] = {}): string {
  const found = judge(unpackedCompiled(task, more));
  return found.kind === 'fails' ? `must be ${found.allowed}, got ${found.got}` : found.kind;
}

describe('a program', () => {
  test.each([
    ['linked statically', {}],
    ['with the loader of glibc', { loader: '/lib64/ld-linux-x86-64.so.2' }],
    ['that can be anywhere', { type: 3 }],
  ])('%s starts', (_, parts) => {
    expect(verdict({ bootstrap: program(parts) })).toBe('starts');
  });

  test('starts with the loader of glibc for arm64', () => {
    expect(verdict({ bootstrap: program({ machine: 183, loader: '/lib/ld-linux-aarch64.so.1' }) }, { architecture: 'arm64' })).toBe('starts');
  });

  test.each([
    [{ machine: 183 }, 'must be built for x86_64, the architecture of the function, got a program for arm64'],
    [{ machine: 243 }, 'must be built for x86_64, the architecture of the function, got a program for RISC-V'],
    [{ loader: '/lib/ld-musl-x86_64.so.1' }, "must be linked statically or with glibc, which is what Amazon Linux has, got a program that asks for musl's /lib/ld-musl-x86_64.so.1"],
    [{ type: 1 }, 'must be a program for Linux, got an object file, which is not linked'],
    [{ loader: '/opt/lib/ld.so' }, 'must be run by a program that is there, got one that asks for /opt/lib/ld.so, which is in neither the code nor the layers'],
  ])('fails with %j', (parts, message) => {
    expect(verdict({ bootstrap: program(parts) })).toBe(message);
  });

  test('for another system fails', () => {
    expect(verdict({ bootstrap: { content: Buffer.from('cffaedfe0c000001', 'hex'), mode: 0o755 } })).toMatch(/got a program for macOS$/);
    expect(verdict({ bootstrap: { content: 'MZ', mode: 0o755 } })).toMatch(/got a program for Windows$/);
    expect(verdict({ bootstrap: { content: '!<arch>\n', mode: 0o755 } })).toMatch(/go build makes of a package that is not main$/);
  });

  test.each([
    ['32 bits on Lambda', program({ machine: 3, bits: 32 }), {}],
    ['another loader', program({ loader: '/lib64/ld-lsb.so' }), {}],
    ['a loader in a layer that is not known', program({ loader: '/opt/lib/ld.so' }), { optIsWhole: false }],
    ['an architecture that is decided at deployment', program({ machine: 183 }), { architecture: undefined }],
    ['a mode for the owner alone', program({}, 0o744), {}],
    ['content that cannot be read', { mode: 0o755 }, {}],
  ])('%s is unclear', (_, bootstrap, more) => {
    expect(verdict({ bootstrap }, more)).toBe('unclear');
  });

  test('of 32 bits for the other architecture fails', () => {
    expect(verdict({ bootstrap: program({ machine: 3, bits: 32 }) }, { architecture: 'arm64' })).toMatch(/got a program for x86 \(32 bits\)$/);
  });

  test('starts with a loader that a layer brings', () => {
    expect(verdict({ bootstrap: program({ loader: '/opt/lib/ld.so' }) }, { opt: { 'lib/ld.so': program() } })).toBe('starts');
  });

  test('that nobody may execute fails', () => {
    expect(verdict({ bootstrap: program({}, 0o644) })).toBe('must be executable, such as mode 755, got mode 644');
    expect(verdict({ bootstrap: program({}, 0o44) })).toBe('must be executable, such as mode 755, got mode 044');
  });

  test('without a recorded mode is unclear, and fails only for what it is', () => {
    const bare = (parts: ElfParts) => {
      const unpacked = unpackedCompiled({ bootstrap: program(parts) }, {});
      return judge({ ...unpacked, task: new FileTree(unpacked.task.files.map((file) => ({ ...file, mode: undefined }))) }).kind;
    };
    expect(bare({})).toBe('unclear');
    expect(bare({ machine: 183 })).toBe('fails');
  });
});

describe('a script', () => {
  test.each(['#!/bin/sh\n', '#!/bin/bash -eu\n', '#!/usr/bin/env bash\n', '#!/usr/bin/sh'])('%j starts', (content) => {
    expect(verdict({ bootstrap: script(content) })).toBe('starts');
  });

  test.each(['#!/usr/bin/python3\n', '#!/usr/bin/env node\n', '#!/usr/bin/env -S bash -e\n', '#!/opt/../bin/sh\n'])('%j is unclear', (content) => {
    expect(verdict({ bootstrap: script(content) })).toBe('unclear');
  });

  test('is run by a program of the code or of a layer', () => {
    const php = script('#!/opt/bin/php\n');
    expect(verdict({ bootstrap: php }, { opt: { 'bin/php': program() } })).toBe('starts');
    expect(verdict({ bootstrap: php })).toMatch(/asks for \/opt\/bin\/php, which is in neither/);
    expect(verdict({ bootstrap: php }, { optIsWhole: false })).toBe('unclear');
    expect(verdict({ 'bootstrap': script('#!/var/task/bin/php\n'), 'bin/php': program() })).toBe('starts');
  });

  test('with the line ends of Windows fails', () => {
    expect(verdict({ bootstrap: script('#!/usr/bin/env bash\r\necho\r\n') })).toBe('must be a script whose lines end with LF, got CRLF after #!/usr/bin/env bash');
  });

  test.each([
    ['', 'an empty file'],
    ['exec ./main\n', 'a text that does not begin with #!'],
    ['\ufeff#!/bin/sh\n', 'a text that does not begin with #!'],
    ['\0\x01\x02', 'a file that is neither'],
  ])('%j is none', (content, got) => {
    expect(verdict({ bootstrap: script(content) })).toBe(`must be a program for Linux or a script that begins with #!, got ${got}`);
  });
});

describe('the place', () => {
  test('is the code before a layer', () => {
    expect(verdict({ bootstrap: program() }, { opt: { bootstrap: program({ machine: 183 }) } })).toBe('starts');
    expect(verdict({ bootstrap: program({ machine: 183 }) }, { opt: { bootstrap: program() } })).toMatch(/got a program for arm64$/);
    expect(verdict({ 'a.php': '' }, { opt: { bootstrap: program() } })).toBe('starts');
    expect(verdict({ 'a.php': '' }, { opt: { bootstrap: program({ machine: 183 }) } })).toMatch(/got a program for arm64$/);
  });

  test('may be a layer that is not known', () => {
    expect(verdict({ 'a.php': '' }, { optIsWhole: false })).toBe('unclear');
    expect(verdict({ 'a.php': '' }, { opt: { bootstrap: program({ machine: 183 }) }, optIsWhole: false })).toBe('unclear');
  });

  test.each<[ExampleFiles, string]>([
    [{ Bootstrap: program() }, 'Bootstrap'],
    [{ 'bootstrap.sh': script('#!/bin/sh') }, 'bootstrap.sh'],
    [{ 'bin/bootstrap': program(), 'a/b/bootstrap': program() }, 'bin/bootstrap'],
    [{ 'LICENSE': 'MIT', 'main': program(), 'main.go': '' }, 'a program called main'],
    [{ 'main.go': '', 'go.mod': '' }, 'main.go, Go that was not compiled'],
    [{ 'src/main.rs': '', 'Cargo.toml': '' }, 'src/main.rs, Rust that was not compiled'],
    [{ 'node_modules/webpack/bootstrap': '', 'index.js': '' }, 'only node_modules, index.js'],
    [{ a: '', b: '', c: '', d: '', e: '', f: '', g: '' }, 'only a, b, c, d, e, and 2 more'],
    [{ 'bootstrap/main': program() }, 'only bootstrap'],
    [{}, 'no file at all'],
  ])('%#: what is there is named: %s', (task, got) => {
    expect(verdict(task)).toBe(`must be a file at the root of the code or of a layer, got ${got}`);
  });

  test('is looked for in layers too when it is named', () => {
    expect(verdict({ 'a.php': '' }, { opt: { 'php/bootstrap': program() } })).toMatch(/got php\/bootstrap$/);
  });
});

test.each(['provided', 'provided.al2', 'provided.al2023'])('%s is judged', (runtime) => {
  expect(verdict({ 'main.go': '' }, { runtime })).toMatch(/^must be/);
});
