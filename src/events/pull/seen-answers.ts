import * as path from 'path';
import { Lazy, Stack, Stage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { contentsOf } from '../../assembly/known-contents';
import { Seen } from '../../contents/batch-answers/look';
import { seenToAnswer } from '../../contents/batch-answers/seen';
import { FileTree } from '../../contents/file-tree';
import { inlineFiles } from '../../contents/inline-code';
import { functionOf } from '../../failure/function-of';
import { isKnown } from '../../support/tokens';

/**
 * Makes a mapping report the items of a batch that failed if the code of the function is seen to return them: Lambda does not look at them
 * otherwise. Decided in the synthesis, when code that is bundled is there.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function reportIfSeen(mapping: lambda.EventSourceMapping, target: lambda.IFunction): void {
  const fn = functionOf(target);
  if (!fn) return;
  const isSeen = answersOf(fn);
  (mapping.node.defaultChild as lambda.CfnEventSourceMapping).functionResponseTypes = Lazy.uncachedList({ produce: () => isSeen() ? ['ReportBatchItemFailures'] : undefined });
}

/** Asks as often as the template is resolved, looks once into each code. */
function answersOf(fn: lambda.CfnFunction): () => boolean {
  const known = new Map<string, Seen>();
  return () => {
    const { runtime, handler } = fn;
    const code: unknown = Stack.of(fn).resolve(fn.code);
    if (!isKnown(runtime) || !isKnown(handler) || !isObject(code)) return false;
    const key = JSON.stringify([runtime, handler, code]);
    const seen = known.get(key) ?? look(fn, code, { runtime, handler });
    // what is not there yet may come
    if (seen !== undefined) known.set(key, seen);
    return seen === 'yes';
  };
}

/** Texts that the function is made of. */
type Code = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Code {
  return typeof value === 'object' && value !== null;
}

function look(fn: lambda.CfnFunction, code: Code, { runtime, handler }: { readonly runtime: string; readonly handler: string }): Seen | undefined {
  const task = typeof code.zipFile === 'string' ? inlineFiles(code.zipFile, runtime) : filesOf(fn, code.s3Key);
  // of layers and of the environment nothing is asked: they may take a certainty, but not what is seen in the code
  const elsewhere = { opt: new FileTree([]), optIsWhole: false, environment: new Map<string, string>(), environmentIsWhole: false };
  return task && seenToAnswer({ runtime, handler, task, ...elsewhere });
}

/** The files of the asset that the function is made of; none for code from elsewhere. */
function filesOf(fn: lambda.CfnFunction, key: unknown): FileTree | undefined {
  for (const file of placesOf(fn, key)) {
    const contents = contentsOf(file);
    if (contents.kind === 'opened') return contents.files;
  }
  return undefined;
}

/** Where an asset may be: staged by the hash in the key, as are bundles and what several functions share, or that of the function itself. */
function placesOf(fn: lambda.CfnFunction, key: unknown): string[] {
  const stage = Stage.of(fn);
  const [, hash] = /([0-9a-f]{64})(?:\.\w+)?$/.exec(typeof key === 'string' ? key : '') ?? [];
  const staged = stage && hash !== undefined ? ['', '.zip', '.jar'].map((extension) => path.join(stage.assetOutdir, `asset.${hash}${extension}`)) : [];
  return [...staged, ...ownAsset(fn, stage)];
}

/** Only where assets are not staged it is the source itself; of a stack that needs no bundles that may be the whole project. */
function ownAsset(fn: lambda.CfnFunction, stage: Stage | undefined): string[] {
  const asset = fn.node.scope?.node.tryFindChild('Code');
  return stage && asset instanceof Asset && Stack.of(fn).bundlingRequired ? [path.resolve(stage.outdir, asset.assetPath)] : [];
}
