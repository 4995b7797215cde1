import { UNCLEAR, Unpacked, Verdict } from '../unpacked';

/** Whether a function of .NET can start. */
export function judgeDotnet(_unpacked: Unpacked): Verdict {
  return UNCLEAR;
}
