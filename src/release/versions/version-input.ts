/**
 * One of the things that decide whether a new version is published.
 *
 * All members are plain data: keep the list as JSON, and compare it with that of the next synthesis.
 */
export interface VersionInput {
  /** What it is: `Code.S3Key`, `Environment.TABLE`, `Layers[0]`, `Tags.team`, `VersionInputs.release`. */
  readonly name: string;

  /**
   * What it is set to: text as it is, everything else as the JSON of the template, with references as they stand there.
   *
   * A value that is long, or whose name sounds like a secret, is a hash of it.
   */
  readonly value: string;

  /** Whether another value means another version: the template then names a new one, or replaces it. */
  readonly makesVersion: boolean;

  /** Why it does, or does not, and what a change of nothing else would end in. */
  readonly why: string;
}

/** What became of one input between two syntheses. */
export interface VersionChange {
  /** Name of the input. */
  readonly name: string;

  /**
   * What it was.
   *
   * @default - the input is new
   */
  readonly before?: string;

  /**
   * What it is.
   *
   * @default - the input is gone
   */
  readonly after?: string;

  /** Whether a new version is made because of this. */
  readonly makesVersion: boolean;

  /** Why it is, or is not. */
  readonly why: string;
}
