import { look, Reading, Seen, Told } from './look';
import { FileTree } from '../file-tree';
import { readNamed } from '../java/class-file';
import { ClassPath } from '../java/class-path';
import { Unpacked } from '../unpacked';

/**
 * The answer itself, and the classes of AWS that are one. Powertools makes an `SQSBatchResponse` or a `StreamsEventResponse`, too, which the
 * handler then has as its type.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 */
const ANSWERS = /batchItemFailures|(?:SQSBatch|StreamsEvent|TimeWindowEvent)Response/;

/** Packages that make no answer of a function. */
const HARMLESS = /^(javax?|jdk|kotlin|com\/amazonaws\/(services|xray)|software\/amazon\/(awssdk|lambda\/powertools\/(logging|metrics|tracing))|org\/(slf4j|apache\/(logging|commons))|com\/(fasterxml\/jackson|google\/(gson|common)))\//;

/** Packages of which one class is the handler of many people's code. */
const FRAMEWORKS = /^(org\/springframework|io\/(quarkus|micronaut)|com\/amazonaws|software\/amazon)\//;

/** Whether a function of Java answers with the items that failed: the class of its handler, and those of its own that it names. */
export function seenInJava(unpacked: Unpacked): Seen {
  const name = unpacked.handler.split('::')[0].replace(/\./g, '/');
  const files = treeWith(name, unpacked);
  if (!files || FRAMEWORKS.test(name)) return 'unknown';
  const reading = new Reading();
  const home = homeOf(name);
  return look(name, (one) => one, (one) => tell(one, { files, reading, home }));
}

/** The code or the jar that has the class of the handler; none for one of a layer. Jars are opened only where the code has none. */
function treeWith(name: string, unpacked: Unpacked): FileTree | undefined {
  if (unpacked.task.get(`${name}.class`)) return unpacked.task;
  const root = new ClassPath(unpacked).find(name);
  return root?.isOfLayer ? undefined : root?.files;
}

interface OwnClasses {
  readonly files: FileTree;
  readonly reading: Reading;
  readonly home: string;
}

/** Libraries are often unzipped into the same folders: what has other names is theirs. */
function tell(name: string, { files, reading, home }: OwnClasses): Told<string> {
  if (homeOf(name) !== home) return { isWhole: HARMLESS.test(name) };
  const file = files.get(`${name}.class`);
  const bytes = file && reading.bytes(file);
  const named = bytes && readNamed(bytes);
  if (!named) return {};
  if (named.texts.some((text) => ANSWERS.test(text))) return { answers: true };
  return { parts: named.classes.flatMap((one) => /^\[*L?([^[;]+);?$/.exec(one)?.[1] ?? []), isWhole: true };
}

/** `com/example` for a class of com.example.orders: where the code of one owner is. */
function homeOf(name: string): string {
  return name.split('/').slice(0, -1).slice(0, 2).join('/');
}
