import { arnOf, onFailure, onSuccess, ORDERS, QUEUE, withDeadLetters } from './examples';
import { DEAD_LETTER_SERVICES, DESTINATION_SERVICES } from '../../limits/async-invocation';
import { Destination, destinationsOf } from '../../model/destinations';
import { inWords } from '../../model/needs/need';
import { Rule } from '../rule';

const BUCKET = { Type: 'AWS::S3::Bucket', Properties: {} };
const TABLE = { Type: 'AWS::DynamoDB::Table', Properties: {} };

/** What may be named, by what is sent. */
const ALLOWED = {
  'success': { services: DESTINATION_SERVICES.success, words: 'a queue, a topic, a function or an event bus' },
  'failure': { services: DESTINATION_SERVICES.failure, words: 'a queue, a topic, a bucket, a function or an event bus' },
  'dead letters': { services: DEAD_LETTER_SERVICES, words: 'a queue or a topic' },
};

export const destinationTypeIsSupported: Rule = {
  id: 'destination-type-is-supported',
  title: 'Failed events and records of invocations go where Lambda can send them',
  severity: 'fatal',
  why: 'Lambda refuses the setting: records go to Amazon SQS, Amazon SNS, EventBridge and Lambda, those of failures to Amazon S3, too; dead letters go to Amazon SQS and Amazon SNS only',
  fix: 'send it to a queue, and let a function that polls it take it further',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html',
  answers: [
    'The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=arn:<partition>:iam:<region>:111111111111:function:<function-name:1>), onFailure=null) is invalid.',
    'Invalid dead letter queue ARN: The service specified by the TargetArn is not supported for dead letter configuration.',
    'The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=arn:aws:s3:::my-bucket), onFailure=OnFailure(destination=)) is invalid.',
  ],
  since: '0.1.0',

  valid: [
    { title: 'a bucket for failures', resources: { Orders: ORDERS, Async: onFailure(arnOf('Failed')), Failed: BUCKET } },
    { title: 'a queue for successes', resources: { Orders: ORDERS, Async: onSuccess(arnOf('Done')), Done: QUEUE } },
    { title: 'a bus of another account', resources: { Orders: ORDERS, Async: onSuccess('arn:aws:events:eu-west-1:444455556666:event-bus/shop') } },
    { title: 'a queue for dead letters', resources: { Orders: withDeadLetters(arnOf('Failed')), Failed: QUEUE } },
    { title: 'a destination that a parameter names', resources: { Orders: withDeadLetters({ Ref: 'DeadLetters' }), Async: onSuccess({ Ref: 'Done' }) } },
    { title: 'a setting that is taken away', resources: { Orders: withDeadLetters(''), Async: onSuccess({ Ref: 'AWS::NoValue' }) } },
  ],
  invalid: [
    { title: 'a bucket for successes', at: 'Async/Properties/DestinationConfig/OnSuccess/Destination', resources: { Orders: ORDERS, Async: onSuccess(arnOf('Done')), Done: BUCKET } },
    { title: 'a table for failures', at: 'Async/Properties/DestinationConfig/OnFailure/Destination', resources: { Orders: ORDERS, Async: onFailure(arnOf('Failed')), Failed: TABLE } },
    { title: 'a stream by its ARN', at: 'Async/Properties/DestinationConfig/OnSuccess/Destination', resources: { Orders: ORDERS, Async: onSuccess({ 'Fn::Sub': 'arn:${AWS::Partition}:kinesis:${AWS::Region}:${AWS::AccountId}:stream/done' }) } },
    { title: 'a function for dead letters', at: 'Orders/Properties/DeadLetterConfig/TargetArn', resources: { Orders: withDeadLetters(arnOf('Repair')), Repair: ORDERS } },
    { title: 'a bucket for dead letters', at: 'Orders/Properties/DeadLetterConfig/TargetArn', resources: { Orders: withDeadLetters(arnOf('Failed')), Failed: BUCKET } },
  ],

  * check(app) {
    for (const destination of destinationsOf(app)) {
      const { resource, path, sent, fn, json, service } = destination;
      const { services, words } = ALLOWED[sent];
      if (service === undefined || services.has(service)) continue;
      yield { resource, path, message: `${whatOf(destination)} of ${fn.label} must be sent to ${words}, got ${service}: ${inWords({ json, stack: resource.stack })}` };
    }
  },
};

function whatOf({ sent }: Destination): string {
  return sent === 'dead letters' ? sent : `records of ${sent}`;
}
