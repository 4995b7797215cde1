import { Fails } from '../../contents/unpacked';
import { AppModel } from '../../model/app';
import { functionPackages } from '../../model/function-package';
import { Finding } from '../rule';

/** The functions that cannot start for one kind of reason. */
export function* cannotStart(app: AppModel, fault: Fails['fault']): Generator<Finding> {
  for (const { fn, verdict } of functionPackages(app)) {
    if (verdict.kind !== 'fails' || verdict.fault !== fault) continue;
    // Inline code has a rule of its own for the name of its file.
    if (fault === 'file' && fn.raw('Code.ZipFile').kind !== 'absent') continue;
    const what = fault === 'bootstrap' ? 'bootstrap' : "'Handler'";
    yield { resource: fn, path: fault === 'bootstrap' ? 'Properties/Code' : 'Properties/Handler', message: `${what} must be ${verdict.allowed}, got ${verdict.got}` };
  }
}
