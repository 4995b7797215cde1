import { UNCLEAR, Unpacked, Verdict } from '../unpacked';

/** Whether a function of Python can start. */
export function judgePython(_unpacked: Unpacked): Verdict {
  return UNCLEAR;
}
