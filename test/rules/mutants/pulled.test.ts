import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { EQUIVALENT, isMeant } from './equivalent';
import { Mutant } from './mutant';
import { mutantsOf } from './mutate';
import { inWords, isReported, RULES_FOR } from './reported';
import { modelOf, wiredApp } from './wired-app';
import { EventFunction } from '../../../src';
import { PULLED } from '../../fixtures/sources/pulled';
import { MINIMAL } from '../../function/functions';

/**
 * Each source that Lambda polls works by what the role of the function may do. Without one of its statements, or one of their actions, the
 * role is reported, unless there is a reason.
 */
const POLLED_FOR: Readonly<Record<string, (scope: Construct) => lambda.IFunction>> = {
  'event function': (scope) => new EventFunction(scope, 'Orders', MINIMAL),
  'lambda function': (scope) => new lambda.Function(scope, 'Orders', MINIMAL),
};

const APPS = Object.entries(PULLED).flatMap(([source, wire]) => Object.entries(POLLED_FOR).map(([called, make]) => {
  const app = wiredApp(`${source}, ${called}`, (stack) => wire(stack, make(stack)));
  return { source, called, app, mutants: mutantsOf(app).filter(isOfSource) };
}));

/** What lets the role write logs is of the function, whatever is polled for it. */
function isOfSource({ topic, kind, statement }: Mutant): boolean {
  const isOfFunction = JSON.stringify(statement).includes('logs:');
  return topic === 'what a role may do' && (kind === 'deleted' || kind === 'denied') && !isOfFunction;
}

interface Passing { readonly why: string; readonly sources: RegExp; readonly how: RegExp; readonly statement?: RegExp }

/** What may pass, by source and action. */
const PASSING: readonly Passing[] = [
  {
    why: 'a source that is not of this app may have a policy that lets the role in',
    sources: /^(importedQueue|mskCluster|mskClusterWithPassword)$/,
    how: /^(sqs|kafka)|^the statement$/,
    statement: /^{"Action":("kafka:DescribeClusterV2"|\["(kafka-cluster|sqs):)/,
  },
  { why: 'the brokers of a cluster that is not of this app, too', sources: /^mskCluster/, how: /^kafka:GetBootstrapBrokers$/ },
  { why: 'the policy is for nothing but a queue that is not of this app', sources: /^importedQueue$/, how: /^the policy$/ },
  { why: 'AWS documents it, and Lambda reads without', sources: /^serverlessMsk$/, how: /^kafka(-cluster:DescribeClusterDynamicConfiguration|:DescribeClusterV2)$/ },
  { why: 'a consumer of its own reads with kinesis:SubscribeToShard', sources: /^streamConsumer$/, how: /^kinesis|^the statement$/, statement: /^(?!.*PolicyDocument).*GetRecords/ },
];

function isPassing({ sources, how, statement }: Passing, source: string, mutant: Mutant): boolean {
  return sources.test(source) && how.test(mutant.how) && (statement === undefined || statement.test(JSON.stringify(mutant.statement)));
}

/** Entries for one app are not about these. */
const mayPass = (source: string, mutant: Mutant) => PASSING.some((passing) => isPassing(passing, source, mutant))
  || EQUIVALENT.some((entry) => entry.app === undefined && isMeant(entry, mutant));

test.each(APPS)('nothing is found in what is right: $source, $called', ({ app }) => {
  const model = modelOf(app.resources);
  expect(RULES_FOR['what a role may do'].flatMap((rule) => [...rule.check(model)].map(({ message }) => `${rule.id}: ${message}`))).toEqual([]);
});

test.each(APPS)('$source, $called: the role is reported without a part of what it needs', ({ source, mutants }) => {
  expect(mutants.length).toBeGreaterThan(0);
  expect(mutants.filter((mutant) => !isReported(mutant) && !mayPass(source, mutant)).map(inWords)).toEqual([]);
});

describe('what may pass', () => {
  test.each(PASSING)('$why', (passing) => {
    const meant = APPS.flatMap(({ source, mutants }) => mutants.filter((mutant) => isPassing(passing, source, mutant)));
    expect(meant.length).toBeGreaterThan(0);
    expect(meant.filter(isReported).map(inWords)).toEqual([]);
  });
});

// measured
test('most of what is left out is reported', () => {
  expect(APPS.flatMap(({ mutants }) => mutants).filter(isReported).length).toBeGreaterThanOrEqual(358);
});
