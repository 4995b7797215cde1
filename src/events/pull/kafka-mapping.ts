import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { failedTopic } from './kafka-checks';
import { KafkaMappingOptions } from './kafka-options';
import { mayDecrypt, mayRead } from './mapping';
import { streamStart } from './stream-start';
import { failedRecords } from '../../failure/failed-records';
import { KAFKA_RETRY_ATTEMPTS } from '../../limits/kafka-mapping';

/** What a topic of the cluster takes that is told of failures. */
export type GrantTopic = (topic: string) => iam.Grant[];

/** The properties of the mapping of a topic, with the defaults of this library: in provisioned mode those of a stream, else those of AWS. */
export function kafkaMapping(target: lambda.IFunction, options: KafkaMappingOptions, grantTopic: GrantTopic): lambda.EventSourceMappingOptions {
  const isProvisioned = options.provisionedPollerConfig !== undefined;
  const {
    topic,
    consumerGroupId,
    keepFailedRecords = true,
    onFailure,
    batchSize = 100,
    bisectBatchOnError = isProvisioned ? true : undefined,
    retryAttempts = isProvisioned ? KAFKA_RETRY_ATTEMPTS : undefined,
    ...mapping
  } = options;
  const destination = onFailure ?? (isProvisioned && keepFailedRecords ? failedRecords(target) : undefined);
  return {
    ...mapping,
    batchSize,
    bisectBatchOnError,
    retryAttempts,
    kafkaTopic: topic,
    kafkaConsumerGroupId: consumerGroupId,
    startingPosition: streamStart(options),
    onFailure: destination && checked(destination, options, grantTopic),
    supportS3OnFailureDestination: true,
  };
}

/** Only when it is bound a destination says whether it is a topic. */
function checked(destination: lambda.IEventSourceDlq, options: KafkaMappingOptions, grantTopic: GrantTopic): lambda.IEventSourceDlq {
  return {
    bind: (mapping, handler) => {
      const config = destination.bind(mapping, handler);
      const topic = failedTopic(config.destination, options);
      if (topic !== undefined) grantTopic(topic).forEach((grant) => grant.applyBefore(mapping));
      return config;
    },
  };
}

/** Lets the role of a function read a secret. An ARN without the six letters that Secrets Manager adds matches with any. */
export function mayReadSecret(target: lambda.IFunction, secret: secretsmanager.ISecret): iam.Grant[] {
  const arn = secret.secretFullArn ?? `${secret.secretArn}-??????`;
  return [mayRead(target, [arn], ['secretsmanager:GetSecretValue']), ...mayDecrypt(target, secret.encryptionKey)];
}
