import * as fc from 'fast-check';
import { anyProgram, LOADED } from './any-program';
import { judgeNode } from '../../../src/contents/handlers/node';
import { unpackedOf } from '../handlers/unpacked-of';

interface Run {
  /** What becomes of the handler. */
  readonly outcome: 'function' | 'something else' | 'nothing' | 'error';

  /** How many parameters it has. */
  readonly length?: number;
}

/** Runs a program as Node.js runs a CommonJS module, and looks at what it exports. */
function run(program: string, condition: boolean): Run {
  const loaded = { exports: {} };
  new Function('exports', LOADED)(loaded.exports);
  const module: { exports: unknown } = { exports: {} };
  try {
    new Function('exports', 'module', 'require', 'condition', program).call(module.exports, module.exports, module, () => loaded.exports, condition);
    const exports = module.exports as Record<string, unknown> | undefined;
    if (!exports) return { outcome: 'nothing' };
    const { handler } = exports;
    return typeof handler === 'function' ? { outcome: 'function', length: handler.length } : { outcome: 'something else' };
  } catch {
    return { outcome: 'error' };
  }
}

function judged(program: string, runtime: string) {
  return judgeNode(unpackedOf({ runtime, files: { 'index.js': program, 'loaded.js': LOADED } }));
}

/** What was said, and what was so: each program is run with the condition met and not. */
const counts = { starts: 0, fails: 0, unclear: 0 };

test('what is said of any program is so when it runs', () => {
  fc.assert(fc.property(anyProgram, (program) => {
    const runs = [true, false].map((condition) => run(program, condition));
    const verdict = judged(program, 'nodejs22.x');
    counts[verdict.kind]++;
    // Where a module exports nothing at all the older client goes on to other files, so that is none of what fails.
    if (verdict.kind === 'fails') runs.forEach(({ outcome }) => expect(['something else', 'error']).toContain(outcome));
  }), { numRuns: 4000 });
  // Else it would prove nothing.
  expect(counts.fails).toBeGreaterThan(400);
  expect(counts.unclear).toBeGreaterThan(100);
  expect(counts.starts).toBeGreaterThan(20);
});

/** What a module exports itself, another one replaces. */
const REPLACED = 'exports.handler = function named(x, y, z) {};\nObject.assign(exports, require("./loaded"));';

test('a callback is found only where there is one', () => {
  fc.assert(fc.property(anyProgram, (program) => {
    const verdict = judged(program, 'nodejs24.x');
    if (verdict.kind !== 'fails' || verdict.fault !== 'callback') return;
    [true, false].map((condition) => run(program, condition)).forEach(({ length = 3 }) => expect(length).toBeGreaterThanOrEqual(3));
  }), { numRuns: 2000, examples: [[REPLACED]] });
});
