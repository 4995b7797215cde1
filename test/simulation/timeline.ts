/** Random numbers that are the same each time: Lehmer's generator. */
export function randomNumbers(seed: number): () => number {
  let state = seed % 2147483646 + 1;
  return () => {
    state = state * 48271 % 2147483647;
    return state / 2147483647;
  };
}

export const constant = (value: number) => () => value;
export const exponential = (average: number, random: () => number) => () => -average * Math.log(1 - random());

/** What happens, in the order of time: a heap. */
export class Timeline<T> {
  private readonly heap: { readonly time: number; readonly what: T }[] = [];

  public add(time: number, what: T): void {
    const { heap } = this;
    let at = heap.push({ time, what }) - 1;
    while (at > 0) {
      const parent = Math.floor((at - 1) / 2);
      if (heap[parent].time <= heap[at].time) break;
      [heap[parent], heap[at]] = [heap[at], heap[parent]];
      at = parent;
    }
  }

  public get next(): number {
    return this.heap.length > 0 ? this.heap[0].time : Infinity;
  }

  public take(): T {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop()!;
    if (heap.length === 0) return first.what;
    heap[0] = last;
    for (let at = 0; ;) {
      const smallest = [2 * at + 1, 2 * at + 2].filter((child) => child < heap.length)
        .reduce((least, child) => heap[child].time < heap[least].time ? child : least, at);
      if (smallest === at) return first.what;
      [heap[smallest], heap[at]] = [heap[at], heap[smallest]];
      at = smallest;
    }
  }
}
