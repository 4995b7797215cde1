import { textOf } from '../iam/text';
import { serviceIn } from '../needs/need';
import { isThere } from '../presence';
import type { Resource } from '../resource';
import { valueOf } from '../value';

/** What Lambda polls by a mapping; `undefined` where only the deployment knows. */
export type Polled = 'queue' | 'stream' | 'kafka' | 'broker' | 'documents';

/** Names of services as AWS writes them. */
export const SERVICES = {
  sqs: ['queue', 'Amazon SQS'],
  kinesis: ['stream', 'Amazon Kinesis Data Streams'],
  dynamodb: ['stream', 'Amazon DynamoDB Streams'],
  kafka: ['kafka', 'Amazon MSK'],
  mq: ['broker', 'Amazon MQ'],
  rds: ['documents', 'Amazon DocumentDB'],
} as const satisfies Readonly<Record<string, readonly [Polled, string]>>;

/** What a mapping polls, and the service that it is of. */
export function polledBy(mapping: Resource): { readonly polled?: Polled; readonly service: string } {
  if (mapping.raw('SelfManagedEventSource').kind !== 'absent') return { polled: 'kafka', service: 'Apache Kafka' };
  const raw = mapping.raw('EventSourceArn');
  const service = raw.kind === 'known' ? serviceIn(textOf(raw.value, mapping.stack)) ?? serviceBySettings(mapping) : undefined;
  if (service === undefined) return { service: 'decided at deployment' };
  if (service === 'stream') return { polled: 'stream', service: `${SERVICES.kinesis[1]} or ${SERVICES.dynamodb[1]}` };
  if (!Object.hasOwn(SERVICES, service)) return { service };
  const [polled, name] = SERVICES[service as keyof typeof SERVICES];
  return { polled, service: name };
}

/**
 * What is polled, of a source whose ARN the deployment decides: Lambda asks for other settings for each.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
function serviceBySettings(mapping: Resource): keyof typeof SERVICES | 'stream' | undefined {
  const found = SETTINGS.find(([path]) => isThere(mapping, path) !== false);
  if (!found) return 'sqs';
  const [path, service] = found;
  return isThere(mapping, path) ? service : undefined;
}

/** Settings that there must be for one kind of source, and of those before the last one for no other. A queue has none of them. */
const SETTINGS = [['Topics', 'kafka'], ['Queues', 'mq'], ['DocumentDBEventSourceConfig', 'rds'], ['StartingPosition', 'stream']] as const;

/** Whether Lambda reads at all. */
export function isEnabled(mapping: Resource): boolean {
  const enabled = valueOf(mapping.value('Enabled'));
  return enabled !== false && enabled !== 'false';
}

/** Whether the function says which messages or records of a batch failed. */
export function namesFailures(mapping: Resource): boolean {
  return valueOf(mapping.list('FunctionResponseTypes'))?.includes('ReportBatchItemFailures') ?? false;
}
