import * as fs from 'fs';
import * as fc from 'fast-check';
import { elfFile } from './elf-file';
import { binaryOf, HEADER_BYTES } from '../../../src/contents/native/binary';

const text = (content: string) => Buffer.from(content, 'latin1');

describe('programs and libraries for Linux', () => {
  test.each([
    [{ machine: 62 }, 'x86_64'],
    [{ machine: 183 }, 'arm64'],
    [{ machine: 3, bits: 32 }, 'x86 (32 bits)'],
    [{ machine: 40, bits: 32 }, 'ARM (32 bits)'],
    [{ machine: 62, bits: 32 }, 'x86_64 with 32-bit pointers'],
    [{ machine: 183, bigEndian: true }, 'arm64, big-endian'],
    [{ machine: 22, bigEndian: true }, 's390x'],
    [{ machine: 9999 }, 'machine 9999'],
  ] as const)('%j are for %s', (parts, machine) => {
    expect(binaryOf(elfFile(parts))).toMatchObject({ kind: 'elf', machine });
  });

  test.each([[1, 'object'], [2, 'program'], [3, 'library'], [4, 'other']])('type %d is %s', (type, name) => {
    expect(binaryOf(elfFile({ type }))).toMatchObject({ type: name });
  });

  test('name their loader, unless they are linked statically', () => {
    expect(binaryOf(elfFile({ loader: '/lib64/ld-linux-x86-64.so.2' }))).toMatchObject({ loader: '/lib64/ld-linux-x86-64.so.2' });
    expect(binaryOf(elfFile())).toEqual({ kind: 'elf', machine: 'x86_64', type: 'program' });
  });

  test('have no loader where the file is cut before its name', () => {
    const bytes = elfFile({ loader: '/lib64/ld-linux-x86-64.so.2' });
    for (let length = 20; length < bytes.length; length++) {
      expect(binaryOf(bytes.subarray(0, length))).toEqual({ kind: 'elf', machine: 'x86_64', type: 'program' });
    }
  });

  test.each([[0, 0], [0xffff, 56], [3, 1]])('do no harm with %d program headers of %d bytes', (count, size) => {
    const bytes = elfFile({ loader: '/lib/x' });
    bytes.writeUInt16LE(size, 54);
    bytes.writeUInt16LE(count, 56);
    expect(binaryOf(bytes)).toMatchObject({ kind: 'elf', machine: 'x86_64' });
  });

  test('are seen in the very program that runs this test', () => {
    const machines: Record<string, string> = { x64: 'x86_64', arm64: 'arm64' };
    const bytes = Buffer.alloc(HEADER_BYTES);
    const file = fs.openSync(process.execPath, 'r');
    fs.readSync(file, bytes, 0, HEADER_BYTES, 0);
    fs.closeSync(file);
    const kinds: Record<string, object> = { linux: { kind: 'elf', machine: machines[process.arch], loader: expect.stringContaining('ld-') }, darwin: { kind: 'mach-o' }, win32: { kind: 'pe' } };
    expect(binaryOf(bytes)).toMatchObject(kinds[process.platform]);
  });
});

test.each([
  ['mach-o', '\xcf\xfa\xed\xfe\x0c\0\0\x01'],
  ['mach-o', '\xfe\xed\xfa\xce\0\0\0\0'],
  ['mach-o', '\xca\xfe\xba\xbe\0\0\0\x02'],
  ['other', '\xca\xfe\xba\xbe\0\0\0\x34'], // a Java class
  ['pe', 'MZ\x90\0'],
  ['other', ''],
  ['other', '\x7fEL'],
  ['other', '\x7fELF\x02\x01'],
  ['other', 'exports.handler = 1;'],
] as const)('%s: %j', (kind, content) => {
  expect(binaryOf(text(content)).kind).toBe(kind);
});

test.each([
  ['#!/bin/sh\nset -eu\n', '/bin/sh', '', false],
  ['#!/bin/sh', '/bin/sh', '', false],
  ['#! /usr/bin/env bash\n', '/usr/bin/env', 'bash', false],
  ['#!/bin/bash -eu -o pipefail \n', '/bin/bash', '-eu -o pipefail', false],
  ['#!/usr/bin/env bash\r\necho', '/usr/bin/env', 'bash', true],
  ['#!\n', '', '', false],
])('%j is a script', (content, interpreter, argument, endsWithReturn) => {
  expect(binaryOf(text(content))).toEqual({ kind: 'script', interpreter, argument, endsWithReturn });
});

test('no bytes make it throw', () => {
  const beginnings = ['\x7fELF', '\x7fELF\x02\x01', '\x7fELF\x01\x02', '#!', 'MZ', '\xca\xfe\xba\xbe', '\xcf\xfa\xed\xfe', ''];
  fc.assert(fc.property(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 400 }), (beginning, bytes) => {
    expect(binaryOf(Buffer.concat([text(beginning), bytes]))).toHaveProperty('kind');
  }), { numRuns: 2000 });
});
