/** Whether something holds, as far as templates can tell. A rule speaks only of what is `no` for sure. */
export type Verdict = 'yes' | 'no' | 'unknown';

const ORDER: readonly Verdict[] = ['no', 'unknown', 'yes'];

/** The best of several: enough if one holds. */
export function any(verdicts: Iterable<Verdict>): Verdict {
  let best: Verdict = 'no';
  for (const verdict of verdicts) if (ORDER.indexOf(verdict) > ORDER.indexOf(best)) best = verdict;
  return best;
}

/** The worst of several: all must hold. */
export function all(verdicts: Iterable<Verdict>): Verdict {
  let worst: Verdict = 'yes';
  for (const verdict of verdicts) if (ORDER.indexOf(verdict) < ORDER.indexOf(worst)) worst = verdict;
  return worst;
}

export function not(verdict: Verdict): Verdict {
  return verdict === 'yes' ? 'no' : verdict === 'no' ? 'yes' : 'unknown';
}
