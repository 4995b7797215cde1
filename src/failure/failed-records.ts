import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { isLastQueue } from './last-queue';

/** Id of the queue, beside what reads the streams. */
const QUEUE = 'FailedRecords';

/**
 * A destination for records of streams that were given up: an encrypted queue that all mappings of a function share. It keeps for 14 days
 * where in the stream they are, which is all that queues are told.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 */
export function failedRecords(target: lambda.IFunction): lambda.IEventSourceDlq {
  return {
    bind: () => {
      const scope = target as unknown as Construct;
      const queue = scope.node.tryFindChild(QUEUE) as sqs.Queue | undefined ?? queueIn(scope);
      iam.Grant.addToPrincipal({ grantee: target, actions: ['sqs:SendMessage'], resourceArns: [queue.queueArn] });
      return { destination: queue.queueArn };
    },
  };
}

function queueIn(scope: Construct): sqs.Queue {
  const queue = new sqs.Queue(scope, QUEUE, {
    encryption: sqs.QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  isLastQueue(queue, 'records that were given up');
  return queue;
}
