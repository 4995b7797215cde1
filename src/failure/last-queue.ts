import { Validations } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';

/** What cdk-nag says of a queue without a dead-letter queue. */
const RULES = ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy'];

/**
 * Says to linters that a queue is where the failed ones end, and so has no dead-letter queue of its own.
 *
 * @see https://github.com/cdklabs/cdk-nag/blob/main/RULES.md
 */
export function isLastQueue(queue: sqs.Queue, what: string): void {
  Validations.of(queue).acknowledge(...RULES.map((id) => ({ id, reason: `${what} end in this queue: it is the dead-letter queue` })));
}
