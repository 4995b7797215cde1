import { recordExamples } from './record-examples';
import { recordFinding } from './words';
import { recordCycles } from '../../model/loops/records';
import { Rule } from '../rule';

const { valid, invalid } = recordExamples('Success');

export const successDoesNotLeadBack: Rule = {
  id: 'success-does-not-lead-back',
  title: 'Records of successful invocations do not invoke the same function again',
  severity: 'error',
  why: 'each record of a success invokes the function again, which succeeds and makes the next record: every event goes round without an end',
  fix: 'send the records to a queue or a topic that does not invoke the function, or give the subscription a filter',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html',
  since: '0.1.0',

  valid,
  invalid,

  check: (app) => recordCycles(app, 'Success').map((cycle) => recordFinding(cycle, 'successful')),
};
