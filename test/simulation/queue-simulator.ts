import { randomNumbers, Timeline } from './timeline';

/**
 * One queue that Lambda reads for one function, message by message. It shares no code with `src/`: it does what AWS's pages say.
 *
 * - Lambda reads 5 batches at once at first, 300 more a minute while there are messages, up to the maximum concurrency or 1,250. It does not
 *   account for reserved concurrency.
 *   https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 *   https://repost.aws/knowledge-center/lambda-sqs-scaling
 * - A batch that is throttled is tried again until the visibility timeout of its messages is over, and reads less at once meanwhile; how much
 *   less, AWS does not say. A batch that failed is not tried again: its messages come back after the visibility timeout.
 *   https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 * - A message that was received as often as the redrive policy says goes to the dead-letter queue when it would be received again, whether a
 *   function has seen it or not. Of a standard queue, the time of sending counts there, too.
 *   https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
export interface QueueWorld {
  /** All times are in seconds. */
  readonly visibility: number;
  readonly retention: number;
  /** None without a dead-letter queue. */
  readonly deadLetters?: { readonly maxReceiveCount: number; readonly retention: number };
  readonly batchSize: number;
  readonly window: number;
  /** Batches that Lambda reads at once at most. */
  readonly most: number;
  readonly reportsFailures: boolean;
  readonly timeout: number;
  /** None where the function takes from what is not reserved: there is enough of it here. */
  readonly reserved?: number;
}

export interface QueueTraffic {
  /** Messages that are there at first. */
  readonly messages: number;
  /** How long a batch takes. */
  readonly duration: (random: () => number) => number;
  /** Until when others use up the concurrency of the function. */
  readonly throttledUntil?: number;
  /** Each how manieth message fails always. */
  readonly poisonEach?: number;
  /** Until when the function fails for everything. */
  readonly failsUntil?: number;
  /** Whether the function says which messages failed, rather than to throw. */
  readonly namesFailures: boolean;
  /** What is left of the batches that are read at once when one is throttled: from 0 to 1, which is no change. */
  readonly backoff: number;
  /** How long dead letters lie before somebody reads them. */
  readonly readAfter: number;
}

export interface QueueOutcome {
  readonly done: number;
  /** Dead letters that somebody reads. */
  readonly deadLetters: number;
  /** Those of them that the function has never failed for. */
  readonly deadByThrottling: number;
  /** How many are lost, by why. */
  readonly lost: Readonly<Record<string, number>>;
}

interface Message {
  readonly sent: number;
  readonly isPoison: boolean;
  receives: number;
  failures: number;
  end?: 'done' | 'dead letter' | 'dead by throttling' | `lost: ${string}`;
}

interface Batch {
  /** With the number of the receive: a message may be received again while it is still worked on. */
  readonly messages: readonly { readonly message: Message; readonly receive: number }[];
  readonly hiddenUntil: number;
  pause: number;
}

type Event = { readonly again: Batch } | { readonly ended: Batch } | { readonly visible: Message; readonly receive: number } | 'look';

const AT_FIRST = 5;
const MORE_A_SECOND = 300 / 60;
const LEAST = 2;
const LONGEST_PAUSE = 20;

export function simulateQueue(world: QueueWorld, traffic: QueueTraffic, seed = 1): QueueOutcome {
  return new SimulatedQueue(world, traffic, randomNumbers(seed)).run();
}

class SimulatedQueue {
  private readonly events = new Timeline<Event>();
  private readonly messages: readonly Message[];
  private visible: Message[];
  private now = 0;
  private allocated: number;
  private inFlight = 0;
  private running = 0;
  private throttled = false;
  private left: number;

  constructor(private readonly world: QueueWorld, private readonly traffic: QueueTraffic, private readonly random: () => number) {
    const { messages, poisonEach = Infinity } = traffic;
    const isPoison = (index: number) => index % poisonEach === poisonEach - 1;
    this.messages = Array.from({ length: messages }, (_, index) => ({ sent: 0, isPoison: isPoison(index), receives: 0, failures: 0 }));
    this.visible = [...this.messages];
    this.left = messages;
    this.allocated = Math.min(AT_FIRST, world.most);
  }

  public run(): QueueOutcome {
    this.events.add(0, 'look');
    while (this.left > 0) {
      this.now = this.events.next;
      this.happen(this.events.take());
    }
    return this.outcome();
  }

