import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ComposedFunction } from './composed-function';
import { EventFunctionBase } from './event-function-base';
import { EventFunctionOptions } from './event-function-options';
import { WrapOptions } from './wrap-options';
import { WrappedFunction } from './wrapped-function';
import { checkImageConfig, checkImageOptions, isImage } from '../code/image-checks';
import { buildForArchitecture } from '../code/image-platform';
import { checkInlineCode } from '../code/inline-checks';
import { LayeredFunction } from '../layers/layered-function';

/**
 * Properties of an event function: all those of `lambda.Function`, and what the live alias needs.
 *
 * `events`, `onFailure`, `onSuccess`, `maxEventAge` and `retryAttempts` apply to the live alias, and
 * `currentVersionOptions` keeps old versions unless it says otherwise.
 */
export interface EventFunctionProps extends lambda.FunctionProps, EventFunctionOptions {}

/**
 * A Lambda function with everything around it, that is its own live alias.
 *
 * A drop-in for `lambda.Function`: the same id gives the same logical ids, so nothing is replaced on a live stack.
 * Around the function it makes an execution role with no more than what is used, a log group, a version per change
 * of code or configuration, and the alias that all event sources, permissions and grants refer to.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/welcome.html
 * @resource AWS::Lambda::Alias
 * @example
 * import * as lambda from 'aws-cdk-lib/aws-lambda';
 * import { EventFunction } from 'cdk-event-functions';
 *
 * const orders = new EventFunction(this, 'Orders', {
 *   runtime: lambda.Runtime.PYTHON_3_13,
 *   handler: 'index.handler',
 *   code: lambda.Code.fromInline('def handler(event, context): return event'),
 *   reservedConcurrentExecutions: 10,
 * });
 */
export class EventFunction extends ComposedFunction {
  /**
   * The same live alias around a function that somebody else's class made: `PythonFunction`, `RustFunction`, your own.
   *
   * The function keeps its id, role, log group and versions. Wire event sources to what this returns.
   *
   * @example
   * import * as lambda from 'aws-cdk-lib/aws-lambda';
   * import { EventFunction } from 'cdk-event-functions';
   *
   * declare const theirs: lambda.Function;
   * const orders = EventFunction.wrap(this, 'Orders', theirs, { aliasName: 'prod' });
   */
  public static wrap(scope: Construct, id: string, fn: lambda.Function, options: WrapOptions = {}): EventFunctionBase {
    return new WrappedFunction(scope, id, fn, options);
  }

  constructor(scope: Construct, id: string, props: EventFunctionProps) {
    super(scope, id, props);
  }

  /** @internal */
  protected _makeFunction(id: string, props: lambda.FunctionProps): lambda.Function {
    checkInlineCode(this, props);
    return isImage(props) ? this.makeFromImage(id, props) : new LayeredFunction(this, id, props);
  }

  /** The older way to deploy an image, `Runtime.FROM_IMAGE`, for stacks that have it: `ImageEventFunction` says it better. */
  private makeFromImage(id: string, props: lambda.FunctionProps): lambda.Function {
    checkImageOptions(this, props);
    buildForArchitecture(this, props.architecture);
    const fn = new lambda.Function(this, id, props);
    checkImageConfig(this, fn);
    return fn;
  }
}
