import { Duration } from 'aws-cdk-lib';

const START = Date.UTC(2020, 11, 9, 7, 4);

/**
 * A batch of records as a function gets it that aggregates them in windows of time: with the state that it returned for the batch before.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html
 */
export function inTimeWindow<T extends { readonly Records: readonly { readonly eventSourceARN: string }[] }>(event: T, tumblingWindow?: Duration): T {
  if (!tumblingWindow || tumblingWindow.isUnresolved() || tumblingWindow.toSeconds() === 0) return event;
  const at = (time: number) => new Date(time).toISOString().replace('.000Z', 'Z');
  const window = { start: at(START), end: at(START + tumblingWindow.toMilliseconds()) };
  const [{ eventSourceARN }] = event.Records;
  return { ...event, window, state: {}, shardId: 'shardId-000000000006', eventSourceARN, isFinalInvokeForWindow: false, isWindowTerminatedEarly: false };
}
