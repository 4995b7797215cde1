import { AspectPriority, Aspects, Duration, Stack, Validations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct, IConstruct } from 'constructs';
import { functionOf } from './function-of';
import { isLastQueue } from './last-queue';
import { settingsOf } from './settings-of';

/** Id of the queue for failed events. */
const QUEUE = 'FailedEvents';

/**
 * What cdk-nag says of a function without a dead-letter queue: it sees no destination of an alias.
 *
 * @see https://github.com/cdklabs/cdk-nag/blob/main/RULES.md
 */
const ACKNOWLEDGED_OF_FUNCTION = ['Serverless-LambdaDLQ', 'NIST.800.53.R5-LambdaDLQ', 'HIPAA.Security-LambdaDLQ']
  .map((id) => ({ id, reason: 'events that failed go to the on-failure destination, which has more of them than a dead-letter queue' }));

/** Before aspects of the user, which set tags and the like: those are to reach the queue, too. */
const PRIORITY = AspectPriority.MUTATING - 100;

/** Functions whose failed events are kept. */
const kept = new WeakSet<lambda.IFunction>();

/** Functions by the alias that they stand for: both are one qualifier, which has its settings once. */
const standIns = new WeakMap<lambda.IFunction, lambda.IFunction>();

/** By functions, the alias that they stand for. */
const aliases = new WeakMap<lambda.IFunction, lambda.IFunction>();

/** Says that a function stands for one of its aliases: what is wired to one of them is wired to the other. */
export function standsFor(fn: lambda.IFunction, alias: lambda.IFunction): void {
  standIns.set(alias, fn);
  aliases.set(fn, alias);
}

/**
 * Keeps the events for which all attempts failed in an encrypted queue, for 14 days, unless the function has an on-failure
 * destination or a dead-letter queue.
 *
 * That is decided in the synthesis: a destination may be given after the source. Nothing can be done for a function that is
 * imported, whose role and settings are its owner's.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function keepFailedEvents(given: lambda.IFunction): void {
  const target = standIns.get(given) ?? given;
  if (kept.has(target) || !isOfApp(target)) return;
  kept.add(target);
  Aspects.of(target).add({ visit: (node: IConstruct) => node === target ? keep(target) : undefined }, { priority: PRIORITY });
}

/** Construct path of the queue that the synthesis will make for failed events, unless they have another place by then. */
export function failedEventsToCome(given: lambda.IFunction): string | undefined {
  const target = standIns.get(given) ?? given;
  if (!kept.has(target)) return undefined;
  const { scope, id } = placeFor(target);
  return `${scope.node.path}/${id}`;
}

function keep(target: lambda.IFunction): void {
  const alias = aliases.get(target);
  const settings = settingsOf(target) ?? (alias && settingsOf(alias));
  const isKept = hasDeadLetters(target) || hasDestination(settings);
  const { scope, id } = placeFor(target);
  if (isKept || scope.node.tryFindChild(id)) return;
  const queue = new sqs.Queue(scope, id, {
    encryption: sqs.QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  const onFailure = new SqsDestination(queue);
  isLastQueue(queue, 'events that failed');
  Validations.of(functionOf(target)!).acknowledge(...ACKNOWLEDGED_OF_FUNCTION);
  if (!settings) return target.configureAsyncInvoke({ onFailure });
  const { destination } = onFailure.bind(settings, target, { type: lambda.DestinationType.FAILURE });
  settings.addPropertyOverride('DestinationConfig.OnFailure.Destination', destination);
}

/** Beside the alias, unless that is in another stack than the function, whose role has to name the queue. */
function placeFor(target: lambda.IFunction): { readonly scope: Construct; readonly id: string } {
  const fn = functionOf(target)!;
  if (Stack.of(fn) === Stack.of(target)) return { scope: target as unknown as Construct, id: QUEUE };
  return { scope: fn.node.scope as Construct, id: `${QUEUE}${target.node.addr}` };
}

function hasDestination(settings?: lambda.CfnEventInvokeConfig): boolean {
  const { onFailure } = settings ? Stack.of(settings).resolve(settings.destinationConfig) ?? {} : {} as { onFailure?: unknown };
  return onFailure !== undefined;
}

function hasDeadLetters(target: lambda.IFunction): boolean {
  const resource = functionOf(target);
  return resource?.deadLetterConfig !== undefined;
}

function isOfApp(target: lambda.IFunction): boolean {
  return functionOf(target) !== undefined;
}
