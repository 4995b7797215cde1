import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SourceSemantics } from '../limits/sources/source-semantics';
import { merged } from '../support/merge';

/** What makes events reach a function. Made by the factories of `PushSource` and `PullSource`. */
export abstract class SourceBase implements lambda.IEventSource {
  /** Who invokes, who tries again, and where a failed event ends. */
  public abstract readonly semantics: SourceSemantics;

  /** Called by `addEventSource()`: wires the source to the function, with the permissions that takes. */
  public abstract bind(target: lambda.IFunction): void;

  /**
   * An event as the handler receives it from this source, for unit tests: the documented example of the service.
   *
   * @param overrides parts of the event that are to be different; lists are gone through entry by entry
   * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
   */
  public sampleEvent(overrides: { [name: string]: any } = {}): { [name: string]: any } {
    return merged(this._sampleEvent(), overrides) as { [name: string]: any };
  }

  /**
   * The documented example.
   *
   * @internal
   */
  protected abstract _sampleEvent(): object;
}
