import * as fs from 'fs';
import * as path from 'path';
import { openContents } from './open-contents';
import { Contents } from '../contents/contents';

/** What this process has looked into, by file and its time: an app may be synthesized again and again, as in tests. */
const known = new Map<string, Contents>();

/** More than an app has; what was looked into first is forgotten first. */
const MAX_KNOWN = 500;

/** The name of a staged asset: the CDK makes it of the hash of what is in it. */
const STAGED = /^asset\.[0-9a-f]{64}/;

/**
 * What is in an asset, looked into once: functions share layers, and stacks share assets. One that is not staged is looked
 * into whenever it is asked for, since what is in its folders may have changed.
 */
export function contentsOf(file: string): Contents {
  if (!STAGED.test(path.basename(file))) return openContents(file);
  const key = `${file} ${timeOf(file)}`;
  let contents = known.get(key);
  if (!contents) {
    contents = openContents(file);
    if (known.size >= MAX_KNOWN) known.delete(known.keys().next().value!);
    known.set(key, contents);
  }
  return contents;
}

/** When and with how many bytes a file or folder was written. */
function timeOf(file: string): string {
  const stats = fs.statSync(file, { throwIfNoEntry: false });
  return stats ? `${stats.mtimeMs} ${stats.size} ${stats.ino}` : 'not there';
}
