import { Annotations, Duration, Size, SizeRoundingBehavior, Tokenization } from 'aws-cdk-lib';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { mayInvoke } from './invoking-role';
import { firehoseTransformationEvent } from './samples/firehose-transformation';
import { timeoutOf } from './timeout-of';
import {
  FIREHOSE_BUFFER_INTERVAL, FIREHOSE_BUFFER_SIZE, FIREHOSE_READS, FIREHOSE_RETRIES, FIREHOSE_TIMEOUT, FIREHOSE_TRANSFORMATION,
} from '../../limits/sources/firehose-transformation';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { checkSeconds, checkWholeNumber } from '../../support/checks';
import { mistake } from '../../support/errors';
import { merged } from '../../support/merge';

/** How Data Firehose gathers records for a function. */
export interface FirehoseTransformationOptions {
  /**
   * How long records are gathered for one event: whole seconds, from 0 to 900.
   *
   * @see https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
   * @default - 60 seconds, for Snowflake 30
   */
  readonly bufferInterval?: Duration;

  /**
   * How much is gathered for one event: from 0.2 to 3 MiB. What the function gets is a third longer, as it is written in base64; what it
   * returns may have 6 MB.
   *
   * @see https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
   * @default - 1 MiB, for Splunk and Snowflake 256 KiB
   */
  readonly bufferSize?: Size;

  /**
   * How often an event is tried again when the network fails or the function is throttled. 0 or more.
   *
   * @see https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-failure-handling.html
   * @default 3
   */
  readonly retries?: number;
}

/**
 * A function that transforms the records of a delivery stream, for the `processors` of its destination.
 *
 * Amazon Data Firehose invokes the function, synchronously, for each batch of records; of an `EventFunction` it invokes the live alias.
 * The role of the destination may invoke that and nothing else, while `firehose.LambdaFunctionProcessor` lets it invoke every version.
 * Records that fail are put into the folder `processing-failed` of the bucket. A function that may take longer than 5 minutes is warned
 * about: Data Firehose does not wait for it.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
 * @example
 * import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 * import { EventFunction, FirehoseTransformation } from 'cdk-event-functions';
 *
 * declare const clean: EventFunction;
 * const destination = new firehose.S3Bucket(new s3.Bucket(this, 'Lake'), { processors: [new FirehoseTransformation(clean)] });
 * new firehose.DeliveryStream(this, 'Clicks', { destination });
 */
export class FirehoseTransformation implements firehose.IDataProcessor {
  /** How Data Firehose invokes, who tries again, and where a failed event ends. */
  public readonly semantics: SourceSemantics = FIREHOSE_TRANSFORMATION;

  /** The options, under the name that the CDK has for them. */
  public readonly props: firehose.DataProcessorProps;

  /**
   * @param transformer the function that transforms the records
   * @param options how records are gathered for it
   */
  constructor(private readonly transformer: lambda.IFunction, options: FirehoseTransformationOptions = {}) {
    const { bufferInterval, bufferSize, retries } = options;
    this.props = { bufferInterval, bufferSize, retries };
    checkSeconds(transformer, bufferInterval, FIREHOSE_BUFFER_INTERVAL, {
      code: 'FirehoseIntervalOutOfRange', property: 'bufferInterval', fix: 'leave it out for the default of the destination',
    });
    checkWholeNumber(transformer, retries, FIREHOSE_RETRIES, { code: 'FirehoseRetriesOutOfRange', property: 'retries', fix: 'leave it out for 3' });
    this.checkSize(bufferSize);
  }

  /** Called by the destination: permits its role to invoke the function. */
  public bind(_scope: Construct, options: firehose.DataProcessorBindOptions): firehose.DataProcessorConfig {
    mayInvoke(options.role, this.transformer, FIREHOSE_READS);
    this.warnOfTimeout();
    const identifier = { parameterName: 'LambdaArn', parameterValue: this.transformer.functionArn };
    const parameters = [identifier, { parameterName: 'RoleArn', parameterValue: options.role.roleArn }, ...this.buffering()];
    return { processorType: 'Lambda', processorIdentifier: identifier, parameters };
  }

  /**
   * An event as the handler receives it from Data Firehose, for unit tests: the documented example of the service.
   *
   * @param overrides parts of the event that are to be different; lists are gone through entry by entry
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesisfirehose.html
   */
  public sampleEvent(overrides: { [name: string]: any } = {}): { [name: string]: any } {
    return merged(firehoseTransformationEvent(), overrides) as { [name: string]: any };
  }

  /** The CDK would leave out 0 retries, and refuse a size that is no whole number of MiB. */
  private buffering(): firehose.CfnDeliveryStream.ProcessorParameterProperty[] {
    const { bufferInterval, bufferSize, retries } = this.props;
    return Object.entries({
      BufferIntervalInSeconds: bufferInterval?.toSeconds(),
      BufferSizeInMBs: bufferSize?.toMebibytes({ rounding: SizeRoundingBehavior.NONE }),
      NumberOfRetries: retries,
    }).flatMap(([parameterName, value]) => value === undefined ? [] : [{ parameterName, parameterValue: Tokenization.stringifyNumber(value) }]);
  }

  private checkSize(size: Size | undefined): void {
    if (size === undefined || size.isUnresolved()) return;
    const { min, max, unit } = FIREHOSE_BUFFER_SIZE;
    const given = size.toMebibytes({ rounding: SizeRoundingBehavior.NONE });
    if (given >= min && given <= max) return;
    throw mistake(this.transformer, {
      code: 'FirehoseSizeOutOfRange',
      property: 'bufferSize',
      allowed: `between ${min} and ${max} ${unit}`,
      got: `${given} ${unit}`,
      fix: 'leave it out for the default of the destination',
    });
  }

  private warnOfTimeout(): void {
    const longest = timeoutOf(this.transformer);
    const { max, unit } = FIREHOSE_TIMEOUT;
    if (longest === undefined || longest <= max) return;
    Annotations.of(this.transformer).addWarningV2(
      'cdk-event-functions:firehose-waits-long-enough',
      `'timeout' must be at most ${max} ${unit} for a function that transforms records of Data Firehose, got ${longest}; `
      + 'it waits for 5 minutes and then takes the records as failed: shorten the timeout, or gather less with bufferSize',
    );
  }
}
