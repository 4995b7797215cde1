import { InvocationMode } from '../invocation-mode';

/** A number that a service holds the functions to that it invokes. */
export interface SourceLimit {
  /** What is limited: `time until the answer`, `bytes of the event`. */
  readonly name: string;

  /** The most there may be. */
  readonly value: number;

  /** Unit of the value, e.g. `seconds`, `bytes`. */
  readonly unit: string;
}

/** The names that libraries have for the type of an event. */
export interface EventTypeNames {
  /**
   * In `@types/aws-lambda`.
   *
   * @default - the package has no type for it
   */
  readonly typescript?: string;

  /**
   * In `aws_lambda_powertools.utilities.data_classes`.
   *
   * @default - the library has no class for it: the event is a dictionary
   */
  readonly python?: string;

  /**
   * Full name in `aws-lambda-java-events`.
   *
   * @default - the library has no class for it
   */
  readonly java?: string;

  /**
   * Full name in the `Amazon.Lambda.*Events` packages.
   *
   * @default - there is no package for it
   */
  readonly dotnet?: string;

  /**
   * In `github.com/aws/aws-lambda-go/events`.
   *
   * @default - the package has no type for it
   */
  readonly go?: string;
}

/** How a source invokes functions, and what becomes of an event when the function fails. */
export interface SourceSemantics {
  /** Name of the service, e.g. `Amazon S3`. */
  readonly service: string;

  /** Who waits for the answer. */
  readonly invocation: InvocationMode;

  /**
   * The service principal that the resource policy of the function lets in.
   *
   * @default - the service invokes with a role, see `assumesRole`
   */
  readonly principal?: string;

  /**
   * The service principal that assumes the role with which the function is invoked.
   *
   * @default - the service invokes by the resource policy, see `principal`
   */
  readonly assumesRole?: string;

  /**
   * Who invokes, in words, where that is neither a service nor a role that it assumes.
   *
   * @default - see `principal` and `assumesRole`
   */
  readonly caller?: string;

  /** The condition keys that hold the permission to its source. */
  readonly conditionKeys: string[];

  /** Who tries again how often, in words. */
  readonly retries: string;

  /** Where an event ends for which all attempts failed, in words. */
  readonly failedEvents: string;

  /** What the service holds the function to. */
  readonly limits: SourceLimit[];

  /** The type of the event that the handler receives. */
  readonly eventType: EventTypeNames;

  /** Where AWS says so. */
  readonly documentation: string;
}
