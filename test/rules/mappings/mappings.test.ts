import { JsonObject } from '../../../src/model/template';
import { fn, fromDocuments, mapping, mappingOf, ORDERS, ownKafka, queue } from '../../../src/rules/mappings/examples';
import { MAPPING_RULES } from '../../../src/rules/mappings/rules';
import { appOf } from '../../model/app-of';

/** Findings of all rules about mappings: which rule, at which property. */
function found(resources: JsonObject, region?: string): string[] {
  return MAPPING_RULES.flatMap((rule) => [...rule.check(appOf(resources, { region }))].map(({ path }) => `${rule.id}: ${path}`));
}

const TIME = { StartingPosition: 'LATEST', StartingPositionTimestamp: 1_760_000_000 };
const DEAD_LETTERS = { RedrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:111122223333:failed', maxReceiveCount: 5 } };

test('what Lambda refuses of a mapping is told by one rule', () => {
  const fatal = (resources: JsonObject) => MAPPING_RULES.filter(({ severity }) => severity === 'fatal')
    .flatMap((rule) => [...rule.check(appOf(resources))].map(({ path }) => path.replace('Properties/', '')));
  const source = { Orders: ORDERS, Source: queue() };
  expect(fatal({ ...source, Mapping: mapping(TIME) })).toEqual(['StartingPosition', 'StartingPositionTimestamp']);
  expect(fatal({ Orders: fn({ ReservedConcurrentExecutions: 5 }), Source: queue(), Mapping: mapping({ ScalingConfig: { MaximumConcurrency: 10 } }) }))
    .toEqual(['ScalingConfig/MaximumConcurrency']);
  const polled = mapping({ StartingPosition: 'LATEST', ProvisionedPollerConfig: { MinimumPollers: 5, MaximumPollers: 2 } });
  expect(fatal({ Orders: ORDERS, Source: { Type: 'AWS::Kinesis::Stream' }, Mapping: polled }))
    .toEqual(['ProvisionedPollerConfig']);
});

test('a concurrency that Lambda refuses is not warned of as well', () => {
  const scaled = mapping({ ScalingConfig: { MaximumConcurrency: 10 } });
  expect(found({ Orders: fn({ ReservedConcurrentExecutions: 5 }), Source: queue(DEAD_LETTERS), Mapping: scaled })).toEqual(['queue-concurrency-is-reserved: Properties/ScalingConfig/MaximumConcurrency']);
});

test('a source that is left out by hand is none: the cluster is read', () => {
  expect(found({ Orders: ORDERS, Mapping: ownKafka() })).toEqual([]);
  expect(found({ Orders: ORDERS, Mapping: ownKafka({ ParallelizationFactor: 2 }) })).toEqual(['mapping-parameter-fits-source: Properties/ParallelizationFactor']);
});

test('filters of documents are not read for what they ask', () => {
  const documents = fromDocuments({ FilterCriteria: { Filters: [{ Pattern: '{"body":["x"]}' }] } });
  expect(found({ Orders: ORDERS, Mapping: documents })).toEqual(['filter-is-supported: Properties/FilterCriteria']);
});

test('a Region is that of the ARN of a queue of another stack, too', () => {
  const sub = mappingOf('sqs:us-east-1:${AWS::AccountId}:orders');
  expect(found({ Orders: ORDERS, Mapping: sub }, 'eu-west-1')).toEqual(['mapping-source-is-in-reach: Properties/EventSourceArn']);
  expect(found({ Orders: ORDERS, Mapping: sub }, 'us-east-1')).toEqual([]);
});
