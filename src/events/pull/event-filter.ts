import { checkPattern } from './filter-checks';
import { isBranches, isRecord, readPatternText } from '../../measure/filters/pattern';
import { passes } from '../../measure/filters/record';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** Members of an event that hold its records. */
const LISTS = ['Records', 'records', 'messages', 'rmqMessagesByQueue', 'events'];

/**
 * Which records of a source reach the function. Lambda deletes the other messages of a queue and skips the other records of a stream.
 *
 * A field that is asked for has a list of values, of which the record must have one; fields that are not asked for may be anything. Operators
 * are `{ prefix: 'us-' }`, `{ suffix: '.png' }`, `{ 'equals-ignore-case': 'paid' }`, `{ 'anything-but': ['draft'] }`,
 * `{ numeric: ['>', 0, '<=', 100] }` and `{ exists: true }`; `$or` takes a list of patterns.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 * @example
 * import * as sqs from 'aws-cdk-lib/aws-sqs';
 * import { EventFilter, EventFunction, PullSource } from 'cdk-event-functions';
 *
 * declare const orders: EventFunction;
 * declare const queue: sqs.Queue;
 * const isPaid = EventFilter.body({ status: ['paid'] });
 * orders.addEventSource(PullSource.queue(queue, { filters: [isPaid.render()] }));
 */
export class EventFilter {
  /**
   * Messages of Amazon SQS by their body, which must be a JSON object.
   *
   * @param pattern what is asked of the fields of the body
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
   */
  public static body(pattern: { [key: string]: any }): EventFilter {
    return new EventFilter({ body: pattern });
  }

  /**
   * Records of Amazon Kinesis or messages of Amazon MQ by their data, which must be a JSON object. Lambda decodes it first.
   *
   * @param pattern what is asked of the fields of the data
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis-filtering.html
   */
  public static data(pattern: { [key: string]: any }): EventFilter {
    return new EventFilter({ data: pattern });
  }

  /**
   * Records of a table of Amazon DynamoDB by what changed. Values have their types around them, as in
   * `{ NewImage: { status: { S: ['paid'] } } }`, and numbers are texts: `{ N: ['5'] }`.
   *
   * @param pattern what is asked of `Keys`, `NewImage` and `OldImage`
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html
   */
  public static dynamodb(pattern: { [key: string]: any }): EventFilter {
    return new EventFilter({ dynamodb: pattern });
  }

  /**
   * Records of Apache Kafka by their value, which must be a JSON object. Lambda decodes it first.
   *
   * @param pattern what is asked of the fields of the value
   * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-filtering.html
   */
  public static value(pattern: { [key: string]: any }): EventFilter {
    return new EventFilter({ value: pattern });
  }

  /**
   * A pattern as it is.
   *
   * @param pattern what is asked of the fields of a record, as in `{ eventName: ['INSERT'] }`
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
   */
  public static fromPattern(pattern: { [key: string]: any }): EventFilter {
    return new EventFilter(pattern);
  }

  /** The pattern as JSON. At most 4,096 characters. */
  public readonly pattern: string;

  private constructor(pattern: { [key: string]: any }) {
    this.pattern = asJson(pattern);
    if (isKnown(this.pattern)) checkPattern(this.pattern, { property: 'pattern' });
  }

  /**
   * What `filters` of a source takes, be it a source of this library or of the CDK.
   *
   * @returns the pattern, as `lambda.FilterCriteria.filter()` gives it
   */
  public render(): { [key: string]: any } {
    return { pattern: this.pattern };
  }

  /**
   * Whether a record reaches the function, for unit tests: judged as AWS's own engine does.
   *
   * @param record one record of an event, as the handler gets it; see `sampleEvent()` of the source
   * @throws if it is a whole event, or if the pattern has tokens or operators that Lambda does not list
   * @see https://github.com/aws/event-ruler
   * @example
   * import { EventFilter } from 'cdk-event-functions';
   *
   * const isPaid = EventFilter.body({ status: ['paid'] });
   * isPaid.matches({ body: JSON.stringify({ status: 'paid', total: 5 }) }); // true
   */
  public matches(record: { [key: string]: any }): boolean {
    const list = isRecord(record) ? LISTS.find((name) => typeof record[name] === 'object' && record[name] !== null) : 'Records';
    if (list !== undefined) {
      const got = isRecord(record) ? Object.keys(record) : record;
      throw mistake(undefined, { code: 'FilterTakesOneRecord', property: 'record', allowed: 'one record', got, fix: `take one out of '${list}' of an event` });
    }
    const read = isKnown(this.pattern) ? readPatternText(this.pattern) : undefined;
    if (read && isBranches(read)) return passes(read, record);
    const allowed = read ? read.allowed : 'free of tokens';
    throw mistake(undefined, { code: 'FilterCannotBeJudged', property: 'pattern', allowed, got: read ? read.got : this.pattern, fix: 'test it against AWS' });
  }
}

/** What cannot be JSON, as a circle, is no pattern. */
function asJson(pattern: unknown): string {
  try {
    return JSON.stringify(pattern) ?? '';
  } catch {
    return '';
  }
}
