/**
 * What is compared. `load()` requires the modules of a variant and returns what adds function number `i` to a stack:
 * a function, its log group, role, policy, version and alias `live`, and a queue of its own as event source.
 */

/** The queue of a function, as no rule has anything to say about it; all of a stack have the same one for dead letters. */
const queue = (stack, i) => {
  const { Duration } = require('aws-cdk-lib');
  const sqs = require('aws-cdk-lib/aws-sqs');
  const dead = stack.node.tryFindChild('DeadLetters') ?? new sqs.Queue(stack, 'DeadLetters', { retentionPeriod: Duration.days(14) });
  return new sqs.Queue(stack, `Queue${i}`, { deadLetterQueue: { queue: dead, maxReceiveCount: 5 } });
};

const l2 = () => {
  const { RemovalPolicy } = require('aws-cdk-lib');
  const lambda = require('aws-cdk-lib/aws-lambda');
  const { SqsEventSource } = require('aws-cdk-lib/aws-lambda-event-sources');
  const logs = require('aws-cdk-lib/aws-logs');
  return (stack, i, { props, logGroupByCdk }) => {
    const fn = new lambda.Function(stack, `Function${i}`, {
      ...props,
      logGroup: logGroupByCdk ? undefined : new logs.LogGroup(stack, `LogGroup${i}`),
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    });
    fn.addAlias('live').addEventSource(new SqsEventSource(queue(stack, i)));
  };
};

const eventFunction = () => {
  const { EventFunction, PullSource } = require('cdk-event-functions'); // this package, by its own name
  return (stack, i, { props }) => {
    const fn = new EventFunction(stack, `Function${i}`, props);
    fn.addEventSource(PullSource.queue(queue(stack, i)));
  };
};

/** What the CDK does as soon as an app has any validation plugin, whatever that checks. */
const doNothing = (app) => {
  const { Validations } = require('aws-cdk-lib');
  Validations.of(app).addPlugins({ name: 'nothing', validate: () => ({ success: true, violations: [] }) });
};

/** All ratios are relative to this variant. */
exports.BASE = 'l2';
exports.PLUGIN = 'l2 and a plugin that does nothing';
exports.RULES_OFF = 'EventFunction, rules off';
exports.RULES_ON = 'EventFunction, rules on';

exports.VARIANTS = {
  [exports.BASE]: { load: l2, context: {} },
  [exports.PLUGIN]: { load: l2, context: {}, prepare: doNothing },
  [exports.RULES_OFF]: { load: eventFunction, context: { 'cdk-event-functions:rules': false } },
  [exports.RULES_ON]: { load: eventFunction, context: {} },
};

/** The apps that each variant is measured in. */
exports.MODES = {
  'inline code': {},
  'inline code, recommended feature flags': { recommendedFlags: true },
  'code folder and layer': { assets: true },
};
