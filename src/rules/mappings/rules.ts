import { deadLettersLiveLonger } from './dead-letters-live-longer';
import { filterCanMatch } from './filter-can-match';
import { filterIsSupported } from './filter-is-supported';
import { filterKeysExistForSource } from './filter-keys-exist-for-source';
import { filterPatternIsValid } from './filter-pattern-is-valid';
import { filtersAreFew } from './filters-are-few';
import { filtersFitDefaultQuota } from './filters-fit-default-quota';
import { mappingCallsTheLiveAlias } from './mapping-calls-the-live-alias';
import { mappingDestinationIsStandard } from './mapping-destination-is-standard';
import { mappingDestinationIsSupported } from './mapping-destination-is-supported';
import { mappingHasOneSource } from './mapping-has-one-source';
import { mappingParameterFitsSource } from './mapping-parameter-fits-source';
import { oneFunctionPerQueue } from './one-function-per-queue';
import { oneMappingPerSource } from './one-mapping-per-source';
import { polledFunctionEndsInTime } from './polled-function-ends-in-time';
import { queueBatchFitsWindow } from './queue-batch-fits-window';
import { queueConcurrencyFitsReserved } from './queue-concurrency-fits-reserved';
import { queueFiltersDoNotDeleteOthers } from './queue-filters-do-not-delete-others';
import { queueHasDeadLetters } from './queue-has-dead-letters';
import { queueReceivesEnough } from './queue-receives-enough';
import { queueVisibilityCoversTimeout } from './queue-visibility-covers-timeout';
import { queueVisibilityHasRoom } from './queue-visibility-has-room';
import { recordAgeIsAMinuteOrMore } from './record-age-is-a-minute-or-more';
import { reportedFailuresAreReturned } from './reported-failures-are-returned';
import { returnedFailuresAreReported } from './returned-failures-are-reported';
import { startTimeIsGiven } from './start-time-is-given';
import { startTimeIsOfUse } from './start-time-is-of-use';
import { streamFailuresAreKept } from './stream-failures-are-kept';
import { streamRetriesAreBounded } from './stream-retries-are-bounded';
import { streamStartMissesNothing } from './stream-start-misses-nothing';
import { Rule } from '../rule';

/** The rules about event source mappings, in the order of the documentation. */
export const MAPPING_RULES: readonly Rule[] = [
  queueVisibilityCoversTimeout,
  queueVisibilityHasRoom,
  queueHasDeadLetters,
  queueReceivesEnough,
  queueConcurrencyFitsReserved,
  deadLettersLiveLonger,
  streamRetriesAreBounded,
  streamFailuresAreKept,
  streamStartMissesNothing,
  recordAgeIsAMinuteOrMore,
  startTimeIsGiven,
  startTimeIsOfUse,
  mappingParameterFitsSource,
  queueBatchFitsWindow,
  mappingHasOneSource,
  oneMappingPerSource,
  oneFunctionPerQueue,
  mappingCallsTheLiveAlias,
  mappingDestinationIsSupported,
  mappingDestinationIsStandard,
  polledFunctionEndsInTime,
  returnedFailuresAreReported,
  reportedFailuresAreReturned,
  filterCanMatch,
  filterIsSupported,
  filterKeysExistForSource,
  filterPatternIsValid,
  filtersAreFew,
  filtersFitDefaultQuota,
  queueFiltersDoNotDeleteOthers,
];
