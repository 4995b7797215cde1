import { Polled, polledBy } from './mapping';
import type { Words } from './pushed';
import { queueWords } from './queue';
import { streamWords } from './stream';
import type { Resource } from '../resource';

/** What becomes of what Lambda polls, in words. */
export function polledWords(mapping: Resource, fn: Resource): Words {
  const { polled } = polledBy(mapping);
  switch (polled) {
    case 'queue': return queueWords(mapping, fn);
    case 'stream':
    case 'kafka': return streamWords(mapping, polled);
    default: return OTHERS[polled ?? 'unknown'];
  }
}

const IN_ORDER = 'as on an error; those behind it wait';

const OTHERS: Readonly<Record<Exclude<Polled, 'queue' | 'stream' | 'kafka'> | 'unknown', Words>> = {
  // https://docs.aws.amazon.com/lambda/latest/dg/services-mq-errors.html
  broker: {
    onError: 'the whole batch goes back to the broker, which delivers it again by its own rules',
    onTimeout: 'the whole batch goes back to the broker, which delivers it again by its own rules',
    onThrottle: 'Lambda tries again; how long, AWS does not say',
    onOversize: 'a message of more than 6 MB is dropped',
    onPoisonRecord: 'the others of its batch come again with it',
    endsIn: 'not known: the broker decides, by its dead-letter queue if it has one',
  },
  // https://docs.aws.amazon.com/documentdb/latest/developerguide/using-lambda.html
  documents: {
    onError: 'the batch is tried again until it succeeds, or the change stream drops it: then Lambda disables the mapping',
    onTimeout: 'the batch is tried again until it succeeds, or the change stream drops it: then Lambda disables the mapping',
    onThrottle: 'Lambda tries again; the change stream waits meanwhile',
    onOversize: 'events of more than 6 MB are not handed over; what becomes of them, AWS does not say',
    onPoisonRecord: IN_ORDER,
    endsIn: 'lost: there is no on-failure destination for change streams, which drop what is too old',
  },
  unknown: {
    onError: 'not known: the deployment decides what is polled',
    onTimeout: 'not known: the deployment decides what is polled',
    onThrottle: 'not known: the deployment decides what is polled',
    onOversize: 'not known: the deployment decides what is polled',
    onPoisonRecord: 'not known: the deployment decides what is polled',
    endsIn: 'not known: the deployment decides what is polled',
  },
};
