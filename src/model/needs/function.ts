import { arnOf, Need, SOMETHING } from './need';
import { Text, textOf, textOfAttribute } from '../iam/text';
import { mountsOf } from '../mounts';
import type { Resource } from '../resource';
import { intrinsic, isNoValue, isObject, Json } from '../template';
import { Value, valueOf } from '../value';

const GROUP_ARN = 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:';
/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html */
const STREAM = { id: 'log stream', kind: 'log stream', without: ':*' };
const INSIGHTS_GROUP = '/aws/lambda-insights';
const INSIGHTS_LAYER = /:layer:LambdaInsightsExtension(-Arm64)?:/;

/**
 * The log group that a function writes to: the one it names, or the one that Lambda names after it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html
 */
export function logNeeds(fn: Resource): Need[] {
  const given = fn.raw('LoggingConfig.LogGroup');
  const isDefault = given.kind === 'absent' || (given.kind === 'known' && isNoValue(given.value));
  const name = isDefault ? ['/aws/lambda/', ...textOfAttribute(fn, 'Ref')] : given.kind === 'known' ? textOf(given.value, fn.stack) : SOMETHING;
  const named = given.kind === 'known' && !isDefault ? groupArn('${Group}', { Group: given.value }) : groupArn(`/aws/lambda/\${${fn.logicalId}}`);
  const at = { resource: fn, path: isDefault ? 'Properties/Role' : 'Properties/LoggingConfig' };
  return writeNeeds(fn, name, { topic: 'logs', named, on: `the log group of ${fn.label}`, at, what: 'to write logs' });
}

/**
 * The extension of CloudWatch Lambda Insights writes to a log group of its own.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Lambda-Insights-Getting-Started.html
 */
export function insightsNeeds(fn: Resource): Need[] {
  const layers = fn.list('Layers');
  const index = layers.kind === 'known' ? layers.value.findIndex((layer) => INSIGHTS_LAYER.test(known(textOf(layer, fn.stack)))) : -1;
  if (index < 0) return [];
  const at = { resource: fn, path: 'Properties/Layers' };
  return writeNeeds(fn, [INSIGHTS_GROUP], { topic: 'insights', named: groupArn(INSIGHTS_GROUP), on: `the log group ${INSIGHTS_GROUP}`, at, what: 'to report Lambda Insights' });
}

function known(text: Text): string {
  return text.map((piece) => typeof piece === 'string' ? piece : '?').join('');
}

/** Log streams are made in a group, whose ARN some policies name without a `:*` at its end; events go to a stream. */
function writeNeeds(fn: Resource, group: Text, rest: Omit<Need, 'actions' | 'target'>): Need[] {
  const arn = [...textOf({ 'Fn::Sub': GROUP_ARN }, fn.stack), ...group];
  const target = [...arn, ':log-stream:', STREAM];
  return [
    { ...rest, actions: ['logs:CreateLogStream'], target, orTarget: arn, namesFunction: true },
    { ...rest, actions: ['logs:PutLogEvents'], target, namesFunction: true },
  ];
}

function groupArn(name: string, variables?: Record<string, Json>): Json {
  const text = `${GROUP_ARN}${name}:*`;
  return { 'Fn::Sub': variables ? [text, variables] : text };
}

/**
 * Lambda refuses active tracing without the first action; the second one AWS documents.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
 */
export function traceNeeds(fn: Resource): Need[] {
  if (valueOf(fn.text('TracingConfig.Mode')) !== 'Active') return [];
  const at = { resource: fn, path: 'Properties/TracingConfig' };
  return [{
    topic: 'tracing',
    actions: ['xray:PutTraceSegments'],
    also: ['xray:PutTelemetryRecords'],
    target: ['*'],
    named: '*',
    on: '*',
    at,
    what: 'to send traces to X-Ray',
    namesFunction: true,
  }];
}

/**
 * Checkpoints of a durable function, whose ARNs always have a qualifier.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
 */
export function durableNeeds(fn: Resource): Need[] {
  if (!isGiven(fn.raw('DurableConfig'))) return [];
  return [{
    topic: 'durable',
    actions: ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'],
    target: [...textOfAttribute(fn, 'Arn'), ':', ...SOMETHING],
    named: { 'Fn::Sub': `\${${fn.logicalId}.Arn}:*` },
    on: `${fn.label}:*`,
    at: { resource: fn, path: 'Properties/DurableConfig' },
    what: 'to keep the state of durable executions',
    orPolicyOf: [fn],
    namesFunction: true,
  }];
}

/**
 * File systems with a policy of their own; one without lets every client in that reaches it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html#configuration-filesystem-permissions
 */
export function mountNeeds(fn: Resource): Need[] {
  return mountsOf(fn)
    .filter(({ fileSystem }) => isGiven(fileSystem.raw('FileSystemPolicy')))
    .map(({ point, fileSystem }) => mountNeed(fn, point, fileSystem));
}

/** Whether an object is there for sure. */
function isGiven(value: Value<Json>): boolean {
  return value.kind === 'known' && isObject(value.value) && intrinsic(value.value) === undefined;
}

function mountNeed(fn: Resource, point: Resource, fileSystem: Resource): Need {
  return {
    topic: 'mounting',
    actions: ['elasticfilesystem:ClientMount'],
    also: ['elasticfilesystem:ClientWrite'],
    target: textOfAttribute(fileSystem, 'Arn'),
    orTarget: textOfAttribute(point, 'Arn'),
    named: arnOf(fileSystem, fn.stack),
    on: fileSystem.label,
    at: { resource: fn, path: 'Properties/FileSystemConfigs' },
    what: 'to mount it',
    orPolicyOf: [fileSystem],
    namesFunction: true,
    context: { 'elasticfilesystem:accesspointarn': textOfAttribute(point, 'Arn') },
  };
}
