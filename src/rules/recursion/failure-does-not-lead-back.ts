import { bucket, settings, subscription, TOPIC } from './examples';
import { recordExamples } from './record-examples';
import { recordFinding } from './words';
import { mayNotLoop } from '../../model/loops/entries';
import { recordCycles } from '../../model/loops/records';
import { arnOf, fn } from '../role/examples';
import { Rule } from '../rule';

const { at, base, valid, invalid } = recordExamples('Failure');
const TO_INBOX = { Orders: fn(), Settings: settings({ OnFailure: arnOf('Inbox') }) };

export const failureDoesNotLeadBack: Rule = {
  id: 'failure-does-not-lead-back',
  title: 'Records of failed invocations do not invoke the same function again',
  severity: 'warning',
  why: 'a record of a failure invokes the function that failed, with an event that is not even of the form it expects: it fails again, and each failure makes the next record',
  fix: 'keep failed events in a queue that the function does not read, or set `recursiveLoop: RecursiveLoop.ALLOW` if the loop is meant',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html',
  since: '0.1.0',

  valid: [
    ...valid,
    { title: 'objects that do not begin as records do', resources: { ...TO_INBOX, Inbox: bucket({ prefix: 'in/' }) } },
    { title: 'a loop that is meant', resources: { ...base, Orders: fn({ RecursiveLoop: 'Allow' }), Subscription: subscription() } },
  ],
  invalid: [
    ...invalid,
    { title: 'the bucket whose objects invoke the function', at, resources: { ...TO_INBOX, Inbox: bucket() } },
    { title: 'a topic for dead letters that invokes the function', at: 'Orders/Properties/DeadLetterConfig/TargetArn', resources: { Orders: fn({ DeadLetterConfig: { TargetArn: { Ref: 'Placed' } } }), Placed: TOPIC, Subscription: subscription() } },
  ],

  check: (app) => recordCycles(app, 'Failure').filter((cycle) => cycle.every(({ outlet }) => mayNotLoop(outlet.fn))).map((cycle) => recordFinding(cycle, 'failed')),
};
