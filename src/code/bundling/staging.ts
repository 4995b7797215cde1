import * as crypto from 'crypto';
import * as fs from 'fs';
import * as path from 'path';
import { Stage } from 'aws-cdk-lib';
import type { BundleFile } from './build';
import { Request, sourceKey } from './request';
import { mistake } from '../../support/errors';

/** A bundle by the hash of its content. */
export interface Bundle {
  readonly hash: string;
  readonly files: readonly BundleFile[];
}

/** A folder to be published, and the hash that it is known by. */
export interface StagedBundle {
  readonly folder: string;
  readonly hash: string;
}

/** Whether the cloud assembly has a bundle already, as it has after a former synthesis. */
export function isStaged(request: Request, hash: string): boolean {
  // The content behind a hash that the user made up may be another.
  return request.assetHash === undefined && fs.existsSync(folderFor(request, hash));
}

/** Puts a bundle into the cloud assembly, where the CDK puts its assets. */
export function stageBundle(request: Request, { hash: contentHash, files }: Bundle): StagedBundle {
  if (isStaged(request, contentHash)) return { hash: contentHash, folder: folderFor(request, contentHash) };
  const hash = request.assetHash === undefined ? contentHash : customHash(request);
  const folder = folderFor(request, hash);
  // Renamed when it is complete, so that nobody takes a part for the whole.
  const unfinished = `${folder}-${crypto.randomUUID()}`;
  for (const file of files) {
    fs.mkdirSync(path.dirname(path.join(unfinished, file.path)), { recursive: true });
    fs.writeFileSync(path.join(unfinished, file.path), file.contents);
  }
  fs.rmSync(folder, { recursive: true, force: true });
  fs.renameSync(unfinished, folder);
  return { hash, folder };
}

/** Other functions with the same hash have another source. */
function customHash(request: Request): string {
  return crypto.createHash('sha256').update(request.assetHash!).update(sourceKey({ ...request, projectRoot: '' })).digest('hex');
}

function folderFor({ scope }: Request, hash: string): string {
  const outdir = Stage.of(scope)?.assetOutdir;
  if (outdir !== undefined) return path.join(outdir, `asset.${hash}`);
  throw mistake(scope, { code: 'AppMissing', property: 'scope', allowed: 'in an App or a Stage', got: scope.node.path, fix: 'make the stack in an App' });
}
