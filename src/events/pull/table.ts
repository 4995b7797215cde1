import { Names, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { checkFilterPatterns } from './filter-checks';
import { addMapping, mayDecrypt, mayRead } from './mapping';
import { PullSourceBase } from './pull-source-base';
import { tableEvent } from './samples/table';
import { inTimeWindow } from './samples/time-window';
import { checkStreamMapping, streamMapping } from './stream-mapping';
import { StreamMappingOptions } from './stream-options';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { TABLE } from '../../limits/sources/table';
import { TABLE_ACTIONS, TABLE_ACTIONS_ON_ALL } from '../../limits/stream-mapping';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** How Lambda reads the stream of a table. */
export interface TableSourceOptions extends StreamMappingOptions {
  /**
   * Where in the stream a new mapping begins: with the oldest change that is there, or with the newest. With `LATEST`, changes are missed
   * that are made while the mapping is. Streams of tables have no `AT_TIMESTAMP`. To change it makes a new mapping.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html
   * @default StartingPosition.TRIM_HORIZON
   */
  readonly startingPosition?: lambda.StartingPosition;
}

/** The stream of a table, which Lambda reads for a function. Made by `PullSource.table()`. */
export class TablePullSource extends PullSourceBase {
  public readonly semantics: SourceSemantics = TABLE;

  private readonly streamArn: string;

  /** @internal */
  constructor(private readonly table: dynamodb.ITable, private readonly options: TableSourceOptions) {
    super();
    if (!table.tableStreamArn) throw withoutStream(table);
    this.streamArn = table.tableStreamArn;
    this.checkStreamAtSynth();
    checkStreamMapping(table, options);
    checkFilterPatterns(table, 'table', options.filters);
    if (options.startingPosition === lambda.StartingPosition.AT_TIMESTAMP) {
      throw mistake(table, {
        code: 'TableStreamHasNoTimestamp',
        property: 'startingPosition',
        allowed: 'TRIM_HORIZON or LATEST for the stream of a table',
        got: options.startingPosition,
        fix: 'use TRIM_HORIZON and skip what is too old in the function: the stream keeps 24 hours',
      });
    }
  }

  /** Called by `addEventSource()`: makes the mapping and lets the execution role read the stream. */
  public bind(target: lambda.IFunction): void {
    const { table, options, streamArn } = this;
    const grants = [
      mayRead(target, [streamArn], TABLE_ACTIONS),
      mayRead(target, ['*'], TABLE_ACTIONS_ON_ALL),
      ...mayDecrypt(target, table.encryptionKey),
    ];
    const { startingPosition = lambda.StartingPosition.TRIM_HORIZON } = options;
    const mapping = { ...streamMapping(target, options), startingPosition, eventSourceArn: streamArn };
    addMapping(target, { id: `DynamoDBEventSource:${Names.nodeUniqueId(table.node)}`, grants, options: mapping, takesFailures: true });
  }

  /** @internal */
  protected _sampleEvent(): object {
    const { table, streamArn } = this;
    const view = streamOf(table)?.streamViewType;
    const event = tableEvent(typeof view === 'string' ? view : undefined, isKnown(streamArn) ? streamArn : undefined);
    return inTimeWindow(event, this.options.tumblingWindow);
  }

  /** A `TableV2` always has the ARN of a stream, and gets the stream itself when a replica is added, which may be later. */
  private checkStreamAtSynth(): void {
    const { table } = this;
    const resource = table.node.defaultChild;
    if (!resource || !dynamodb.CfnGlobalTable.isCfnGlobalTable(resource)) return;
    table.node.addValidation({ validate: () => streamOf(table) ? [] : [withoutStream(table).message] });
  }
}

/** The stream of a table as its resource has it; none for a table that has no stream, or that is imported. */
function streamOf(table: dynamodb.ITable): { [name: string]: unknown } | undefined {
  const resource = table.node.defaultChild;
  const isTable = resource && (dynamodb.CfnTable.isCfnTable(resource) || dynamodb.CfnGlobalTable.isCfnGlobalTable(resource));
  return isTable ? Stack.of(table).resolve(resource.streamSpecification) : undefined;
}

function withoutStream(table: dynamodb.ITable): Error {
  return mistake(table, {
    code: 'TableHasNoStream',
    property: 'table',
    allowed: 'a table with a stream',
    got: undefined,
    fix: "give it 'stream' (a Table) or 'dynamoStream' (a TableV2), for instance StreamViewType.NEW_AND_OLD_IMAGES, or import it with its 'tableStreamArn'",
  });
}
