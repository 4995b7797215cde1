/** A text whose first line says by what it is run. */
export interface Script {
  readonly kind: 'script';

  /** Path of the program. */
  readonly interpreter: string;

  /** What follows on the line: one argument, blanks and all. */
  readonly argument: string;

  /** Whether the line ends as on Windows, which Linux takes for a part of it. */
  readonly endsWithReturn: boolean;
}

/** Bytes of a first line that Linux looks at. */
const LINE_BYTES = 256;

/**
 * What runs a script; `undefined` if the file is none.
 *
 * @see https://man7.org/linux/man-pages/man2/execve.2.html
 */
export function scriptOf(bytes: Buffer): Script | undefined {
  if (bytes.toString('latin1', 0, 2) !== '#!') return undefined;
  const [line] = bytes.toString('utf8', 2, LINE_BYTES).split('\n', 1);
  const endsWithReturn = line.endsWith('\r');
  const [interpreter, ...rest] = line.replace(/\r$/, '').trim().split(/[ \t]+/);
  return { kind: 'script', interpreter, argument: rest.join(' '), endsWithReturn };
}
