import { randomNumbers, Timeline } from './timeline';

/**
 * One stream that Lambda reads for one function, record by record. It shares no code with `src/`: it does what AWS's pages say.
 *
 * - Each shard is read in order, in as many lanes as the parallelization factor says; a batch that failed is tried again, and what is behind it
 *   waits, until it succeeds, has been tried often enough, or its records are too old.
 * - Halving a batch is no retry. What is throttled is tried again, which is none either.
 *   https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html
 * - Of records that are given up, a destination that is a queue or a topic is told where they are in the stream: they have to be read again
 *   while the stream still has them. A bucket gets the records.
 *   https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 * - With partial batch responses, what comes before the first record that failed is done.
 *   https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 */
export interface StreamWorld {
  /** Shards times parallelization factor. */
  readonly lanes: number;
  /** All times are in seconds. */
  readonly retention: number;
  readonly batchSize: number;
  readonly isHalved: boolean;
  readonly reportsFailures: boolean;
  /** Infinity for as long as the record is there. */
  readonly retries: number;
  readonly recordAge: number;
  readonly destination: 'told' | 'records' | 'absent';
  /** Whether a new mapping begins with what is written after it was made. */
  readonly startsWithLatest: boolean;
  readonly reserved?: number;
}

export interface StreamTraffic {
  readonly records: number;
  /** Seconds between two records. */
  readonly gap: number;
  readonly duration: (random: () => number) => number;
  readonly throttledUntil?: number;
  readonly failsUntil?: number;
  /** Each how manieth record fails always. */
  readonly poisonEach?: number;
  readonly namesFailures: boolean;
  /** How long it takes until somebody reads again what was given up. */
  readonly readAfter: number;
  /** How long it takes to make the mapping, while records are written. */
  readonly madeAfter?: number;
}

export interface StreamOutcome {
  readonly done: number;
  /** Records that were given up and can be read again. */
  readonly givenUp: number;
  /** Those of them that the function would have succeeded with by themselves, when they were given up. */
  readonly givenUpThoughGood: number;
  readonly lost: Readonly<Record<string, number>>;
}

interface StreamRecord {
  readonly written: number;
  readonly isPoison: boolean;
  end?: 'done' | 'given up' | 'given up though good' | `lost: ${string}`;
}

/** Part of a lane that is tried as a batch: halves of halves are on top of what is behind them. */
interface Part {
  readonly records: readonly StreamRecord[];
  retries: number;
}

interface Lane {
  readonly records: readonly StreamRecord[];
  next: number;
  parts: Part[];
  pause: number;
}

const LONGEST_PAUSE = 60;

export function simulateStream(world: StreamWorld, traffic: StreamTraffic, seed = 1): StreamOutcome {
  return new SimulatedStream(world, traffic, randomNumbers(seed)).run();
}

class SimulatedStream {
  private readonly events = new Timeline<{ readonly lane: Lane; readonly what: 'read' | 'ended' }>();
  private readonly records: readonly StreamRecord[];
  private now = 0;
  private running = 0;

  constructor(private readonly world: StreamWorld, private readonly traffic: StreamTraffic, private readonly random: () => number) {
    const { records, gap, poisonEach = Infinity, madeAfter = 0 } = traffic;
    this.records = Array.from({ length: records }, (_, index) => ({ written: index * gap, isPoison: index % poisonEach === poisonEach - 1 }));
    for (let index = 0; index < world.lanes; index += 1) {
      const lane = { records: this.records.filter((_, at) => at % world.lanes === index), next: 0, parts: [], pause: 1 };
      this.events.add(madeAfter, { lane, what: 'read' });
    }
    if (world.startsWithLatest) this.records.filter(({ written }) => written < madeAfter).forEach((record) => this.end([record], 'lost: written while the mapping was made'));
  }

  public run(): StreamOutcome {
    while (this.events.next < Infinity) {
      this.now = this.events.next;
      const { lane, what } = this.events.take();
      if (what === 'read') this.read(lane);
      else this.finish(lane);
    }
    return this.outcome();
  }

