import { UNCLEAR, Unpacked, Verdict } from '../unpacked';

/** Whether a function of Ruby can start. */
export function judgeRuby(_unpacked: Unpacked): Verdict {
  return UNCLEAR;
}
