import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** What is wrong with one property, in the words of the person who set it. */
export interface Mistake {
  /** Stable name of the rule that was broken, in PascalCase. Never reused. */
  readonly code: string;
  /** The property as the user wrote it, e.g. `filters[0].prefix`. */
  readonly property: string;
  /** What would have been right, after "must be". */
  readonly allowed: string;
  /** What was given. */
  readonly got: unknown;
  /** What to do about it. */
  readonly fix: string;
}

/**
 * The error of every check in this library. `name` is the code, as in the CDK's own errors.
 *
 * Not exported: jsii shows other languages the message, which ends with the code and the construct.
 */
export class LambdaConstructError extends Error {
  public readonly constructPath: string;

  constructor(scope: IConstruct | undefined, public readonly code: string, message: string) {
    // 'Default' is the wrapped construct, which the user did not name
    const path = scope?.node.path.replace(/\/Default$/, '') ?? '';
    super(`${message} [${code}${scope ? ` at ${path || 'the app'}` : ''}]`);
    this.name = code;
    this.constructPath = path;
  }
}

/** The error for a mistake: `'property' must be <allowed>, got <value>; <what to do> [Code at Path]`. What is no construct has no path. */
export function mistake(scope: IConstruct | undefined, { code, property, allowed, got, fix }: Mistake): LambdaConstructError {
  return new LambdaConstructError(scope, code, `'${property}' must be ${allowed}, got ${show(got)}; ${fix}`);
}

/** A value as the user would write it; a token by that name, never by its encoding. */
export function show(value: unknown): string {
  if (Token.isUnresolved(value)) return 'a token';
  if (typeof value === 'number' || value === undefined) return String(value);
  return JSON.stringify(value, (_, part) => Token.isUnresolved(part) ? 'a token' : part);
}
