import { FileTree } from './file-tree';

/** A folder of a package, and the bytes of all files in it. `path` is empty for files at the root. */
export interface Folder {
  readonly path: string;
  readonly bytes: number;
}

/** A folder in which few others are, and which is opened up while it holds more than this share of the package. */
const SHARE = 0.1;

/** No more folders than these are opened up; a package of many small ones says little. */
const MAX_FOLDERS = 200;

/**
 * What takes the place in a package: its folders, the largest first. A large folder is replaced by those in it, so that
 * `node_modules` becomes the packages in it and a deep path of single folders becomes its end.
 */
export function largestFolders(files: FileTree): readonly Folder[] {
  const root = new Node('');
  for (const { path, bytes } of files.files) root.add(path.split('/'), bytes);
  const open = [root];
  const closed: Folder[] = [];
  while (open.length > 0 && open.length + closed.length < MAX_FOLDERS) {
    const node = open.sort((one, other) => other.bytes - one.bytes).shift()!;
    if (node.children.size === 0 || (node !== root && node.bytes < root.bytes * SHARE)) {
      closed.push(node);
    } else {
      open.push(...node.children.values());
      if (node.ownBytes > 0) closed.push({ path: node.path, bytes: node.ownBytes });
    }
  }
  return [...closed, ...open].map(({ path, bytes }) => ({ path, bytes })).sort((one, other) => other.bytes - one.bytes);
}

class Node implements Folder {
  public bytes = 0;
  public ownBytes = 0;
  public readonly children = new Map<string, Node>();

  constructor(public readonly path: string) {}

  public add(names: readonly string[], bytes: number): void {
    this.bytes += bytes;
    if (names.length <= 1) {
      this.ownBytes += bytes;
      return;
    }
    const [name, ...rest] = names;
    let child = this.children.get(name);
    if (!child) this.children.set(name, child = new Node(this.path === '' ? name : `${this.path}/${name}`));
    child.add(rest, bytes);
  }
}
