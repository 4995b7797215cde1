import { Token } from 'aws-cdk-lib';
import { Range } from '../limits/range';
import { Advice, checkWholeNumber } from '../support/checks';
import { mistake } from '../support/errors';

/** Refuses what nobody can calculate with: also a number that is known after the deployment only. */
export function checkKnownNumber(value: number | undefined, range: Range, advice: Advice): void {
  if (Token.isUnresolved(value)) throw mistake(undefined, { ...advice, allowed: 'known before the deployment', got: value });
  checkWholeNumber(undefined, value, range, advice);
}
