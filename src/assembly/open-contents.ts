import * as fs from 'fs';
import * as path from 'path';
import { archiveFileContents } from './archive-contents';
import { folderContents } from './folder-contents';
import { Contents } from '../contents/contents';

/** What is in an asset when Lambda has unzipped it. Anything that cannot be read is said, never thrown. */
export function openContents(file: string): Contents {
  try {
    return fs.statSync(file).isDirectory() ? folderContents(file) : archiveFileContents(file);
  } catch (error) {
    return { kind: 'unopened', reason: explain(error, path.basename(file)), fault: 'unreadable' };
  }
}

function explain(error: unknown, name: string): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return `${name} is not there`;
  return `${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}
