import { Channel, Keys } from './channel';
import { Text, textOf } from '../iam/text';
import type { Resource } from '../resource';
import { intrinsic, isObject, isTransformed, Json, JsonObject } from '../template';

/**
 * Whether a pattern lets events of every source and type pass: it asks for nothing that whoever puts them decides.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function isOpen(pattern: JsonObject): boolean {
  return asksOnlyFor(pattern, ['source', 'detail-type']) && ['source', 'detail-type'].every((name) => pattern[name] === undefined || letsAllPass(pattern[name]));
}

/** What every event of an account has. */
const OF_THE_ACCOUNT = ['account', 'region', 'version'];

function asksOnlyFor(pattern: JsonObject, names: readonly string[]): boolean {
  return Object.keys(pattern).every((name) => OF_THE_ACCOUNT.includes(name) || names.includes(name));
}

/** `[{ prefix: '' }]` is how the catch-all is written. */
function letsAllPass(tests: Json | undefined): boolean {
  return Array.isArray(tests) && tests.some((test) => isObject(test) && (test.prefix === '' || test.wildcard === '*' || test.exists === true));
}

/**
 * Whether a pattern surely lets the records of asynchronous invocations pass.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function takesRecords(pattern: JsonObject, outcome: 'Success' | 'Failure'): boolean {
  const record: Record<string, string> = { 'source': 'lambda', 'detail-type': `Lambda Function Invocation Result - ${outcome}` };
  const asked = Object.keys(pattern).filter((name) => !OF_THE_ACCOUNT.includes(name));
  return asked.every((name) => Object.hasOwn(record, name) && passes(pattern[name], record[name]));
}

function passes(tests: Json | undefined, value: string): boolean {
  return letsAllPass(tests) || (Array.isArray(tests) && tests.some((test) => (
    test === value || (isObject(test) && typeof test.prefix === 'string' && value.startsWith(test.prefix))
  )));
}

/** A bucket and which of its objects. */
type Objects = Pick<Channel, 'arn'> & { readonly name: Json; readonly keys: Keys };

/**
 * The objects whose creation a pattern is about, as far as it asks for a bucket and the beginning or the end of keys.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export function objectsIn(pattern: JsonObject, arnOf: (name: Json) => Text | undefined, { stack }: Resource): Objects[] {
  const { source, detail } = pattern;
  const isOfS3 = Array.isArray(source) && source.includes('aws.s3');
  const isCreation = pattern['detail-type'] === undefined || passes(pattern['detail-type'], 'Object Created');
  if (!isOfS3 || !isCreation || !asksOnlyFor(pattern, ['source', 'detail-type', 'detail']) || !hasOnly(detail, ['bucket', 'object'])) return [];
  const { bucket, object } = detail;
  if (!hasOnly(bucket, ['name']) || !Array.isArray(bucket.name)) return [];
  const tests: readonly Json[] = object === undefined ? [{ prefix: '' }] : hasOnly(object, ['key']) && Array.isArray(object.key) ? object.key : [];
  const keys = tests.flatMap((test): Keys[] => {
    if (!isObject(test) || intrinsic(test)) return [];
    if (typeof test.prefix === 'string') return [{ prefix: textOf(test.prefix, stack), suffix: [] }];
    return typeof test.suffix === 'string' ? [{ prefix: [], suffix: textOf(test.suffix, stack) }] : [];
  });
  return bucket.name.flatMap((name) => {
    const arn = arnOf(name);
    return arn ? keys.map((some) => ({ arn, name, keys: some })) : [];
  });
}

function hasOnly(json: Json | undefined, names: readonly string[]): json is JsonObject {
  return isObject(json) && !intrinsic(json) && !isTransformed(json) && Object.keys(json).every((name) => names.includes(name));
}
