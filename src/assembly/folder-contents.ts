import * as fs from 'fs';
import * as path from 'path';
import { archiveFileContents } from './archive-contents';
import { Opened } from '../contents/contents';
import { FileTree, PackageFile } from '../contents/file-tree';

/** What is in a folder, as the CDK CLI zips it: hidden files included, symbolic links followed. Throws where it may not look. */
export function folderContents(folder: string): Opened {
  const files = [...filesIn(folder, '', [])];
  return { kind: 'opened', bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), files: new FileTree(files), oddities: [] };
}

function* filesIn(folder: string, prefix: string, ancestors: readonly string[]): Generator<PackageFile> {
  const real = fs.realpathSync(folder);
  if (ancestors.includes(real)) return; // a link to a folder above it
  for (const { name } of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, name);
    const stats = fs.statSync(file, { throwIfNoEntry: false });
    if (stats?.isDirectory()) yield* filesIn(file, `${prefix}${name}/`, [...ancestors, real]);
    else if (stats?.isFile()) yield fileOf(file, `${prefix}${name}`, stats); // a link to nothing is left out
  }
}

function fileOf(file: string, name: string, stats: fs.Stats): PackageFile {
  return {
    path: name,
    bytes: stats.size,
    mode: RECORDS_MODES ? stats.mode & 0o777 : undefined, // eslint-disable-line no-bitwise -- permission bits
    read: (length) => readFile(file, length),
    unpack: () => {
      const contents = archiveFileContents(file);
      return contents.kind === 'opened' ? contents.files : undefined;
    },
  };
}

/** Windows has no permission bits of Unix: those that Node.js makes up say nothing of what will be deployed. */
const RECORDS_MODES = path.sep === '/';

function readFile(file: string, length?: number): Buffer | undefined {
  try {
    return length === undefined ? fs.readFileSync(file) : readBeginning(file, length);
  } catch {
    return undefined;
  }
}

function readBeginning(file: string, length: number): Buffer {
  const descriptor = fs.openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, fs.readSync(descriptor, bytes, 0, length, 0));
  } finally {
    fs.closeSync(descriptor);
  }
}
