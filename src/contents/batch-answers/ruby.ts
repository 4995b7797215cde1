import { posix } from 'path';
import { look, Reading, Seen, Told } from './look';
import { FileTree, PackageFile } from '../file-tree';
import { isHarmless } from '../ruby/library';
import { withoutBlocks } from '../ruby/source';
import { Unpacked } from '../unpacked';

/** Ways to have code from elsewhere. */
const ELSEWHERE = /\b(load|autoload|eval|instance_eval|class_eval|module_eval)\b/;

/**
 * Whether a function of Ruby answers with the items that failed: the file of its handler, and those that it requires by their place.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function seenInRuby({ handler, task }: Unpacked): Seen {
  const file = task.get(`${handler.split('.')[0].replace(/^\/var\/task\//, '')}.rb`);
  const reading = new Reading();
  return file ? look(file, ({ path }) => path, (one) => tell(one, task, reading)) : 'unknown';
}

function tell(file: PackageFile, task: FileTree, reading: Reading): Told<PackageFile> {
  const text = reading.text(file);
  if (text === undefined) return {};
  const code = withoutBlocks(text.replace(/\r\n?/g, '\n')).replace(/^[ \t]*#.*$/gm, '');
  if (/batchItemFailures/.test(code)) return { answers: true };
  const required = [...code.matchAll(/\brequire(_relative)?\b[ \t(]*(?:(['"])([\w/.-]+)\2)?/g)];
  const found = required.map(([, isRelative, , name]) => name !== undefined && isRelative ? relative(file, name, task) : name);
  const isKnown = found.every((one) => typeof one === 'object' || one !== undefined && isHarmless(one));
  return { parts: found.filter((one) => typeof one === 'object'), isWhole: isKnown && !ELSEWHERE.test(code) };
}

function relative({ path }: PackageFile, name: string, task: FileTree): PackageFile | undefined {
  return task.get(posix.join(posix.dirname(path), `${name.replace(/\.rb$/, '')}.rb`));
}
