import { minorVersion, splitHandler } from './handler';
import { importsOf, MissingImport } from './imports';
import { ModulePath } from './module-path';
import { Unpacked } from '../unpacked';

/** What a function of Python imports when it starts, and is not there. */
export function missingImports(unpacked: Unpacked): readonly MissingImport[] {
  const minor = minorVersion(unpacked);
  // A wrapper script may add folders to those that Python looks into.
  if (minor === undefined || !unpacked.environmentIsWhole || unpacked.environment.has('AWS_LAMBDA_EXEC_WRAPPER')) return [];
  const handler = splitHandler(unpacked.handler);
  return 'kind' in handler ? [] : importsOf(new ModulePath(unpacked, minor), handler.module).missing;
}
