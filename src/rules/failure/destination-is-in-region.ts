import { arnOf, onFailure, onSuccess, ORDERS, QUEUE, withDeadLetters } from './examples';
import { regionIn } from '../../model/arn-region';
import { Destination, destinationsOf } from '../../model/destinations';
import { Rule } from '../rule';

const ELSEWHERE = 'arn:aws:sqs:us-east-1:111122223333:failed';
const TOPIC_ELSEWHERE = 'arn:aws:sns:us-east-1:111122223333:failed';

/** Of topics and functions as destinations nothing was seen, of buses other Regions are heard of: they are left alone. */
export const destinationIsInRegion: Rule = {
  id: 'destination-is-in-region',
  title: 'Dead letters, and queues for records of invocations, are in the Region of the function',
  severity: 'fatal',
  why: 'Lambda refuses the setting: it sends to queues and topics of its own Region',
  fix: 'take a queue in the Region of the function; a function or pipe that reads it can send further',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html',
  answers: [
    "Invalid dead letter queue ARN: The resource specified by the TargetArn must be in the same region as the Lambda function it's associated with.",
    'The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=), onFailure=OnFailure(destination=arn:aws:sqs:eu-west-1:111122223333:q)) is invalid.',
  ],
  since: '0.1.0',

  valid: [
    { title: 'a queue of the template', region: 'eu-west-1', resources: { Orders: withDeadLetters(arnOf('Failed')), Failed: QUEUE } },
    { title: 'a queue of another account', region: 'us-east-1', resources: { Orders: ORDERS, Async: onFailure(ELSEWHERE) } },
    { title: 'a stack without a Region', resources: { Orders: withDeadLetters(ELSEWHERE) } },
    { title: 'a queue that a parameter names', region: 'eu-west-1', resources: { Orders: withDeadLetters({ Ref: 'Failed' }) } },
    { title: 'a bus of another Region', region: 'eu-west-1', resources: { Orders: ORDERS, Async: onSuccess('arn:aws:events:us-east-1:111122223333:event-bus/shop') } },
    { title: 'a topic of another Region', region: 'eu-west-1', resources: { Orders: ORDERS, Async: onFailure(TOPIC_ELSEWHERE) } },
  ],
  invalid: [
    { title: 'dead letters go to a queue of another Region', at: 'Orders/Properties/DeadLetterConfig/TargetArn', region: 'eu-west-1', resources: { Orders: withDeadLetters(ELSEWHERE) } },
    { title: 'dead letters go to a topic of another Region', at: 'Orders/Properties/DeadLetterConfig/TargetArn', region: 'eu-west-1', resources: { Orders: withDeadLetters(TOPIC_ELSEWHERE) } },
    { title: 'records go to a queue of another Region', at: 'Async/Properties/DestinationConfig/OnFailure/Destination', region: 'eu-west-1', resources: { Orders: ORDERS, Async: onFailure({ 'Fn::Sub': 'arn:${AWS::Partition}:sqs:us-east-1:${AWS::AccountId}:failed' }) } },
  ],

  * check(app) {
    for (const destination of destinationsOf(app)) {
      const { resource, path, sent, fn, arn } = destination;
      const [here, there] = [fn.stack.region, isHeld(destination) ? regionIn(arn) : undefined];
      if (here === undefined || there === undefined || here === there) continue;
      yield { resource, path, message: `${sent === 'dead letters' ? sent : `records of ${sent}`} of ${fn.label} must be sent to something in ${here}, its Region, got ${there}` };
    }
  },
};

function isHeld({ sent, service }: Destination): boolean {
  return service === 'sqs' || (sent === 'dead letters' && service === 'sns');
}
