import { UNCLEAR, Unpacked, Verdict } from '../unpacked';

/** Whether a function of Node.js can start. */
export function judgeNode(_unpacked: Unpacked): Verdict {
  return UNCLEAR;
}
