import { Reading, Seen } from './look';
import { readAssembly } from '../dotnet/assembly';
import { Unpacked } from '../unpacked';

/** Classes of AWS that are an answer, and the attribute of Powertools that makes one. */
const NAMES = ['SQSBatchResponse', 'StreamsEventResponse', 'KinesisTimeWindowResponse', 'DynamoDBTimeWindowResponse', 'BatchProcessorAttribute'];

/** The answer itself: names are kept as UTF-8, literals as UTF-16. */
const ANSWER = 'batchItemFailures';

/** Its name in C#, as a property has it; `ReportBatchItemFailures` is an option of mappings. */
const PROPERTIES = ['\0BatchItemFailures\0', '\0get_BatchItemFailures\0', '\0set_BatchItemFailures\0'];

/** Assemblies of libraries that make no answer by themselves: what they have for it, the handler has to name. */
const LIBRARIES = /^(Amazon\.Lambda|AWSSDK|AWS\.Lambda\.Powertools|AWSXRayRecorder|System|Microsoft|Newtonsoft|Serilog|netstandard|mscorlib)\b/;

/**
 * Whether a function of .NET answers with the items that failed: whether the assembly of its handler names them.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function seenInDotnet({ handler, task }: Unpacked): Seen {
  const wanted = `${handler.split('::')[0].replace(/\.dll$/, '')}.dll`.toLowerCase();
  const file = task.files.find(({ path }) => path.toLowerCase() === wanted);
  const bytes = file && new Reading().bytes(file);
  if (!bytes || !readAssembly(bytes)) return 'unknown';
  const texts = [ANSWER, Buffer.from(ANSWER, 'utf16le'), ...PROPERTIES, ...NAMES];
  if (texts.some((text) => bytes.includes(text))) return 'yes';
  const others = task.files.filter((one) => one !== file && /\.dll$/i.test(one.path) && !LIBRARIES.test(one.path));
  return others.length === 0 ? 'no' : 'unknown';
}
