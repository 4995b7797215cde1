import { MappedSource } from '../../limits/mapping-parameters';

/** Sources in the words of messages. */
export const PLURALS: Readonly<Record<MappedSource, string>> = {
  'queue': 'queues',
  'data stream': 'data streams',
  'table stream': 'streams of tables',
  'Amazon MSK': 'Amazon MSK',
  'self-managed Kafka': 'self-managed Kafka',
  'broker': 'brokers',
  'document database': 'document databases',
};

export const WITH_ARTICLE: Readonly<Record<MappedSource, string>> = {
  'queue': 'a queue',
  'data stream': 'a data stream',
  'table stream': 'the stream of a table',
  'Amazon MSK': 'Amazon MSK',
  'self-managed Kafka': 'self-managed Kafka',
  'broker': 'a broker',
  'document database': 'a document database',
};
