import * as crypto from 'crypto';
import type { BundleFile } from './build';

/**
 * The hash that the CDK gives a folder of these files (`FileSystem.fingerprint`), without writing them: an asset that
 * `NodejsFunction` made keeps its key where the bytes are the same.
 *
 * @param salt value of the context `@aws-cdk/core:assetHashSalt`
 */
export function fingerprint(files: readonly BundleFile[], salt: string): string {
  const hash = crypto.createHash('sha256');
  const field = (name: string, value: string) => hash.update('\x01').update(name).update('\x02').update(value).update('\x03');
  field('options.extra', salt);
  field('options.follow', 'external');
  for (const { path, contents } of [...files].sort(asInFolders)) field(`file:${path}`, contentHash(contents));
  return hash.digest('hex');
}

/** Files and folders of each folder by name. */
function asInFolders(a: BundleFile, b: BundleFile): number {
  const [left, right] = [a.path.split('/'), b.path.split('/')];
  const index = left.findIndex((name, i) => name !== right[i]);
  return index >= 0 && left[index] > (right[index] ?? '') ? 1 : -1;
}

const BLOCK = 8 * 1024;

/** Size and hash of a file; of text, with the line ends of Unix, block by block. */
function contentHash(contents: Buffer): string {
  const hash = crypto.createHash('sha256');
  const isBinary = contents.subarray(0, BLOCK).includes(0);
  let size = 0;
  const update = (bytes: Buffer) => {
    size += bytes.length;
    hash.update(bytes);
  };
  let held = '';
  for (let start = 0; start < contents.length; start += BLOCK) {
    const block = contents.subarray(start, start + BLOCK);
    const text = isBinary ? '' : block.toString();
    if (isBinary) {
      update(block);
    } else if (text.endsWith('\r')) {
      held += text; // its line may end in the next block
    } else {
      update(Buffer.from((held + text).replace(/\r\n/g, '\n')));
      held = '';
    }
  }
  hash.update(held);
  return `${size}:${hash.digest('hex')}`;
}
