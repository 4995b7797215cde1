import { FileTree, PackageFile } from './file-tree';

/** Extensions of the files that inline code is put into, by the beginning of the runtime. */
const EXTENSIONS = [['nodejs', 'js'], ['python', 'py']] as const;

/** What was made of which code: many functions have the same, and what is known of a file is looked up by the file. */
const made = new Map<string, FileTree>();

/** So that a process that goes on for ever keeps no more. */
const MAX_MADE = 1_000;

/** The package that Lambda makes of inline code: a file called index, whatever the handler says; `undefined` for other languages. */
export function inlineFiles(text: string, runtime: string | undefined): FileTree | undefined {
  const [, extension] = EXTENSIONS.find(([language]) => runtime?.startsWith(language)) ?? [];
  if (!extension) return undefined;
  const key = `${extension} ${text}`;
  const tree = made.get(key) ?? packed(text, extension);
  if (made.size >= MAX_MADE) made.clear();
  made.set(key, tree);
  return tree;
}

function packed(text: string, extension: string): FileTree {
  const bytes = Buffer.from(text);
  const file: PackageFile = { path: `index.${extension}`, bytes: bytes.length, read: (length) => bytes.subarray(0, length), unpack: () => undefined };
  return new FileTree([file]);
}
