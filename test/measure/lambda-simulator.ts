import { Timeline } from '../simulation/timeline';

/**
 * One Lambda function, request by request: who arrives, which environments there are, who finds one. It shares no formula
 * with `src/measure/`: it counts.
 *
 * - An idle environment takes the next request. Without one a new one is made, if the function may have more and the
 *   scaling rate has a unit left: 1,000 units at first, 100 a second after that, never more than 1,000.
 * - Of synchronous requests there are ten a second for each environment that the function may have. Up to that, the rate
 *   grows as the environments do: 10,000 a second more than before at once, and 1,000 a second more every second.
 * - Who finds no environment is refused, or waits: callers that ask again, events in Lambda's own queue, messages.
 *   What arrives steadily comes before what waits of the burst.
 * - Pollers let through as many batches at once as there are pollers.
 */
export interface World {
  /** Environments that the function may have. */
  readonly most: number;
  /** Environments that are there from the start. */
  readonly provisioned?: number;
  /** Whether requests are synchronous: there is a limit to their rate. */
  readonly synchronous: boolean;
  /** Whether those that find no environment come again. */
  readonly waits: boolean;
  readonly pollers?: { readonly first: number; readonly perMinute: number; readonly most: number };
}

export interface Traffic {
  /** Times between steady requests. */
  readonly gap: () => number;
  /** How long a request takes. */
  readonly duration: () => number;
  /** Requests that arrive at once, and when. */
  readonly burst?: { readonly at: number; readonly size: number };
  /** Arrivals end here. */
  readonly until: number;
  /** Nothing before this is counted. */
  readonly from?: number;
}

export interface Observed {
  /** Environments that were busy, on average over time. */
  readonly busy: number;
  readonly arrivedPerSecond: number;
  /** Steady requests per second that found no environment when they arrived, or were still waiting in the end. */
  readonly refusedPerSecond: number;
  /** Growth of what waits, per second. */
  readonly waitingMorePerSecond: number;
  readonly startedAtOnce: number;
  /** Between the burst and the start of the last of it; Infinity if some of it never started. */
  readonly burstSeconds: number;
  readonly environments: number;
}

const EPSILON = 1e-9;

type Event = 'arrival' | 'burst' | 'finished' | 'look again';

class SimulatedFunction {
  private now = 0;
  private idle: number;
  private running = 0;
  private environments: number;
  private rate = 10_000;
  private permits = 10_000;
  private permitsAt = 0;
  private started = 0;
  private units = 1_000;
  private unitsAt = 0;
  private level = 0;
  private levelAt = 0;
  private waitingSteady = 0;
  private waitingBurst = 0;
  private looksAgain = false;
  private busyTime = 0;
  private arrived = 0;
  private refused = 0;
  private waitingAtFirst = 0;
  private startedAtOnce = 0;
  private lastOfBurst = 0;
  private readonly events = new Timeline<Event>();

  constructor(private readonly world: World, private readonly traffic: Traffic) {
    this.environments = this.idle = world.provisioned ?? 0;
    this.permits = Math.min(this.permits, 10 * world.most);
  }

  public run(): Observed {
    const { burst, until, from = 0 } = this.traffic;
    this.events.add(this.traffic.gap(), 'arrival');
    if (burst) this.events.add(burst.at, 'burst');
    let counting = from === 0;
    while (this.events.next <= until || (this.waitingBurst > 0 && this.events.next < until * 50)) {
      if (!counting && this.events.next >= from) {
        counting = true;
        this.pass(from);
        [this.busyTime, this.arrived, this.refused, this.waitingAtFirst] = [0, 0, 0, this.waitingSteady];
      }
      this.pass(this.events.next);
      this.happen(this.events.take());
    }
    const seconds = this.now - from;
    return {
      busy: this.busyTime / seconds,
      arrivedPerSecond: this.arrived / seconds,
      refusedPerSecond: this.refused / seconds,
      waitingMorePerSecond: (this.waitingSteady - this.waitingAtFirst) / seconds,
      startedAtOnce: this.startedAtOnce,
      burstSeconds: this.waitingBurst > 0 ? Infinity : this.lastOfBurst - (burst?.at ?? 0),
      environments: this.environments,
    };
  }

