import { mapping, msk, ORDERS, queue } from './examples';
import { isKafka } from '../../limits/mapping-parameters';
import { MINIMUM_POLLERS } from '../../limits/scaling';
import { Mapping, mappingsOf } from '../../model/mappings';
import { isThere } from '../../model/presence';
import { intrinsic, isObject } from '../../model/template';
import { valueOf } from '../../model/value';
import { Finding, Rule } from '../rule';

const CONFIG = 'ProvisionedPollerConfig';
const CONCURRENCY = 'ScalingConfig.MaximumConcurrency';
const OF_QUEUE = { Orders: ORDERS, Source: queue() };

function polled(min: number, max?: number, group?: string): ReturnType<typeof mapping> {
  return { [CONFIG]: { MinimumPollers: min, ...max !== undefined && { MaximumPollers: max }, ...group !== undefined && { PollerGroupName: group } } };
}

export const pollersFitMapping: Rule = {
  id: 'pollers-fit-mapping',
  title: 'Pollers of provisioned mode fit together, and their source',
  severity: 'fatal',
  why: 'Lambda refuses the mapping: "MinimumPollers must be less than or equal to MaximumPollers."',
  fix: 'raise the maximum or lower the minimum; for queues, set 2 or more, no PollerGroupName, and no maximum concurrency: MaximumPollers bounds it',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_ProvisionedPollerConfig.html',
  answers: [
    'MinimumPollers must be less than or equal to MaximumPollers.',
    'MinimumPollers should be between [2, 200] and MaximumPollers should be between [MinimumPollers, 10000]',
    'Invalid parameter: pollerGroupName',
    'Provisioned mode for SQS ESM does not support maximum concurrency feature. Use MaximumPollers as the control mechanism and remove maximum concurrency.',
  ],
  since: '0.1.0',

  valid: [
    { title: 'as many pollers at least as at most', resources: { ...OF_QUEUE, Mapping: mapping(polled(2, 2)) } },
    { title: 'one poller of a topic, in a group', resources: { Orders: ORDERS, Mapping: msk(polled(1, 5, 'orders')) } },
    { title: 'a maximum concurrency without pollers', resources: { ...OF_QUEUE, Mapping: mapping({ ScalingConfig: { MaximumConcurrency: 5 } }) } },
    { title: 'as many pollers as a parameter says', resources: { ...OF_QUEUE, Mapping: mapping({ [CONFIG]: { MinimumPollers: { Ref: 'Pollers' }, MaximumPollers: 2 } }) } },
    { title: 'pollers or none', resources: { ...OF_QUEUE, Mapping: mapping({ [CONFIG]: { 'Fn::If': ['IsProd', { MinimumPollers: 2 }, { Ref: 'AWS::NoValue' }] }, ScalingConfig: { MaximumConcurrency: 5 } }) } },
  ],
  invalid: [
    { title: 'more at least than at most', at: `Mapping/Properties/${CONFIG}/MaximumPollers`, resources: { Orders: ORDERS, Mapping: msk(polled(10, 5)) } },
    { title: 'one poller of a queue', at: `Mapping/Properties/${CONFIG}/MinimumPollers`, resources: { ...OF_QUEUE, Mapping: mapping(polled(1, 5)) } },
    { title: 'a group of a queue', at: `Mapping/Properties/${CONFIG}/PollerGroupName`, resources: { ...OF_QUEUE, Mapping: mapping(polled(2, 5, 'orders')) } },
    { title: 'pollers and a maximum concurrency', at: 'Mapping/Properties/ScalingConfig/MaximumConcurrency', resources: { ...OF_QUEUE, Mapping: mapping({ ...polled(2), ScalingConfig: { MaximumConcurrency: 5 } }) } },
  ],

  check: (app) => mappingsOf(app).flatMap(findingsIn),
};

/** What a stream has of pollers is a parameter of other sources, of which another rule tells. */
function findingsIn({ resource, kind }: Mapping): Finding[] {
  const config = valueOf(resource.raw(CONFIG));
  if (!isObject(config) || intrinsic(config) || (kind !== undefined && kind !== 'queue' && !isKafka(kind))) return [];
  const [min, max] = ['MinimumPollers', 'MaximumPollers'].map((name) => valueOf(resource.number(`${CONFIG}.${name}`)));
  const at = (path: string, message: string): Finding => ({ resource, path: `Properties/${path.replaceAll('.', '/')}`, message });
  if (min !== undefined && max !== undefined && min > max) return [at(`${CONFIG}.MaximumPollers`, `maximum of pollers must be at least the minimum of ${min}, got ${max}`)];
  if (kind !== 'queue') return [];
  const few = min !== undefined && min < MINIMUM_POLLERS.min ? 'MinimumPollers' : max !== undefined && max < MINIMUM_POLLERS.min ? 'MaximumPollers' : undefined;
  return [
    ...few === undefined ? [] : [at(`${CONFIG}.${few}`, `pollers of a queue must be ${MINIMUM_POLLERS.min} or more, got ${few === 'MinimumPollers' ? min : max}`)],
    ...isThere(resource, `${CONFIG}.PollerGroupName`) ? [at(`${CONFIG}.PollerGroupName`, 'group of pollers must be left out for queues, got one')] : [],
    ...isThere(resource, CONCURRENCY) ? [at(CONCURRENCY, 'maximum concurrency must be left out with pollers of provisioned mode, got both')] : [],
  ];
}
