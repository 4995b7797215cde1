import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { IConstruct } from 'constructs';
import { mistake } from '../support/errors';

/** Refuses a queue that takes no dead letters of services: Lambda, Amazon SNS, EventBridge and EventBridge Scheduler know standard queues only. */
export function checkDeadLetterQueue(scope: IConstruct | undefined, queue: sqs.IQueue | undefined): void {
  if (!queue?.fifo) return;
  throw mistake(scope ?? queue, {
    code: 'DeadLetterQueueFifo',
    property: 'deadLetterQueue',
    allowed: 'a standard queue',
    got: queue.node.path,
    fix: 'make a queue that is not FIFO: the service sends no dead letters to FIFO queues',
  });
}

/**
 * Refuses a queue whose key no service may use that sends as itself: nobody can change the policy of the key that AWS manages.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
export function checkDeadLetterKey(scope: IConstruct | undefined, queue: sqs.IQueue | undefined): void {
  if (queue?.encryptionType !== sqs.QueueEncryption.KMS_MANAGED) return;
  throw mistake(scope ?? queue, {
    code: 'DeadLetterQueueKeyManaged',
    property: 'deadLetterQueue',
    allowed: 'a queue without the AWS managed key (alias/aws/sqs)',
    got: queue.node.path,
    fix: 'encrypt it with sqs.QueueEncryption.SQS_MANAGED or with a key of your own: the service may not use this one, and dead letters would be lost',
  });
}

/**
 * Lets a service use the key of a queue, which sending to it needs; the CDK's integrations allow the sending only. The policy of a key
 * that is imported is its owner's.
 *
 * The conditions name no single resource: that may be encrypted with the same key, and the two would wait for each other.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
export function letUseKey(queue: sqs.IQueue | undefined, service: string, conditions: iam.Conditions): void {
  queue?.encryptionMasterKey?.addToResourcePolicy(new iam.PolicyStatement({
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    principals: [new iam.ServicePrincipal(service)],
    resources: ['*'],
    conditions,
  }));
}

/**
 * Refuses a queue or topic for dead letters of a function that is FIFO.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq
 */
export function checkDeadLettersOfFunction(scope: IConstruct, { deadLetterQueue, deadLetterTopic }: lambda.FunctionOptions): void {
  checkDeadLetterQueue(scope, deadLetterQueue);
  if (!deadLetterTopic?.fifo) return;
  throw mistake(scope, {
    code: 'DeadLetterTopicFifo',
    property: 'deadLetterTopic',
    allowed: 'a standard topic',
    got: deadLetterTopic.node.path,
    fix: 'make a topic that is not FIFO: Lambda sends no dead letters to FIFO topics',
  });
}
