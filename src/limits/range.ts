/** A range that AWS enforces, both ends included. */
export interface Range {
  readonly min: number;
  readonly max: number;
  /** Unit of both ends, as it is written behind a number. */
  readonly unit: string;
  /** Where AWS says so. */
  readonly source: string;
}
