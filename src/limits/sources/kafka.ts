import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

/** Topics of clusters of Apache Kafka that AWS does not run. */
export const KAFKA: SourceSemantics = {
  service: 'Apache Kafka (self-managed)',
  invocation: InvocationMode.POLLED,
  caller: 'Lambda, which reads with the role of the function',
  conditionKeys: [],
  retries: 'a failed batch is tried again until the topic drops it, and its partition waits; with provisioned pollers, as often and for as long as the mapping says',
  failedEvents: 'what is given up goes to the on-failure destination of the mapping: the records themselves if that is a bucket or a topic, else their place in the topic; without a destination it is skipped',
  limits: [
    { name: 'records of a batch', value: 10_000, unit: 'records' },
    { name: 'bytes of a batch', value: 6_291_456, unit: 'bytes' },
    { name: 'pollers of a partition', value: 1, unit: 'pollers' },
  ],
  eventType: {
    typescript: 'SelfManagedKafkaEvent',
    python: 'KafkaEvent',
    java: 'com.amazonaws.services.lambda.runtime.events.KafkaEvent',
    dotnet: 'Amazon.Lambda.KafkaEvents.KafkaEvent',
    go: 'KafkaEvent',
  },
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/with-kafka.html',
};
