import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { checkFilters, FilterWords } from './filter-checks';
import { StreamMappingOptions } from './stream-options';
import { failedRecords } from '../../failure/failed-records';
import { PARALLELIZATION_FACTOR } from '../../limits/scaling';
import { STREAM_BATCH_SIZE, STREAM_BATCHING_WINDOW, STREAM_DEFAULTS, STREAM_RECORD_AGE, STREAM_RETRIES, TUMBLING_WINDOW } from '../../limits/stream-mapping';
import { checkSeconds, checkWholeNumber } from '../../support/checks';

/** Kafka has records, too. */
export const RECORD_FILTERS: FilterWords = { record: 'record', tooMany: 'StreamFiltersTooMany', keyAlone: 'StreamFilterKeyWithoutFilters' };

/** The properties of the mapping of a stream, with the defaults of this library. */
export function streamMapping(target: lambda.IFunction, options: StreamMappingOptions): lambda.EventSourceMappingOptions {
  const {
    keepFailedRecords: isKept = true,
    onFailure,
    batchSize = 100,
    bisectBatchOnError = true,
    retryAttempts = STREAM_DEFAULTS.retryAttempts,
    maxRecordAge = Duration.hours(STREAM_DEFAULTS.recordAgeHours),
    ...mapping
  } = options;
  return {
    ...mapping,
    batchSize,
    bisectBatchOnError,
    retryAttempts,
    maxRecordAge,
    onFailure: onFailure ?? (isKept ? failedRecords(target) : undefined),
    supportS3OnFailureDestination: true,
  };
}

/** Refuses what no stream takes. */
export function checkStreamMapping(stream: IConstruct, options: StreamMappingOptions): void {
  checkWholeNumber(stream, options.batchSize, STREAM_BATCH_SIZE, { code: 'StreamBatchSizeOutOfRange', property: 'batchSize', fix: 'leave it out for 100' });
  checkSeconds(stream, options.maxBatchingWindow, STREAM_BATCHING_WINDOW, {
    code: 'StreamBatchingWindowOutOfRange', property: 'maxBatchingWindow', fix: 'Lambda gathers records for at most 5 minutes',
  });
  checkWholeNumber(stream, options.retryAttempts, STREAM_RETRIES, {
    code: 'StreamRetriesOutOfRange', property: 'retryAttempts', fix: `leave it out for ${STREAM_DEFAULTS.retryAttempts}, or use -1 to try for as long as the records are there`,
  });
  checkSeconds(stream, options.maxRecordAge, STREAM_RECORD_AGE, {
    code: 'StreamRecordAgeOutOfRange', property: 'maxRecordAge', fix: `leave it out for ${STREAM_DEFAULTS.recordAgeHours} hours`,
  });
  checkWholeNumber(stream, options.parallelizationFactor, PARALLELIZATION_FACTOR, {
    code: 'StreamParallelizationOutOfRange', property: 'parallelizationFactor', fix: 'for more, add shards to the stream',
  });
  checkSeconds(stream, options.tumblingWindow, TUMBLING_WINDOW, {
    code: 'StreamTumblingWindowOutOfRange', property: 'tumblingWindow', fix: 'leave it out for a function that keeps no state',
  });
  checkFilters(stream, options, RECORD_FILTERS);
}
