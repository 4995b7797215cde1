import { Duration, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Mistake, mistake } from './errors';
import { Range } from '../limits/range';

/** The part of a mistake that a check cannot know. */
export type Advice = Pick<Mistake, 'code' | 'property' | 'fix'>;

/** Refuses a number that is not whole or not in the range. Tokens and undefined pass. */
export function checkWholeNumber(scope: IConstruct | undefined, value: number | undefined, range: Range, advice: Advice): void {
  if (value === undefined || Token.isUnresolved(value)) return;
  if (Number.isInteger(value) && value >= range.min && value <= range.max) return;
  throw mistake(scope, { ...advice, allowed: describe(range), got: value });
}

/** Refuses a duration that is not whole seconds or not in the range. Tokens and undefined pass. */
export function checkSeconds(scope: IConstruct | undefined, value: Duration | undefined, range: Range, advice: Advice): void {
  if (value === undefined || value.isUnresolved()) return;
  const seconds = value.toMilliseconds() / 1000;
  if (Number.isInteger(seconds) && seconds >= range.min && seconds <= range.max) return;
  throw mistake(scope, { ...advice, allowed: describe(range), got: seconds });
}

function describe({ min, max, unit }: Range): string {
  return max === Infinity ? `a whole number of ${unit} of at least ${min}` : `between ${min} and ${max} ${unit} (a whole number)`;
}
