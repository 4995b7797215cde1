/** Who waits for the answer of a function. */
export enum InvocationMode {
  /** The caller waits, gets the error, and decides whether to try again: Lambda does not. */
  SYNCHRONOUS = 'synchronous',

  /** The service hands the event to Lambda, which tries again: twice by default. */
  ASYNCHRONOUS = 'asynchronous',

  /** Lambda polls the source, and waits itself. */
  POLLED = 'polled',
}
