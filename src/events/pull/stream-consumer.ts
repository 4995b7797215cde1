import { Names } from 'aws-cdk-lib';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { checkFilterPatterns } from './filter-checks';
import { addMapping, mayDecrypt, mayRead } from './mapping';
import { PullSourceBase } from './pull-source-base';
import { streamEvent } from './samples/stream';
import { inTimeWindow } from './samples/time-window';
import { StreamSourceOptions } from './stream';
import { checkStreamMapping, streamMapping } from './stream-mapping';
import { checkStreamStart, streamStart } from './stream-start';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { STREAM } from '../../limits/sources/stream';
import { CONSUMER_ACTIONS, STREAM_ACTIONS } from '../../limits/stream-mapping';
import { isKnown } from '../../support/tokens';

/** How Lambda reads a data stream as a consumer with a throughput of its own. */
export interface StreamConsumerSourceOptions extends StreamSourceOptions {}

/** A consumer of a data stream, as which Lambda reads for a function. Made by `PullSource.streamConsumer()`. */
export class StreamConsumerPullSource extends PullSourceBase {
  public readonly semantics: SourceSemantics = STREAM;

  /** @internal */
  constructor(private readonly consumer: kinesis.IStreamConsumer, private readonly options: StreamConsumerSourceOptions) {
    super();
    checkStreamMapping(consumer, options);
    checkFilterPatterns(consumer, 'stream', options.filters);
    checkStreamStart(consumer, options);
  }

  /** Called by `addEventSource()`: makes the mapping and lets the execution role read as the consumer. */
  public bind(target: lambda.IFunction): void {
    const { consumer, options } = this;
    const { stream, streamConsumerArn: eventSourceArn } = consumer;
    const grants = [
      mayRead(target, [eventSourceArn], CONSUMER_ACTIONS),
      mayRead(target, [stream.streamArn], STREAM_ACTIONS),
      ...mayDecrypt(target, stream.encryptionKey),
    ];
    const mapping = { ...streamMapping(target, options), startingPosition: streamStart(options), eventSourceArn };
    addMapping(target, { id: `KinesisConsumerEventSource:${Names.nodeUniqueId(consumer.node)}`, grants, options: mapping, takesFailures: true });
  }

  /** @internal */
  protected _sampleEvent(): object {
    const { streamArn } = this.consumer.stream;
    return inTimeWindow(streamEvent(isKnown(streamArn) ? streamArn : undefined), this.options.tumblingWindow);
  }
}
