import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { mistake } from '../../support/errors';

/** Where in a stream of records a mapping begins. */
export interface StreamStart {
  readonly startingPosition?: lambda.StartingPosition;
  readonly startingPositionTimestamp?: number;
}

/** With the oldest record, unless something else is said. */
export function streamStart({ startingPosition, startingPositionTimestamp }: StreamStart): lambda.StartingPosition {
  if (startingPosition !== undefined) return startingPosition;
  return startingPositionTimestamp === undefined ? lambda.StartingPosition.TRIM_HORIZON : lambda.StartingPosition.AT_TIMESTAMP;
}

/** Refuses a timestamp that would not be looked at, and a lack of one. */
export function checkStreamStart(stream: IConstruct | undefined, { startingPosition, startingPositionTimestamp }: StreamStart): void {
  const isAtTimestamp = startingPosition === lambda.StartingPosition.AT_TIMESTAMP;
  if (startingPosition === undefined || isAtTimestamp === (startingPositionTimestamp !== undefined)) return;
  throw mistake(stream, {
    code: 'StreamStartContradicts',
    property: 'startingPositionTimestamp',
    allowed: isAtTimestamp ? 'given with AT_TIMESTAMP' : `left out with ${startingPosition}`,
    got: startingPositionTimestamp,
    fix: "leave 'startingPosition' out: the timestamp says it",
  });
}
