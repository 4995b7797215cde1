import { ArnFormat, Duration } from 'aws-cdk-lib';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { basicAuth, mayLogIn, warnOfLongTimeout } from './logged-in';
import { addMapping, mayRead } from './mapping';
import { PullSourceBase } from './pull-source-base';
import { changeEvent } from './samples/document-db';
import { CHANGE_BATCH_SIZE, CHANGE_BATCHING_WINDOW, CLUSTER_ACTIONS, COLLECTION_NAME, DATABASE_NAME } from '../../limits/change-stream-mapping';
import { DOCUMENT_DB } from '../../limits/sources/document-db';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { checkSeconds, checkWholeNumber } from '../../support/checks';
import { mistake } from '../../support/errors';
import { idPart } from '../../support/id-part';
import { isKnown } from '../../support/tokens';

/** What the event of an update holds. */
export enum FullDocument {
  /** Only what changed. */
  DEFAULT = 'Default',

  /** What changed, and a copy of the whole document as it is when the event is read. */
  UPDATE_LOOKUP = 'UpdateLookup',
}

/** How Lambda reads a change stream of Amazon DocumentDB. */
export interface DocumentDbSourceOptions {
  /**
   * The database: 1 to 63 characters other than blanks, slashes, periods, dollar signs and double quotes.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/api/API_DocumentDBEventSourceConfig.html
   */
  readonly databaseName: string;

  /**
   * The collection in the database: 1 to 57 characters without dollar signs that begin with a letter, a digit or an underscore, and not with
   * `system.`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/api/API_DocumentDBEventSourceConfig.html
   * @default - all collections of the database
   */
  readonly collectionName?: string;

  /**
   * The secret with `username` and `password` of a user of the cluster, for instance its `secret`. The execution role may read it, and decrypt
   * it with its key.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-documentdb.html
   */
  readonly secret: secretsmanager.ISecret;

  /**
   * What the event of an update holds.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/api/API_DocumentDBEventSourceConfig.html
   * @default FullDocument.DEFAULT
   */
  readonly fullDocument?: FullDocument;

  /**
   * Where in the stream a new mapping begins. With `LATEST`, changes are missed that are made while it is made. To change it makes a new
   * mapping.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-documentdb.html
   * @default StartingPosition.TRIM_HORIZON, or AT_TIMESTAMP with `startingPositionTimestamp`
   */
  readonly startingPosition?: lambda.StartingPosition;

  /**
   * From when on the stream is read, in seconds of Unix time. Not in the future.
   *
   * @default - see `startingPosition`
   */
  readonly startingPositionTimestamp?: number;

  /**
   * The most events of one batch: from 1 to 10,000. A batch never has more than 6 MB.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-documentdb.html
   * @default 100
   */
  readonly batchSize?: number;

  /**
   * How long events are gathered for a batch: whole seconds, from 0 to 300. Once it was set, only a new mapping has the default again.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
   * @default - half a second
   */
  readonly maxBatchingWindow?: Duration;

  /**
   * Whether Lambda reads the stream. While it does not, events may expire.
   *
   * @default true
   */
  readonly enabled?: boolean;
}

/** A change stream of Amazon DocumentDB that Lambda reads for a function. Made by `PullSource.documentDb()`. */
export class DocumentDbPullSource extends PullSourceBase {
  public readonly semantics: SourceSemantics = DOCUMENT_DB;

  /** @internal */
  constructor(private readonly cluster: docdb.IDatabaseCluster, private readonly options: DocumentDbSourceOptions) {
    super();
    checkNames(cluster, options);
    checkStart(cluster, options);
    checkWholeNumber(cluster, options.batchSize, CHANGE_BATCH_SIZE, { code: 'ChangeBatchSizeOutOfRange', property: 'batchSize', fix: 'leave it out for 100' });
    checkSeconds(cluster, options.maxBatchingWindow, CHANGE_BATCHING_WINDOW, {
      code: 'ChangeBatchingWindowOutOfRange', property: 'maxBatchingWindow', fix: 'Lambda gathers events for at most 5 minutes',
    });
  }

  /** Called by `addEventSource()`: makes the mapping, and lets the execution role find the cluster, reach it and log in. */
  public bind(target: lambda.IFunction): void {
    const { databaseName, collectionName, fullDocument, secret, ...options } = this.options;
    const { clusterIdentifier } = this.cluster;
    const made = addMapping(target, {
      id: ['DocumentDbEventSource', ...[clusterIdentifier, databaseName, collectionName ?? '*'].map((part) => idPart(target, part))].join(':'),
      grants: [...this.mayFind(target), ...mayLogIn(target, secret)],
      options: {
        ...options,
        startingPosition: options.startingPosition ?? defaultStart(options.startingPositionTimestamp),
        eventSourceArn: this.arnOf('cluster', clusterIdentifier),
        sourceAccessConfigurations: [basicAuth(secret)],
      },
    });
    // The CDK has no name for it.
    (made.node.defaultChild as lambda.CfnEventSourceMapping).documentDbEventSourceConfig = { databaseName, collectionName, fullDocument };
    warnOfLongTimeout(target, 'changes in Amazon DocumentDB');
  }

  /** @internal */
  protected _sampleEvent(): object {
    const { databaseName, collectionName } = this.options;
    const clusterArn = this.arnOf('cluster', this.cluster.clusterIdentifier);
    return changeEvent(...[clusterArn, databaseName, collectionName].map((text) => isKnown(text) ? text : undefined));
  }

  /** Which parameters and subnets a cluster has is known in the deployment only, and Lambda may ask for all clusters. */
  private mayFind(target: lambda.IFunction) {
    return Object.entries(CLUSTER_ACTIONS).map(([kind, action]) => mayRead(target, [this.arnOf(kind, '*')], [action]));
  }

  private arnOf(resource: string, resourceName: string): string {
    const { stack, env: { account, region } } = this.cluster;
    return stack.formatArn({ service: 'rds', account, region, resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  }
}

function defaultStart(timestamp?: number): lambda.StartingPosition {
  return timestamp === undefined ? lambda.StartingPosition.TRIM_HORIZON : lambda.StartingPosition.AT_TIMESTAMP;
}

function checkNames(cluster: docdb.IDatabaseCluster, { databaseName, collectionName }: DocumentDbSourceOptions): void {
  if (isKnown(databaseName) && !DATABASE_NAME.pattern.test(databaseName)) {
    throw mistake(cluster, { code: 'DatabaseNameMalformed', property: 'databaseName', allowed: DATABASE_NAME.words, got: databaseName, fix: 'name one database' });
  }
  if (isKnown(collectionName) && !COLLECTION_NAME.pattern.test(collectionName)) {
    throw mistake(cluster, {
      code: 'CollectionNameMalformed', property: 'collectionName', allowed: COLLECTION_NAME.words, got: collectionName, fix: 'leave it out for all collections',
    });
  }
}

function checkStart(cluster: docdb.IDatabaseCluster, { startingPosition, startingPositionTimestamp }: DocumentDbSourceOptions): void {
  const isAtTimestamp = startingPosition === lambda.StartingPosition.AT_TIMESTAMP;
  if (startingPosition === undefined || isAtTimestamp === (startingPositionTimestamp !== undefined)) return;
  throw mistake(cluster, {
    code: 'ChangeStreamStartContradicts',
    property: 'startingPositionTimestamp',
    allowed: isAtTimestamp ? 'given with AT_TIMESTAMP' : `left out with ${startingPosition}`,
    got: startingPositionTimestamp,
    fix: "leave 'startingPosition' out: the timestamp says it",
  });
}
