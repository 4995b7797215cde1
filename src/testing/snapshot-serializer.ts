import { realpathSync } from 'fs';
import { tmpdir } from 'os';

/**
 * A Jest snapshot serializer that leaves out what changes without the wiring changing: asset hashes, the hashes of
 * versions, and absolute paths.
 *
 * In a test: `expect.addSnapshotSerializer(require('cdk-event-functions/snapshot-serializer'))`, or in Jest's
 * configuration: `snapshotSerializers: ['cdk-event-functions/snapshot-serializer']`.
 */

/** Jest's `Printer` of nested values. */
type Print = (value: unknown) => string;

/** The CDK's own bookkeeping in each template: the version of the bootstrap stack. */
const BOOKKEEPING = ['Parameters.BootstrapVersion', 'Rules.CheckBootstrapVersion'];

const REPLACEMENTS: readonly [RegExp, string][] = [
  // Asset hashes: S3 keys, image tags.
  [/[0-9a-f]{64}/g, 'HASH'],
  // Logical ids of versions: function, 8 digits of the path, 32 of the content.
  [/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1HASH'],
];

/**
 * Folders of this machine. Only these, since a text that starts with a slash is more often a path of an API, a log
 * group or a parameter than one of a file.
 */
const FOLDERS: readonly [RegExp, string][] = [
  [folder(process.cwd(), '(?![\\w.-])'), 'CWD'],
  // What mkdtemp makes for a test, not the folder itself: /tmp is where Lambda functions write.
  ...[realpathSync(tmpdir()), tmpdir()].map((tmp): [RegExp, string] => [folder(tmp, '/[\\w.-]*cdk[\\w.-]*'), 'TMP']),
];

function folder(path: string, rest: string): RegExp {
  return new RegExp(path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') + rest, 'g');
}

/** Templates, and nothing else: an object with resources that has something to leave out. */
export function test(value: unknown): boolean {
  return isRecord(value) && isRecord(value.Resources) && !cleaned.has(value);
}

export function serialize(value: unknown, ...rest: [unknown, unknown, unknown, unknown, Print & ((...args: unknown[]) => string)]): string {
  const [config, indentation, depth, refs, print] = rest;
  const template = clean(withoutBookkeeping(value as Record<string, unknown>)) as Record<string, unknown>;
  cleaned.add(template);
  return print(template, config, indentation, depth, refs);
}

/** Templates that were cleaned, which Jest asks about again when it prints them. */
const cleaned = new WeakSet<object>();

function withoutBookkeeping(template: Record<string, unknown>): Record<string, unknown> {
  const result = { ...template };
  for (const entry of BOOKKEEPING) {
    const [section, name] = entry.split('.');
    const { [name]: _, ...others } = (result[section] ?? {}) as Record<string, unknown>;
    if (Object.keys(others).length > 0) result[section] = others;
    else delete result[section];
  }
  return result;
}

/** Replaces in texts and in keys, since the logical id of a version holds a hash, too. */
function clean(value: unknown): unknown {
  if (typeof value === 'string') return replaceAll(value);
  if (Array.isArray(value)) return value.map(clean);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [replaceAll(key), clean(item)]));
}

function replaceAll(text: string): string {
  const portable = FOLDERS.reduce((result, [pattern, name]) => result.replace(pattern, name), text);
  return REPLACEMENTS.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), portable);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
