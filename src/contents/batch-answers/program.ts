import { Reading, Seen } from './look';
import { binaryOf } from '../native/binary';
import { Unpacked } from '../unpacked';

/** Go and Rust write the names of fields into the program; .NET, compiled ahead of time, has literals as UTF-16. */
const ANSWERS = [Buffer.from('batchItemFailures'), Buffer.from('batchItemFailures', 'utf16le')];

/** By this the linker of Go marks what it writes; it is not there in a program that is packed. */
const OF_GO = Buffer.from('\xff Go buildinf:', 'latin1');

/**
 * Whether a program answers with the items that failed: whether it has their name among its bytes. The types of a library that are not
 * used are not linked. Only of programs of Go it is sure that what is not there is not answered.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function seenInProgram({ task }: Unpacked): Seen {
  const file = task.get('bootstrap');
  const bytes = file && new Reading().bytes(file);
  if (!bytes || binaryOf(bytes).kind !== 'elf') return 'unknown';
  if (ANSWERS.some((answer) => bytes.includes(answer))) return 'yes';
  return bytes.includes(OF_GO) ? 'no' : 'unknown';
}
