import { mapping, msk, ORDERS, queue } from './examples';
import { MappedSource, METRICS_OF_KAFKA } from '../../limits/mapping-parameters';
import { mappingsOf } from '../../model/mappings';
import { Rule } from '../rule';

const PATH = 'MetricsConfig.Metrics';
const OF_QUEUE = { Orders: ORDERS, Source: queue() };

/** Brokers and document databases have other answers to everything, so that nothing is said of them. */
const KINDS = new Set<MappedSource | undefined>(['queue', 'data stream', 'table stream']);

function metered(metrics: readonly string[] | object): ReturnType<typeof mapping> {
  return { MetricsConfig: { Metrics: metrics as string[] } };
}

export const mappingMetricsFitSource: Rule = {
  id: 'mapping-metrics-fit-source',
  title: 'Mappings of queues and streams count events, and nothing else',
  severity: 'fatal',
  why: 'Lambda refuses the mapping: "Invalid EventSourceMapping metrics. Expected values: [EventCount]"',
  fix: 'leave EventCount alone in MetricsConfig; the metrics of the queue or the stream tell the rest',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingMetricsConfig.html',
  answers: ['Invalid EventSourceMapping metrics. Expected values: [EventCount]'],
  since: '0.1.0',

  valid: [
    { title: 'events', resources: { ...OF_QUEUE, Mapping: mapping(metered(['EventCount'])) } },
    { title: 'all of Kafka', resources: { Orders: ORDERS, Mapping: msk(metered(['EventCount', 'ErrorCount', 'KafkaMetrics'])) } },
    { title: 'metrics that a parameter says', resources: { ...OF_QUEUE, Mapping: mapping(metered({ Ref: 'Metrics' })) } },
  ],
  invalid: [
    { title: 'errors of a queue', at: 'Mapping/Properties/MetricsConfig/Metrics/1', resources: { ...OF_QUEUE, Mapping: mapping(metered(['EventCount', 'ErrorCount'])) } },
  ],

  * check(app) {
    for (const { resource, kind } of mappingsOf(app)) {
      const metrics = KINDS.has(kind) ? resource.list(PATH) : undefined;
      for (const [index, metric] of (metrics?.kind === 'known' ? metrics.value : []).entries()) {
        if (typeof metric !== 'string' || !METRICS_OF_KAFKA.includes(metric)) continue;
        yield { resource, path: `Properties/${PATH.replace('.', '/')}/${index}`, message: `metric of a mapping of a ${kind} must be EventCount, got ${metric}` };
      }
    }
  },
};