  private pass(time: number): void {
    this.busyTime += this.running * (time - this.now);
    this.now = time;
  }

  private happen(event: Event): void {
    switch (event) {
      case 'arrival': return this.arrive();
      case 'burst': return this.arriveAtOnce();
      case 'finished':
        this.running--;
        this.idle++;
        break;
      case 'look again':
        this.looksAgain = false;
    }
    this.serveWaiting();
  }

  private arrive(): void {
    this.events.add(this.now + this.traffic.gap(), 'arrival');
    this.arrived++;
    // Who leaves at this very moment leaves first.
    while (this.events.next <= this.now + EPSILON) this.happen(this.events.take());
    if (this.start()) return;
    this.refused++;
    if (this.world.waits) this.waitingSteady++;
    this.lookAgainLater();
  }

  private arriveAtOnce(): void {
    for (let count = 0; count < this.traffic.burst!.size; count++) {
      if (this.start()) this.startedAtOnce++;
      else this.waitingBurst++;
    }
    this.lastOfBurst = this.now;
    if (!this.world.waits) this.waitingBurst = 0;
    this.lookAgainLater();
  }

  private serveWaiting(): void {
    while (this.waitingSteady > 0 && this.start()) this.waitingSteady--;
    while (this.waitingBurst > 0 && this.start()) {
      this.waitingBurst--;
      this.lastOfBurst = this.now;
    }
    this.lookAgainLater();
  }

  /** Units of the scaling rate and pollers come with time: there is no event of their own that would tell. */
  private lookAgainLater(): void {
    if (this.looksAgain || this.waitingSteady + this.waitingBurst === 0) return;
    const { most, pollers } = this.world;
    const waits = [
      ...this.world.synchronous && this.permits < 1 ? [Math.max(0.001, (1 - this.permits) / this.rate)] : [],
      ...this.idle === 0 && this.environments < most ? [Math.max(0.001, (1 - this.units) / 100)] : [],
      ...pollers && this.level < pollers.most ? [60 / pollers.perMinute] : [],
    ];
    if (waits.length === 0) return;
    this.looksAgain = true;
    this.events.add(this.now + Math.min(...waits), 'look again');
  }

  private start(): boolean {
    if (this.running >= this.pollers() || !this.isWithinRate() || !this.takeEnvironment()) return false;
    this.running++;
    this.started++;
    this.permits--;
    this.events.add(this.now + this.traffic.duration(), 'finished');
    return true;
  }

  /** Requests of about a second may come at once. */
  private isWithinRate(): boolean {
    if (!this.world.synchronous) return true;
    const passed = this.now - this.permitsAt;
    this.permitsAt = this.now;
    if (this.permits < 1) this.rate += 1_000 * passed;
    this.rate = Math.min(10 * this.world.most, Math.max(this.rate, 10_000 + this.started / Math.max(1, this.now)));
    this.permits = Math.min(this.rate, this.permits + this.rate * passed);
    return this.permits >= 1;
  }

  private takeEnvironment(): boolean {
    if (this.idle > 0) {
      this.idle--;
      return true;
    }
    this.units = Math.min(1_000, this.units + 100 * (this.now - this.unitsAt));
    this.unitsAt = this.now;
    if (this.environments >= this.world.most || this.units < 1) return false;
    this.units--;
    this.environments++;
    return true;
  }

  /** Pollers become more as long as there is something left to poll; those that are busy are never fewer. */
  private pollers(): number {
    const { pollers } = this.world;
    if (!pollers) return Infinity;
    if (this.waitingSteady + this.waitingBurst === 0) this.level = Math.max(pollers.first, this.running);
    else this.level += (this.now - this.levelAt) * pollers.perMinute / 60;
    this.levelAt = this.now;
    this.level = Math.min(pollers.most, this.level);
    return Math.floor(this.level + EPSILON);
  }
}

export function simulate(world: World, traffic: Traffic): Observed {
  return new SimulatedFunction(world, traffic).run();
}
