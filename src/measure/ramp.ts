/** Something that grows steadily up to its most. */
export interface Ramp {
  readonly atFirst: number;
  readonly perSecond: number;
  readonly most: number;
}

/** How many invocations may run at once, by the time that has passed: it never shrinks, and is straight between its corners. */
export interface Capacity {
  readonly corners: readonly Corner[];
}

interface Corner {
  readonly time: number;
  readonly slots: number;
  /** Growth from here on, per second. */
  readonly slope: number;
}

/** What several ramps leave together, when some of it is taken. */
export function capacityOf(ramps: readonly Ramp[], taken: number): Capacity {
  const lines = ramps.flatMap(({ atFirst, perSecond, most }) => [{ from: most, slope: 0 }, { from: Math.min(atFirst, most), slope: perSecond }]);
  const free = (time: number) => Math.min(...lines.map(({ from, slope }) => slope === 0 ? from : from + slope * time)) - taken;
  const slots = (time: number) => Math.max(0, free(time));
  const meetings = lines.flatMap((one) => lines.map((other) => (other.from - one.from) / (one.slope - other.slope)));
  const freed = lines.filter(({ slope }) => slope > 0).map(({ from, slope }) => (taken - from) / slope);
  const times = [0, ...[...meetings, ...freed].filter((time) => Number.isFinite(time) && time > 0).sort((a, b) => a - b)];
  const corners = times.filter((time, index) => time !== times[index - 1]).map((time, index, all) => {
    const next = all[index + 1];
    return { time, slots: slots(time), slope: next === undefined ? 0 : (slots(next) - slots(time)) / (next - time) };
  });
  return { corners };
}

/** Slots that there are at first, and in the end. */
export function slotsAtFirst({ corners }: Capacity): number {
  return corners[0].slots;
}

export function slotsInTheEnd({ corners }: Capacity): number {
  return corners[corners.length - 1].slots;
}

/** Seconds until so many invocations have started, if each slot takes the next whenever `each` seconds have passed. */
export function secondsUntilStarted(count: number, capacity: Capacity, each: number): number {
  const last = capacity.corners[capacity.corners.length - 1];
  let [low, high] = [0, last.time + each * (count / last.slots + 1)];
  for (let step = 0; step < 100 && high - low > 1e-9 * high; step++) {
    const middle = (low + high) / 2;
    if (started(middle, capacity, each) < count) low = middle;
    else high = middle;
  }
  return high;
}

/** Each slot that was there `k` rounds ago has started `k + 1` invocations. */
function started(time: number, { corners }: Capacity, each: number): number {
  return corners.reduce((sum, { time: from, slots, slope }, index) => {
    const to = corners[index + 1]?.time ?? Infinity;
    const fewest = to > time ? 0 : Math.floor((time - to) / each) + 1;
    const rounds = Math.floor((time - from) / each) - fewest + 1;
    if (time < from || rounds <= 0) return sum;
    const averageAge = time - from - each * (fewest + (rounds - 1) / 2);
    return sum + rounds * (slots + slope * averageAge);
  }, 0);
}
