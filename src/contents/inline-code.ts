import { FileTree, PackageFile } from './file-tree';

/** Extensions of the files that inline code is put into, by the beginning of the runtime. */
const EXTENSIONS = [['nodejs', 'js'], ['python', 'py']] as const;

/** The package that Lambda makes of inline code: a file called index, whatever the handler says; `undefined` for other languages. */
export function inlineFiles(text: string, runtime: string | undefined): FileTree | undefined {
  const [, extension] = EXTENSIONS.find(([language]) => runtime?.startsWith(language)) ?? [];
  if (!extension) return undefined;
  const bytes = Buffer.from(text);
  const file: PackageFile = { path: `index.${extension}`, bytes: bytes.length, read: (length) => bytes.subarray(0, length), unpack: () => undefined };
  return new FileTree([file]);
}
