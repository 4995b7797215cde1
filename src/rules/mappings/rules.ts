import { badRecordsFailAlone } from './bad-records-fail-alone';
import { consumerGroupIsOfOneMapping } from './consumer-group-is-of-one-mapping';
import { deadLettersLiveLonger } from './dead-letters-live-longer';
import { durableFunctionFitsMapping } from './durable-function-fits-mapping';
import { failedRecordsCanBeReadAgain } from './failed-records-can-be-read-again';
import { filterAsksForContent } from './filter-asks-for-content';
import { filterCanMatch } from './filter-can-match';
import { filterIsSupported } from './filter-is-supported';
import { filterKeysExistForSource } from './filter-keys-exist-for-source';
import { filterPatternIsValid } from './filter-pattern-is-valid';
import { filtersAreFew } from './filters-are-few';
import { filtersFitDefaultQuota } from './filters-fit-default-quota';
import { mappingAccessFitsSource } from './mapping-access-fits-source';
import { mappingAccessIsOfUse } from './mapping-access-is-of-use';
import { mappingCallsTheLiveAlias } from './mapping-calls-the-live-alias';
import { mappingDestinationIsStandard } from './mapping-destination-is-standard';
import { mappingDestinationIsSupported } from './mapping-destination-is-supported';
import { mappingHasOneSource } from './mapping-has-one-source';
import { mappingHasWhatIsDocumented } from './mapping-has-what-is-documented';
import { mappingHasWhatSourceNeeds } from './mapping-has-what-source-needs';
import { mappingKeyEncryptsFilters } from './mapping-key-encrypts-filters';
import { mappingMetricsFitSource } from './mapping-metrics-fit-source';
import { mappingParameterFitsSource } from './mapping-parameter-fits-source';
import { mappingSourceIsInReach } from './mapping-source-is-in-reach';
import { oneFunctionPerConsumer } from './one-function-per-consumer';
import { oneFunctionPerQueue } from './one-function-per-queue';
import { oneMappingPerSource } from './one-mapping-per-source';
import { polledFunctionEndsInTime } from './polled-function-ends-in-time';
import { pollersFitMapping } from './pollers-fit-mapping';
import { pollersFitReserved } from './pollers-fit-reserved';
import { provisionedModeIsOn } from './provisioned-mode-is-on';
import { queueBatchFitsWindow } from './queue-batch-fits-window';
import { queueConcurrencyFitsReserved } from './queue-concurrency-fits-reserved';
import { queueConcurrencyIsReserved } from './queue-concurrency-is-reserved';
import { queueFiltersDoNotDeleteOthers } from './queue-filters-do-not-delete-others';
import { queueHasDeadLetters } from './queue-has-dead-letters';
import { queueKeepsUntilTried } from './queue-keeps-until-tried';
import { queueReceivesEnough } from './queue-receives-enough';
import { queueVisibilityCoversTimeout } from './queue-visibility-covers-timeout';
import { queueVisibilityHasRoom } from './queue-visibility-has-room';
import { recordAgeIsAMinuteOrMore } from './record-age-is-a-minute-or-more';
import { reportedFailuresAreReturned } from './reported-failures-are-returned';
import { returnedFailuresAreReported } from './returned-failures-are-reported';
import { startTimeIsGiven } from './start-time-is-given';
import { startTimeIsOfUse } from './start-time-is-of-use';
import { streamConcurrencyFitsReserved } from './stream-concurrency-fits-reserved';
import { streamFailuresAreKept } from './stream-failures-are-kept';
import { streamReadersShareThroughput } from './stream-readers-share-throughput';
import { streamRetriesAreBounded } from './stream-retries-are-bounded';
import { streamStartMissesNothing } from './stream-start-misses-nothing';
import { tableOfMappingHasStream } from './table-of-mapping-has-stream';
import { Rule } from '../rule';

/** The rules about event source mappings, in the order of the documentation. */
export const MAPPING_RULES: readonly Rule[] = [
  queueVisibilityCoversTimeout,
  queueVisibilityHasRoom,
  queueHasDeadLetters,
  queueReceivesEnough,
  queueConcurrencyFitsReserved,
  pollersFitReserved,
  queueKeepsUntilTried,
  queueConcurrencyIsReserved,
  deadLettersLiveLonger,
  streamRetriesAreBounded,
  streamFailuresAreKept,
  failedRecordsCanBeReadAgain,
  badRecordsFailAlone,
  streamConcurrencyFitsReserved,
  streamReadersShareThroughput,
  streamStartMissesNothing,
  recordAgeIsAMinuteOrMore,
  startTimeIsGiven,
  startTimeIsOfUse,
  mappingParameterFitsSource,
  mappingHasWhatSourceNeeds,
  mappingHasWhatIsDocumented,
  mappingAccessFitsSource,
  mappingAccessIsOfUse,
  mappingMetricsFitSource,
  queueBatchFitsWindow,
  pollersFitMapping,
  provisionedModeIsOn,
  mappingHasOneSource,
  mappingSourceIsInReach,
  tableOfMappingHasStream,
  oneMappingPerSource,
  oneFunctionPerQueue,
  oneFunctionPerConsumer,
  consumerGroupIsOfOneMapping,
  mappingCallsTheLiveAlias,
  mappingDestinationIsSupported,
  mappingDestinationIsStandard,
  polledFunctionEndsInTime,
  durableFunctionFitsMapping,
  returnedFailuresAreReported,
  reportedFailuresAreReturned,
  filterCanMatch,
  filterIsSupported,
  filterKeysExistForSource,
  filterAsksForContent,
  filterPatternIsValid,
  filtersAreFew,
  filtersFitDefaultQuota,
  mappingKeyEncryptsFilters,
  queueFiltersDoNotDeleteOthers,
];
