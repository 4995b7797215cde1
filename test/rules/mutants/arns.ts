import { ENV, Resources } from './wired-app';
import { textOf } from '../../../src/model/iam/text';
import { Stack } from '../../../src/model/stack';
import { Json } from '../../../src/model/template';

export const OTHER_ACCOUNT = '999999999999';
const OTHER_REGION = 'us-east-2';

/** Properties that the ARNs of some types are made of, and those that are names. */
const OF_ARNS = ['FunctionVersion', 'StreamARN', 'EventBusName'];
const NAMES = ['AlarmName', 'ClusterName', 'ConsumerName', 'FunctionName', 'LogGroupName', 'Name', 'QueueName', 'RepositoryName'];

/** Adds a resource of the same type with another name, to which nothing is wired; its logical id. */
export function twinOf(logicalId: string, resources: Resources): string {
  const id = `Other${logicalId}`;
  const { Type, Properties = {} } = resources[logicalId];
  const kept = Object.entries(Properties).flatMap(([name, value]): [string, unknown][] => {
    if (NAMES.includes(name)) return [[name, typeof value === 'string' ? `${value}-other` : value]];
    return OF_ARNS.includes(name) ? [[name, value]] : [];
  });
  resources[id] ??= { Type, Properties: Object.fromEntries(kept) };
  return id;
}

/** Adds an alias beside the one that is meant; its logical id. */
export function otherAliasOf(fn: string, resources: Resources): string {
  resources.OtherAlias = { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: fn }, FunctionVersion: '1', Name: 'other' } };
  return 'OtherAlias';
}

/** The logical ids that a value names. */
export function namesIn(json: unknown): string[] {
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) => {
    if (key === 'Ref') return [String(value)];
    return key === 'Fn::GetAtt' ? [String([value].flat()[0]).split('.')[0]] : namesIn(value);
  });
}

/** The same value about other resources: each that it names is replaced by its twin. */
function aboutOthers(json: Json, resources: Resources): Json {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json.map((item) => aboutOthers(item, resources));
  const twin = (id: Json) => String(id) in resources ? twinOf(String(id), resources) : id;
  return Object.fromEntries(Object.entries(json).map(([key, value = null]): [string, Json] => {
    if (key === 'Ref') return [key, twin(value)];
    if (key === 'Fn::GetAtt' && Array.isArray(value)) return [key, [twin(value[0]), ...value.slice(1)]];
    return [key, aboutOthers(value, resources)];
  }));
}

/** Another ARN in the place of one that a statement names. */
export interface OtherArn {
  readonly how: string;
  arn(resources: Resources): Json;
}

/** ARNs of the same service that are not what was meant. */
export function otherArns(arn: Json, stack: Stack): OtherArn[] {
  const known = asPattern(arn, stack);
  const isNamed = namesIn(arn).some((id) => stack.resource(id) !== undefined);
  return [
    ...isNamed ? [{ how: 'another resource', arn: (resources: Resources) => aboutOthers(arn, resources) }] : [],
    ...endsOpen(arn, stack) ? [] : [{ how: 'a longer name', arn: () => ({ 'Fn::Join': ['', [arn, '-other']] }) }],
    ...elsewhere(known).map(({ how, arn: other }) => ({ how, arn: () => other })),
  ];
}

/** An ARN as far as it is known, with `*` for what the deployment puts in. */
function asPattern(arn: Json, stack: Stack): string {
  return textOf(arn, stack).map((piece) => typeof piece === 'string' ? piece : '*').join('');
}

function endsOpen(arn: Json, stack: Stack): boolean {
  const last = textOf(arn, stack).at(-1);
  return typeof last === 'string' && last.endsWith('*');
}

/** The same ARN in another account, and in another Region, where it has them. */
function elsewhere(arn: string): { how: string; arn: string }[] {
  const parts = arn.split(':');
  const put = (index: number, other: string) => [...parts.slice(0, index), other, ...parts.slice(index + 1)].join(':');
  return [
    ...parts[4] === ENV.account ? [{ how: 'another account', arn: put(4, OTHER_ACCOUNT) }] : [],
    ...parts[3] === ENV.region ? [{ how: 'another Region', arn: put(3, OTHER_REGION) }] : [],
  ];
}
