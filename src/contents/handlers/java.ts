import { UNCLEAR, Unpacked, Verdict } from '../unpacked';

/** Whether a function of Java can start. */
export function judgeJava(_unpacked: Unpacked): Verdict {
  return UNCLEAR;
}
