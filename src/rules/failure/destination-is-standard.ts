import { arnOf, FIFO_QUEUE, onFailure, onSuccess, ORDERS, QUEUE, withDeadLetters } from './examples';
import { Destination, destinationsOf } from '../../model/destinations';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const TOPIC = { Type: 'AWS::SNS::Topic', Properties: {} };
const FIFO_TOPIC = { Type: 'AWS::SNS::Topic', Properties: { FifoTopic: true } };

/** Of a FIFO topic for dead letters no answer was seen; it is refused as a destination, and FIFO queues are as both. */
export const destinationIsStandard: Rule = {
  id: 'destination-is-standard',
  title: 'Failed events and records of invocations go to standard queues and topics',
  severity: 'fatal',
  why: 'Lambda sends nothing to FIFO queues and topics, and refuses the deployment',
  fix: 'use a queue or topic that is not FIFO',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html',
  answers: [
    'Invalid dead letter queue ARN: FIFO SQS queue is not supported for dead letter configuration',
    "FIFO-type Amazon SNS topics aren't supported as a destination.",
    'The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=), onFailure=OnFailure(destination=arn:aws:sqs:us-east-1:214794239830:q.fifo)) is invalid.',
  ],
  since: '0.1.0',

  valid: [
    { title: 'a standard queue for dead letters', resources: { Orders: withDeadLetters(arnOf('Failed')), Failed: QUEUE } },
    { title: 'a standard queue for failures', resources: { Orders: ORDERS, Async: onFailure(arnOf('Failed')), Failed: QUEUE } },
    { title: 'a standard topic for successes', resources: { Orders: ORDERS, Async: onSuccess({ Ref: 'Done' }), Done: TOPIC } },
    { title: 'a bus whose name ends like that of a FIFO queue', resources: { Orders: ORDERS, Async: onSuccess('arn:aws:events:eu-west-1:111122223333:event-bus/orders.fifo') } },
    { title: 'a queue that a parameter names', resources: { Orders: ORDERS, Async: onFailure({ Ref: 'FailedArn' }), Failed: FIFO_QUEUE } },
    { title: 'a queue that is FIFO if the deployment says so', resources: { Orders: ORDERS, Async: onFailure(arnOf('Failed')), Failed: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: { Ref: 'IsFifo' } } } } },
  ],
  invalid: [
    { title: 'a FIFO queue for dead letters', at: 'Orders/Properties/DeadLetterConfig/TargetArn', resources: { Orders: withDeadLetters(arnOf('Failed')), Failed: FIFO_QUEUE } },
    { title: 'a FIFO topic for dead letters', at: 'Orders/Properties/DeadLetterConfig/TargetArn', resources: { Orders: withDeadLetters({ Ref: 'Failed' }), Failed: FIFO_TOPIC } },
    { title: 'a FIFO queue for failures', at: 'Async/Properties/DestinationConfig/OnFailure/Destination', resources: { Orders: ORDERS, Async: onFailure(arnOf('Failed')), Failed: FIFO_QUEUE } },
    { title: 'a FIFO topic for successes', at: 'Async/Properties/DestinationConfig/OnSuccess/Destination', resources: { Orders: ORDERS, Async: onSuccess({ Ref: 'Done' }), Done: FIFO_TOPIC } },
    { title: 'a queue whose name says it', at: 'Async/Properties/DestinationConfig/OnFailure/Destination', resources: { Orders: ORDERS, Async: onFailure(arnOf('Failed')), Failed: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'failed.fifo', FifoQueue: 'true' } } } },
    { title: 'a FIFO queue of another app', at: 'Orders/Properties/DeadLetterConfig/TargetArn', resources: { Orders: withDeadLetters({ 'Fn::Sub': 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:failed.fifo' }) } },
  ],

  * check(app) {
    for (const destination of destinationsOf(app)) {
      const kind = fifoKind(destination);
      if (kind === undefined) continue;
      const { resource, path, sent, fn } = destination;
      const what = sent === 'dead letters' ? sent : `records of ${sent}`;
      yield { resource, path, message: `${what} of ${fn.label} must be sent to a standard ${kind}, got FIFO ${kind} ${nameOf(destination)}` };
    }
  },
};

/** A name that ends in `.fifo` is one of a FIFO queue or topic: others may not have a period in them. */
function fifoKind({ arn, service, reference }: Destination): 'queue' | 'topic' | undefined {
  const kind = service === 'sqs' ? 'queue' : service === 'sns' ? 'topic' : undefined;
  const last = arn[arn.length - 1];
  const isFifo = typeof last === 'string' && last.endsWith('.fifo');
  const property = reference && PROPERTIES.get(reference.resource.type);
  const isSaid = property !== undefined && [true, 'true'].includes(valueOf(reference!.resource.value(property)) as boolean | string);
  return isFifo || isSaid ? kind : undefined;
}

const PROPERTIES = new Map([['AWS::SQS::Queue', 'FifoQueue'], ['AWS::SNS::Topic', 'FifoTopic']]);

function nameOf({ arn, reference }: Destination): string {
  const last = arn[arn.length - 1];
  return reference?.resource.label ?? (typeof last === 'string' ? last.split(':').pop()! : 'of another app');
}
