import { mapping, mayDo, objects } from './examples';
import { channelInWords } from './words';
import { cyclesIn, Step } from '../../model/loops/cycles';
import { JsonObject } from '../../model/template';
import { allow, arnOf, fn, QUEUE, role } from '../role/examples';
import { Rule } from '../rule';

/** A second function that polls the queue and writes to the bucket. */
function packing(keys: string, properties: JsonObject = {}): JsonObject {
  return {
    Packing: fn({ Role: arnOf('PackingRole'), ...properties }),
    PackingRole: role([allow('s3:PutObject', objects(keys))]),
    Mapping: mapping(arnOf('Returns'), { FunctionName: { Ref: 'Packing' } }),
    Returns: QUEUE,
  };
}

const SENDING = mayDo('sqs:SendMessage', arnOf('Returns'));
const INBOX: JsonObject = {
  Type: 'AWS::S3::Bucket',
  Properties: { NotificationConfiguration: { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: arnOf('Orders'), Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'in/' }] } } }] } },
};

export const functionsDoNotFeedEachOther: Rule = {
  id: 'functions-do-not-feed-each-other',
  title: 'Functions may not write in a circle to what invokes them',
  severity: 'warning',
  why: 'each function may write to what invokes the next one, and the last one to what invokes the first: if none of them stops, all of them go on, until Lambda notices the loop, or without an end where it goes through tables, streams or buses',
  fix: 'grant one of them less, let filters leave out what closes the circle, or set `recursiveLoop: RecursiveLoop.ALLOW` on one of them if it is meant',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html',
  since: '0.1.0',

  valid: [
    { title: 'what closes the circle has other keys', resources: { ...SENDING, ...packing('out/*'), Inbox: INBOX } },
    { title: 'a circle that is meant', resources: { ...SENDING, ...packing('in/*', { RecursiveLoop: 'Allow' }), Inbox: INBOX } },
    { title: 'a chain', resources: { ...SENDING, ...packing('*'), Inbox: { Type: 'AWS::S3::Bucket' } } },
    { title: 'a role that may write to everything', resources: { ...mayDo('sqs:*', '*'), ...packing('in/*'), Inbox: INBOX } },
    { title: 'a queue that a parameter names', resources: { ...mayDo('sqs:SendMessage', { Ref: 'QueueArn' }), ...packing('in/*'), Inbox: INBOX } },
  ],
  invalid: [
    { title: 'a queue and a bucket', at: 'Orders/Properties/Role', resources: { ...SENDING, ...packing('*'), Inbox: INBOX } },
    {
      title: 'three functions',
      at: 'Orders/Properties/Role',
      resources: {
        ...SENDING,
        ...packing('*', { Role: arnOf('ForwardRole') }),
        ForwardRole: role([allow('sqs:SendMessage', arnOf('Packed'))]),
        Packed: QUEUE,
        Labels: fn({ Role: arnOf('PackingRole') }),
        ToLabels: mapping(arnOf('Packed'), { FunctionName: { Ref: 'Labels' } }),
        Inbox: INBOX,
      },
    },
  ],

  * check(app) {
    for (const cycle of cyclesIn(app)) {
      const [{ fn: first }] = cycle;
      yield { resource: first, path: 'Properties/Role', message: `what ${first.label} may write must be kept apart from what leads back to it, got ${cycle.map(inWords).join(', ')}` };
    }
  },
};

function inWords({ fn: { label }, entry, write, next }: Step): string {
  return `${label} with ${write.actions.join(', ')} on ${channelInWords(entry.channel)}, which invokes ${next.label}`;
}
