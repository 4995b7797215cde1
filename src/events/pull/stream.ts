import { Names } from 'aws-cdk-lib';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { checkFilterPatterns } from './filter-checks';
import { addMapping, mayDecrypt, mayRead } from './mapping';
import { PullSourceBase } from './pull-source-base';
import { streamEvent } from './samples/stream';
import { inTimeWindow } from './samples/time-window';
import { checkStreamMapping, streamMapping } from './stream-mapping';
import { StreamMappingOptions } from './stream-options';
import { checkStreamStart, streamStart } from './stream-start';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { STREAM } from '../../limits/sources/stream';
import { STREAM_ACTIONS } from '../../limits/stream-mapping';
import { isKnown } from '../../support/tokens';

/** How Lambda reads a data stream. */
export interface StreamSourceOptions extends StreamMappingOptions {
  /**
   * Where in the stream a new mapping begins. With `LATEST`, records are missed that are written while it is made. To change it makes a new
   * mapping.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html
   * @default StartingPosition.TRIM_HORIZON, or AT_TIMESTAMP with `startingPositionTimestamp`
   */
  readonly startingPosition?: lambda.StartingPosition;

  /**
   * From when on the stream is read, in seconds of Unix time. Not in the future.
   *
   * @default - see `startingPosition`
   */
  readonly startingPositionTimestamp?: number;
}

/** A data stream that Lambda reads for a function. Made by `PullSource.stream()`. */
export class StreamPullSource extends PullSourceBase {
  public readonly semantics: SourceSemantics = STREAM;

  /** @internal */
  constructor(private readonly stream: kinesis.IStream, private readonly options: StreamSourceOptions) {
    super();
    checkStreamMapping(stream, options);
    checkStreamStart(stream, options);
    checkFilterPatterns(stream, 'stream', options.filters);
  }

  /** Called by `addEventSource()`: makes the mapping and lets the execution role read the stream. */
  public bind(target: lambda.IFunction): void {
    const { stream, options } = this;
    const grants = [mayRead(target, [stream.streamArn], STREAM_ACTIONS), ...mayDecrypt(target, stream.encryptionKey)];
    const mapping = { ...streamMapping(target, options), startingPosition: streamStart(options), eventSourceArn: stream.streamArn };
    addMapping(target, { id: `KinesisEventSource:${Names.nodeUniqueId(stream.node)}`, grants, options: mapping, takesFailures: true });
  }

  /** @internal */
  protected _sampleEvent(): object {
    const { streamArn } = this.stream;
    return inTimeWindow(streamEvent(isKnown(streamArn) ? streamArn : undefined), this.options.tumblingWindow);
  }
}
