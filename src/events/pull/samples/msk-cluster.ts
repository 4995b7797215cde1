const BROKERS = 'b-2.demo-cluster-1.a1bcde.c1.kafka.us-east-1.amazonaws.com:9092,b-1.demo-cluster-1.a1bcde.c1.kafka.us-east-1.amazonaws.com:9092';
const ARN = 'arn:aws:kafka:us-east-1:123456789012:cluster/vpc-2priv-2pub/751d2973-a626-431c-9d4e-d7975eb44dd7-2';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html */
export function mskClusterEvent(topic = 'mytopic', eventSourceArn = ARN) {
  return { eventSource: 'aws:kafka', eventSourceArn, bootstrapServers: BROKERS, records: { [`${topic}-0`]: [record(topic)] } };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-kafka.html */
export function kafkaEvent(topic = 'mytopic', bootstrapServers = BROKERS) {
  return { eventSource: 'SelfManagedKafka', bootstrapServers, records: { [`${topic}-0`]: [record(topic)] } };
}

/** What is in Kafka is encoded in Base64; the values of headers are lists of bytes. */
function record(topic: string) {
  return {
    topic,
    partition: 0,
    offset: 15,
    timestamp: 1_545_084_650_987,
    timestampType: 'CREATE_TIME',
    key: 'abcDEFghiJKLmnoPQRstuVWXyz1234==',
    value: Buffer.from('Hello, this is a test.').toString('base64'),
    headers: [{ headerKey: [...Buffer.from('headerValue')] }],
  };
}
