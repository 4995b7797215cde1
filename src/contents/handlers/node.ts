import { hasNoCallback, isAnnounced } from '../javascript/announced';
import { Generation, HandlerParts, locate, LocatedFile, partsOf } from '../javascript/client';
import { Disk, FileAt } from '../javascript/disk';
import { fileFault, folderFault, formFault, functionFault, parametersFault, syntaxFault } from '../javascript/faults';
import { Found, Modules } from '../javascript/modules';
import { hasOnlyHarmlessOptions } from '../javascript/node-options';
import { Resolver, searchPathOf } from '../javascript/resolve';
import { Summary } from '../javascript/value';
import { STARTS, UNCLEAR, Unpacked, Verdict } from '../unpacked';

/** The oldest version that is judged: those before load handlers in ways of their own. */
const OLDEST = 16;

/** The newest version of which it is certain that Lambda turns off what would find ES modules by their syntax. */
const NEWEST_WITHOUT_DETECTION = 24;

/** From this version on a handler may not ask for a callback. */
const WITHOUT_CALLBACKS = 24;

/**
 * Whether a function of Node.js can start: what AWS's runtime interface client does when it loads the handler.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
export function judgeNode(unpacked: Unpacked): Verdict {
  const version = Number(/^nodejs(\d+)/.exec(unpacked.runtime)?.[1]);
  if (!(version >= OLDEST) || !hasOnlyHarmlessOptions(unpacked.environment)) return UNCLEAR;
  const parts = partsOf(unpacked.handler);
  if (!parts) return formFault(unpacked.handler);
  const launch = new Launch(unpacked, parts, version);
  const [first, ...others] = generationsOf(version).map((generation) => launch.judge(generation));
  return others.every(({ kind }) => kind === first.kind) ? first : UNCLEAR;
}

/** Which client a runtime has: functions of Node.js 22 on Managed Instances have the newer one. */
function generationsOf(version: number): readonly Generation[] {
  if (version >= WITHOUT_CALLBACKS) return [4];
  return version === 22 ? [3, 4] : [3];
}

/** One function, about to start. */
class Launch {
  private readonly disk: Disk;
  private readonly resolver: Resolver;
  private readonly modules: Modules;

  constructor(private readonly unpacked: Unpacked, private readonly parts: HandlerParts, private readonly version: number) {
    this.disk = new Disk(unpacked);
    this.resolver = new Resolver(this.disk, searchPathOf(unpacked));
    this.modules = new Modules(this.disk, this.resolver);
  }

  public judge(generation: Generation): Verdict {
    const located = locate(this.disk, this.resolver, this.parts, generation);
    if (located.kind === 'absent') return fileFault(this.unpacked, this.parts);
    if (located.kind === 'folder') return folderFault(this.unpacked, this.parts);
    return located.kind === 'file' ? this.judgeFile(located, generation) : UNCLEAR;
  }

  private judgeFile(at: LocatedFile, generation: Generation): Verdict {
    const [name] = this.parts.way;
    const isThere = this.parts.way.length === 1 && isAnnounced(at.file, name);
    // Whether it is a function is not looked at: the announcement of a bundle says no more than that it is there.
    if (isThere && (this.version < WITHOUT_CALLBACKS || hasNoCallback(at.file, name))) return UNCLEAR;
    const summary = this.modules.summary(at);
    if (summary.kind === 'esm as commonjs') return this.version <= NEWEST_WITHOUT_DETECTION ? syntaxFault(this.unpacked, at) : UNCLEAR;
    if (!('exports' in summary) || summary.kind === 'esm' && at.byName) return UNCLEAR;
    const found = this.find(summary, at, generation);
    if (found.every(({ kind }) => kind === 'function')) return this.judgeFunction(found, at);
    const isGone = found.every(({ kind }) => kind === 'absent' || kind === 'plain') && !this.modules.isReachedBack(at);
    return isGone ? functionFault(this.unpacked, at, found, this.modules.namesOf(summary.exports, at)) : UNCLEAR;
  }

  private find(summary: Summary, at: FileAt, generation: Generation): readonly Found[] {
    const { way } = this.parts;
    // The older client goes on to the next file when one exports nothing at all.
    if (!this.modules.isObject(summary.exports, at) || generation === 4 && summary.kind === 'commonjs' && way[0] === 'default') return [{ kind: 'unknown' }];
    const found = this.modules.find(summary.exports, way, at);
    return generation === 4 ? this.findAsNewer(found, summary, at) : found;
  }

  /** The newer client looks into the default export, too, and never into functions. */
  private findAsNewer(found: readonly Found[], summary: Summary, at: FileAt): readonly Found[] {
    const values = summary.kind === 'esm' ? this.modules.find(summary.exports, ['default'], at) : [];
    const hasDefault = values.some(({ kind }) => kind !== 'absent');
    const inDefault = hasDefault ? this.modules.find(summary.exports, ['default', ...this.parts.way], at) : [];
    return found.flatMap((one): readonly Found[] => {
      if (one.kind === 'absent' && hasDefault) return inDefault;
      if (one.kind === 'plain' && hasDefault) return [{ kind: 'unknown' }];
      return [one.kind === 'function' && one.inFunction ? { kind: 'unknown' } : one];
    });
  }

  private judgeFunction(found: readonly Found[], at: FileAt): Verdict {
    if (this.version < WITHOUT_CALLBACKS) return STARTS;
    const parameters = found.map((one) => one.kind === 'function' ? one.parameters : undefined);
    if (parameters.some((names) => names === undefined)) return parameters.every((names) => names === undefined) ? STARTS : UNCLEAR;
    const tooMany = parameters.filter((names) => names!.length >= 3);
    if (tooMany.length === 0) return STARTS;
    return tooMany.length === parameters.length ? parametersFault(this.unpacked, at, tooMany[0]!) : UNCLEAR;
  }
}
