import { FileTree } from '../../contents/file-tree';
import { FunctionPackage } from '../../model/function-package';
import { PackagePart } from '../../model/package-parts';
import { Finding } from '../rule';

/** A part of a function whose files are known. */
export interface OpenPart {
  readonly part: PackagePart;
  readonly files: FileTree;
}

export function openParts({ parts }: FunctionPackage): readonly OpenPart[] {
  return parts.flatMap((part) => part.contents?.kind === 'opened' ? [{ part, files: part.contents.files }] : []);
}

/** Folders of a layer that runtimes look into. What is elsewhere in `/opt` is for code that knows how to take it. */
const LOOKED_INTO = /^(bin|extensions|java|lib|nodejs|python|ruby)\//;

/** Whether a runtime itself looks for a file: for all files of the code, and for those of a layer that are in its folders. */
export function isLookedFor({ kind }: PackagePart, path: string): boolean {
  return kind === 'code' || LOOKED_INTO.test(path);
}

const MAX_NAMES = 3;

/** A finding about some files of a part, each with what is wrong with it. */
export function aboutFiles({ fn }: FunctionPackage, { kind, name }: PackagePart, must: string, files: readonly string[]): Finding {
  const shown = files.slice(0, MAX_NAMES).join(', ');
  const more = files.length > MAX_NAMES ? `, and ${files.length - MAX_NAMES} more` : '';
  const path = kind === 'code' ? 'Properties/Code' : 'Properties/Layers';
  return { resource: fn, path, message: `${must}, got ${files.length === 1 ? 'one file' : `${files.length} files`} in ${kind} ${name}: ${shown}${more}` };
}
