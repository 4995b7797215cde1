import { Fails } from '../../contents/unpacked';
import { AppModel } from '../../model/app';
import { functionPackages } from '../../model/function-package';
import { Finding } from '../rule';

/** The functions that cannot start for some kinds of reason. */
export function* cannotStart(app: AppModel, ...faults: readonly Fails['fault'][]): Generator<Finding> {
  for (const { fn, verdict } of functionPackages(app)) {
    if (verdict.kind !== 'fails' || !faults.includes(verdict.fault)) continue;
    const { fault } = verdict;
    // Inline code has rules of its own for the name of its file and for what is in it.
    if ((fault === 'file' || fault === 'syntax') && fn.raw('Code.ZipFile').kind !== 'absent') continue;
    const what = fault === 'bootstrap' ? 'bootstrap' : "'Handler'";
    yield { resource: fn, path: fault === 'bootstrap' ? 'Properties/Code' : 'Properties/Handler', message: `${what} must be ${verdict.allowed}, got ${verdict.got}` };
  }
}
