import { UNCLEAR, Unpacked, Verdict } from '../unpacked';

/** Whether a function of a custom runtime can start. */
export function judgeProvided(_unpacked: Unpacked): Verdict {
  return UNCLEAR;
}
