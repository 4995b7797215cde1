import { look, oncePerFile, Reading, Seen, Told } from './look';
import { FileTree } from '../file-tree';
import { absoluteName } from '../python/defined';
import { minorVersion, splitHandler } from '../python/handler';
import { mayBeInRuntime, mayBeStandard } from '../python/library';
import { factsOf, Import } from '../python/module-facts';
import { FoundSource, ModulePath } from '../python/module-path';
import { codeOnly } from '../python/prose';
import { Unpacked } from '../unpacked';

/**
 * The answer itself, or the utility of Powertools that makes it.
 *
 * @see https://docs.aws.amazon.com/powertools/python/latest/utilities/batch/
 */
const ANSWERS = [/batchItemFailures/, /\baws_lambda_powertools\.utilities\.batch\b|\baws_lambda_powertools\.utilities\s+import\s*(?:\([^)]*|[^\n(]*)\bbatch\b/];

/** Packages that make no answer of a function; of Powertools, what makes one is found by its name. */
const HARMLESS = ['aws_lambda_powertools', 'aws_xray_sdk', 'pydantic', 'requests'];

/** Whether a function of Python answers with the items that failed: its module, and those of its own that it imports. */
export function seenInPython(unpacked: Unpacked): Seen {
  const minor = minorVersion(unpacked);
  const handler = splitHandler(unpacked.handler);
  if (minor === undefined || 'kind' in handler) return 'unknown';
  const code = new OwnModules(unpacked, minor, topOf(handler.module));
  return code.own(handler.module) ? look(handler.module, (name) => name, (name) => code.tell(name)) : 'unknown';
}

class OwnModules {
  private readonly path: ModulePath;
  private readonly reading = new Reading();
  private readonly installed: ReadonlySet<string>;

  constructor(private readonly unpacked: Unpacked, private readonly minor: number, home: string) {
    this.path = new ModulePath(unpacked, minor);
    // what the handler is in is code of one's own, also if pip has installed it
    this.installed = new Set([...installedIn(unpacked.task)].filter((name) => name !== home));
  }

  /** A module of the code itself: not one of a layer, nor one that pip put beside it. */
  public own(name: string): FoundSource | undefined {
    const found = this.path.find(name);
    if (found.kind !== 'source' || this.unpacked.task.get(found.file.path) !== found.file) return undefined;
    return this.installed.has(topOf(name)) || /(^|\/)site-packages\//.test(found.file.path) ? undefined : found;
  }

  public tell(name: string): Told<string> {
    const found = this.own(name);
    if (!found) return { isWhole: this.isHarmless(name) };
    const text = this.reading.text(found.file);
    if (text === undefined) return {};
    if (answers(found.file, text)) return { answers: true };
    const facts = factsOf(found.file);
    const parts = facts?.imports.flatMap((imported) => this.imported(found, imported));
    return { parts, isWhole: facts !== undefined && !facts.isDynamic && !facts.movesPath };
  }

  /** The packages that a module is in are loaded before it. */
  private imported(importer: FoundSource, imported: Import): string[] {
    const name = absoluteName(importer, imported);
    if (name === undefined) return [];
    const names = name.split('.').map((_, index, all) => all.slice(0, index + 1).join('.'));
    const below = imported.name === undefined || imported.name === '*' ? [] : [`${name}.${imported.name}`];
    return [...names.filter((one) => this.path.find(one).kind !== 'namespace'), ...below.filter((one) => this.path.find(one).kind === 'source')];
  }

  private isHarmless(name: string): boolean {
    const top = topOf(name);
    return mayBeStandard(top, this.minor) || mayBeInRuntime(top) || HARMLESS.includes(top);
  }
}

function topOf(name: string): string {
  return name.split('.', 1)[0];
}

/** More than this is no list of what pip has installed. */
const MAX_RECORD_BYTES = 1024 * 1024;

/** Names of the modules beside the code that pip has installed, which leaves a folder for each. */
function installedIn(task: FileTree): ReadonlySet<string> {
  const records = task.files.flatMap((file) => /^[^/]+\.dist-info\/RECORD$/.test(file.path) && file.bytes <= MAX_RECORD_BYTES ? [file.read()?.toString() ?? ''] : []);
  const named = task.rootNames.flatMap((name) => /^(.+?)-[^-]*\.dist-info$/.exec(name)?.[1] ?? []);
  const listed = records.flatMap((record) => [...record.matchAll(/^([^/,\n]+?)(?:\.py)?[/,]/gm)].map(([, name]) => name));
  return new Set([...named, ...listed, 'aws_lambda_powertools']);
}

/** Comments and the texts that document a function may speak of it. */
const answers = oncePerFile((file, text) => isIn(text) && isIn(codeOnly(file) ?? text));

function isIn(text: string): boolean {
  return ANSWERS.some((pattern) => pattern.test(text));
}
