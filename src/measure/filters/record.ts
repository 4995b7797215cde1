import { matchesAny } from './matches';
import { Branch, isRecord } from './pattern';

type Fields = Readonly<Record<string, unknown>>;

/** Members of a record in which somebody's data is, and how a handler gets it. */
const DATA = ['body', 'data', 'key', 'value'];

/**
 * Whether a record, as a handler gets it, passes a filter. Lambda looks into data that is JSON, be it in Base64 or in a text; where a
 * filter asks for JSON and the data is none, or the other way round, it drops the record.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
 */
export function passes(branches: readonly Branch[], record: Fields): boolean {
  const plain = inOne(record);
  return branches.some((branch) => {
    const seen = asSeen(plain, branch);
    return seen !== undefined && matchesAny([branch], seen);
  });
}

/** What is in the member `kinesis` is beside the others for a filter. */
function inOne(record: Fields): Fields {
  return isRecord(record.kinesis) ? { ...record, ...record.kinesis } : record;
}

function asSeen(record: Fields, branch: Branch): Fields | undefined {
  let seen = record;
  for (const name of DATA) {
    const raw = record[name];
    const asksForText = branch.has(name);
    const asksForJson = [...branch.keys()].some((path) => path.startsWith(`${name}.`));
    if (typeof raw !== 'string' || !(asksForText || asksForJson)) continue;
    // only the bodies of messages are texts in an event
    const text = name === 'body' ? raw : Buffer.from(raw, 'base64').toString('utf8');
    const json = objectIn(text);
    if ((json === undefined) === asksForJson) return undefined;
    seen = { ...seen, [name]: json ?? text };
  }
  return seen;
}

/** A number or a text alone is JSON, too, and has no fields that could be asked for. */
function objectIn(text: string): object | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}