  private read(lane: Lane): void {
    const part = this.partOf(lane);
    if (!part) {
      // what is not written yet
      if (lane.next < lane.records.length) this.events.add(Math.max(lane.records[lane.next].written, this.now + 1), { lane, what: 'read' });
    } else if (this.running < this.capacity()) {
      this.running += 1;
      this.events.add(this.now + this.traffic.duration(this.random), { lane, what: 'ended' });
    } else {this.tryAgain(lane);}
  }

  /** What is tried next, without what is too old by now. */
  private partOf(lane: Lane): Part | undefined {
    for (;;) {
      const top = lane.parts.pop() ?? this.nextBatch(lane);
      if (!top) return undefined;
      const records = top.records.filter((record) => this.isStillWanted(record));
      if (records.length === 0) continue;
      const part = { ...top, records };
      lane.parts.push(part);
      return part;
    }
  }

  private nextBatch(lane: Lane): Part | undefined {
    const written = lane.records.slice(lane.next, lane.next + this.world.batchSize).filter((record) => record.written <= this.now);
    if (written.length === 0) return undefined;
    lane.next += written.length;
    return { records: written, retries: 0 };
  }

  private isStillWanted(record: StreamRecord): boolean {
    if (record.end !== undefined) return false;
    const age = this.now - record.written;
    if (age >= this.world.retention) this.end([record], 'lost: the stream dropped it');
    else if (age >= this.world.recordAge) this.giveUp([record]);
    return record.end === undefined;
  }

  private capacity(): number {
    return this.now < (this.traffic.throttledUntil ?? 0) ? 0 : this.world.reserved ?? Infinity;
  }

  private tryAgain(lane: Lane): void {
    this.events.add(this.now + lane.pause, { lane, what: 'read' });
    lane.pause = Math.min(2 * lane.pause, LONGEST_PAUSE);
  }

  private finish(lane: Lane): void {
    this.running -= 1;
    const part = lane.parts.pop()!;
    const failed = part.records.findIndex((record) => this.fails(record));
    if (failed < 0) {
      this.end(part.records, 'done');
      lane.pause = 1;
      return this.read(lane);
    }
    if (this.traffic.namesFailures && !this.world.reportsFailures) {
      part.records.forEach((record) => this.end([record], this.fails(record) ? 'lost: passed though the function failed for it' : 'done'));
      return this.read(lane);
    }
    const isNamed = this.traffic.namesFailures && this.world.reportsFailures;
    if (isNamed) this.end(part.records.slice(0, failed), 'done');
    this.failed(lane, { records: isNamed ? part.records.slice(failed) : part.records, retries: part.retries });
  }

  private failed(lane: Lane, { records, retries }: Part): void {
    if (this.world.isHalved && records.length > 1) {
      const half = Math.ceil(records.length / 2);
      lane.parts.push({ records: records.slice(half), retries }, { records: records.slice(0, half), retries });
    } else if (retries < this.world.retries) {
      lane.parts.push({ records, retries: retries + 1 });
    } else {
      this.giveUp(records);
      lane.pause = 1;
      return this.read(lane);
    }
    this.tryAgain(lane);
  }

  private fails(record: StreamRecord): boolean {
    return record.isPoison || this.now < (this.traffic.failsUntil ?? 0);
  }

  private giveUp(records: readonly StreamRecord[]): void {
    const { destination, retention } = this.world;
    for (const record of records) {
      if (destination === 'absent') this.end([record], 'lost: given up, and nobody is told');
      else if (destination === 'told' && record.written + retention < this.now + this.traffic.readAfter) this.end([record], 'lost: dropped before it was read again');
      else this.end([record], this.fails(record) ? 'given up' : 'given up though good');
    }
  }

  private end(records: readonly StreamRecord[], end: StreamRecord['end']): void {
    records.forEach((record) => { record.end ??= end; });
  }

  private outcome(): StreamOutcome {
    const count = (end: string) => this.records.filter((record) => record.end === end).length;
    const reasons = new Set(this.records.flatMap(({ end = 'lost: never read' }) => end.startsWith('lost: ') ? [end] : []));
    const lost = Object.fromEntries([...reasons].map((reason) => [reason.slice('lost: '.length), count(reason)]));
    const givenUpThoughGood = count('given up though good');
    return { done: count('done'), givenUp: count('given up') + givenUpThoughGood, givenUpThoughGood, lost };
  }
}