  private happen(event: Event): void {
    if (event === 'look') return this.look();
    if ('visible' in event) return this.appear(event.visible, event.receive);
    if ('again' in event) return this.invoke(event.again);
    this.finish(event.ended);
  }

  /** Once a second Lambda reads more at once, unless it was throttled. */
  private look(): void {
    if (this.visible.length > 0 && !this.throttled) this.allocated = Math.min(this.allocated + MORE_A_SECOND, this.world.most);
    this.throttled = false;
    this.receive();
    this.events.add(this.now + 1, 'look');
  }

  private receive(): void {
    const { batchSize, window, visibility } = this.world;
    while (this.inFlight < Math.floor(this.allocated) && this.visible.length > 0) {
      const received: Message[] = [];
      while (received.length < batchSize && this.visible.length > 0) {
        const message = this.visible.shift()!;
        if (this.isStillThere(message)) received.push(message);
      }
      if (received.length === 0) continue;
      const hiddenUntil = this.now + visibility;
      for (const message of received) {
        message.receives += 1;
        this.events.add(hiddenUntil, { visible: message, receive: message.receives });
      }
      this.inFlight += 1;
      const batch = { messages: received.map((message) => ({ message, receive: message.receives })), hiddenUntil, pause: 1 };
      this.events.add(this.now + (received.length < batchSize ? window : 0), { again: batch });
    }
  }

  /** What was kept too long is gone, and what was received too often is a dead letter. */
  private isStillThere(message: Message): boolean {
    const { retention, deadLetters } = this.world;
    if (this.now - message.sent >= retention) this.end(message, 'lost: the queue dropped it');
    else if (deadLetters && message.receives >= deadLetters.maxReceiveCount) this.bury(message, deadLetters.retention);
    return message.end === undefined;
  }

  private bury(message: Message, retention: number): void {
    if (message.sent + retention < this.now + this.traffic.readAfter) this.end(message, 'lost: the dead-letter queue dropped it');
    else this.end(message, message.failures === 0 ? 'dead by throttling' : 'dead letter');
  }

  private invoke(batch: Batch): void {
    if (this.running < this.capacity()) {
      this.running += 1;
      this.events.add(this.now + Math.min(this.traffic.duration(this.random), this.world.timeout), { ended: batch });
      return;
    }
    this.throttled = true;
    this.allocated = Math.max(this.allocated * this.traffic.backoff, LEAST);
    const next = this.now + batch.pause;
    batch.pause = Math.min(2 * batch.pause, LONGEST_PAUSE);
    if (next < batch.hiddenUntil) this.events.add(next, { again: batch });
    else this.inFlight -= 1;
  }

  private capacity(): number {
    return this.now < (this.traffic.throttledUntil ?? 0) ? 0 : this.world.reserved ?? Infinity;
  }

  private finish({ messages }: Batch): void {
    this.running -= 1;
    this.inFlight -= 1;
    const fails = ({ isPoison }: Message) => isPoison || this.now < (this.traffic.failsUntil ?? 0);
    const hasFailed = messages.some(({ message }) => fails(message));
    const { namesFailures } = this.traffic;
    for (const { message, receive } of messages) {
      if (fails(message)) message.failures += 1;
      const isDeleted = namesFailures ? !this.world.reportsFailures || !fails(message) : !hasFailed;
      // what was received again meanwhile, only the later receive deletes
      if (isDeleted && receive === message.receives) this.end(message, fails(message) ? 'lost: deleted though the function failed for it' : 'done');
    }
    this.receive();
  }

  private appear(message: Message, receive: number): void {
    if (message.end === undefined && receive === message.receives) this.visible.push(message);
  }

  private end(message: Message, end: Message['end']): void {
    if (message.end !== undefined) return;
    message.end = end;
    this.left -= 1;
  }

  private outcome(): QueueOutcome {
    const count = (end: string) => this.messages.filter((message) => message.end === end).length;
    const reasons = new Set(this.messages.flatMap(({ end = '' }) => end.startsWith('lost: ') ? [end] : []));
    const lost = Object.fromEntries([...reasons].map((reason) => [reason.slice('lost: '.length), count(reason)]));
    const deadByThrottling = count('dead by throttling');
    return { done: count('done'), deadLetters: count('dead letter') + deadByThrottling, deadByThrottling, lost };
  }
}
