import { isBuiltin } from 'module';
import { posix } from 'path';
import { look, oncePerFile, Reading, Seen, Told } from './look';
import { Generation, HandlerParts, locate, partsOf } from '../javascript/client';
import { withoutComments } from '../javascript/comments';
import { Disk, FileAt, TASK_ROOT } from '../javascript/disk';
import { hasOnlyHarmlessOptions } from '../javascript/node-options';
import { Resolver, searchPathOf } from '../javascript/resolve';
import { Unpacked } from '../unpacked';

/**
 * The answer itself, and libraries that make it: bundled ones have it, others are named where they are imported.
 *
 * @see https://docs.aws.amazon.com/powertools/typescript/latest/features/batch/
 */
const ANSWERS = /batchItemFailures|\bprocessPartialResponse(Sync)?\b|@aws-lambda-powertools\/batch\b|@middy\/sqs-partial-batch-failure\b/;

/** Packages that make no answer of a function. */
const HARMLESS = /^(@aws-sdk|@smithy|aws-sdk|aws-xray-sdk(-core)?|@aws-lambda-powertools\/(logger|metrics|tracer|parameters))(\/|$)/;

/** What is loaded: by a text, or by what is worked out. */
const LOADED = /\b(?:require|import)\s*\(\s*(?:(['"`])([^'"`\n]*)\1\s*\))?|\b(?:from|import)\s*(['"])([^'"\n]+)\3/g;

/** Files that Node.js runs. */
const CODE = /\.(?:[cm]?js|node|wasm)$/;

/** Whether a function of Node.js answers with the items that failed: its file, and those of its own that it loads. */
export function seenInNode(unpacked: Unpacked): Seen {
  const parts = partsOf(unpacked.handler);
  if (!parts) return 'unknown';
  const code = new OwnCode(unpacked);
  const [first, other] = ([3, 4] as const).map((generation) => code.locate(parts, generation));
  if (!first || first.path !== other?.path) return 'unknown';
  const seen = look(first, ({ path }) => path, (at) => code.tell(at));
  return seen === 'no' && !hasOnlyHarmlessOptions(unpacked.environment) ? 'unknown' : seen;
}

class OwnCode {
  private readonly disk: Disk;
  private readonly resolver: Resolver;
  private readonly reading = new Reading();

  /** Whether there is one file and no layer, as with a bundle: then nothing else can be loaded, whatever its text says. */
  private readonly isAlone: boolean;

  constructor(unpacked: Unpacked) {
    this.disk = new Disk(unpacked);
    this.resolver = new Resolver(this.disk, searchPathOf(unpacked));
    const { task, opt, optIsWhole } = unpacked;
    this.isAlone = optIsWhole && opt.files.length === 0 && task.files.filter(({ path }) => CODE.test(path)).length === 1;
  }

  /** The file of the handler; none for one that is in a layer, or that a library brings. */
  public locate(parts: HandlerParts, generation: Generation): FileAt | undefined {
    const located = locate(this.disk, this.resolver, parts, generation);
    return located.kind === 'file' && isOwn(located) ? located : undefined;
  }

  public tell({ path, file }: FileAt): Told<FileAt> {
    if (/\.json$/.test(path)) return { isWhole: true };
    const text = /\.node$/.test(path) ? undefined : this.reading.text(file);
    if (text === undefined) return {};
    if (answers(file, text)) return { answers: true };
    const loaded = [...text.matchAll(LOADED)].map(([, , called, , named]) => this.load(called ?? named, posix.dirname(path)));
    return { parts: loaded.filter((one) => typeof one === 'object'), isWhole: this.isAlone || !loaded.includes('unknown') };
  }

  private load(specifier: string | undefined, folder: string): FileAt | 'harmless' | 'unknown' {
    if (specifier === undefined) return 'unknown';
    if (!/^\.{0,2}\//.test(specifier)) return isBuiltin(specifier) || HARMLESS.test(specifier) ? 'harmless' : 'unknown';
    const resolved = this.resolver.required(specifier, folder);
    return resolved.kind === 'file' && isOwn(resolved) ? resolved : 'unknown';
  }
}

function isOwn({ path }: FileAt): boolean {
  return path.startsWith(`${TASK_ROOT}/`) && !path.includes('/node_modules/');
}

/** Comments may speak of it. */
const answers = oncePerFile((_, text) => ANSWERS.test(text) && ANSWERS.test(withoutComments(text)));
