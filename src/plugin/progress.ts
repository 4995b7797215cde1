/** How long nothing may be heard of checks that go on. */
const PATIENCE_MS = 2000;

/** Says what was just checked whenever that took so long that people wonder. */
export class Progress {
  private last: number;

  constructor(private readonly write: (line: string) => void, private readonly now: () => number = Date.now) {
    this.last = now();
  }

  /** Something was done. */
  public done(what: string): void {
    const now = this.now();
    if (now - this.last < PATIENCE_MS) return;
    this.write(`cdk-event-functions: ${what} (${((now - this.last) / 1000).toFixed(1)} s)\n`);
    this.last = now;
  }
}
