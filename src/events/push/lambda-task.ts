import { Annotations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { AsynchronousSourceOptions } from './asynchronous-options';
import { invokedOnly } from './invoking-role';
import { lambdaTaskEvent } from './samples/lambda-task';
import { timeoutOf } from './timeout-of';
import { keepFailedEvents } from '../../failure/failed-events';
import { LAMBDA_TASK, LAMBDA_TASK_HANDING_OVER } from '../../limits/sources/lambda-task';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { merged } from '../../support/merge';
import { isKnown, isKnownThroughout } from '../../support/tokens';

/** How a state of a state machine invokes a function. `keepFailedEvents` is for `LambdaInvocationType.EVENT` only. */
export interface LambdaTaskOptions extends sfn.TaskStateBaseProps, AsynchronousSourceOptions {
  /**
   * What the function receives.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
   * @default - the input of the state
   */
  readonly payload?: sfn.TaskInput;

  /**
   * Whether the state waits for the function. With EVENT it goes on as soon as Lambda has the event.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
   * @default LambdaInvocationType.REQUEST_RESPONSE
   */
  readonly invocationType?: tasks.LambdaInvocationType;

  /**
   * Data about the client for the function, in base64: up to 3,583 bytes.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
   * @default - the function gets no client context
   */
  readonly clientContext?: string;

  /**
   * Whether the result of the state is what the function returned, and nothing beside it. Not together with `invocationType`,
   * `clientContext` and `integrationPattern`.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
   * @default - true, unless one of those is given: then the result is that of the Invoke API, with a `Payload`
   */
  readonly payloadResponseOnly?: boolean;

  /**
   * Try again when Lambda itself fails: six times, after 2, 4, 8, 16, 32 and 64 seconds. A function that is throttled
   * (`Lambda.TooManyRequestsException`) or fails is not called again, unless `addRetry()` says so.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html
   * @default true
   */
  readonly retryOnServiceExceptions?: boolean;
}

/**
 * A state that invokes a function, for state machines of AWS Step Functions.
 *
 * Step Functions invokes the function, synchronously, and the state fails when the function does; of an `EventFunction` it invokes the
 * live alias. The role of the state machine may invoke that and nothing else, while `tasks.LambdaInvoke` lets it invoke every
 * version. A state that times out before the function does is warned about: the function goes on, and nobody gets what it returns.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
 * @example
 * import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
 * import { EventFunction, LambdaTask } from 'cdk-event-functions';
 *
 * declare const charge: EventFunction;
 * declare const ship: EventFunction;
 * const order = new LambdaTask(this, 'Charge', charge).next(new LambdaTask(this, 'Ship', ship));
 * new sfn.StateMachine(this, 'Order', { definitionBody: sfn.DefinitionBody.fromChainable(order) });
 */
export class LambdaTask extends tasks.LambdaInvoke {
  /**
   * A state whose paths are written in JSONPath: the same as the constructor.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
   */
  public static jsonPath(scope: Construct, id: string, props: tasks.LambdaInvokeJsonPathProps): tasks.LambdaInvoke {
    return LambdaTask.inLanguage(sfn.QueryLanguage.JSON_PATH, scope, id, props);
  }

  /**
   * A state whose expressions are written in JSONata: the same as the constructor with `queryLanguage`.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
   */
  public static jsonata(scope: Construct, id: string, props: tasks.LambdaInvokeJsonataProps): tasks.LambdaInvoke {
    return LambdaTask.inLanguage(sfn.QueryLanguage.JSONATA, scope, id, props);
  }

  private static inLanguage(queryLanguage: sfn.QueryLanguage, scope: Construct, id: string, props: tasks.LambdaInvokeProps): LambdaTask {
    const { lambdaFunction, ...options } = props;
    return new LambdaTask(scope, id, lambdaFunction, { ...options, queryLanguage });
  }

  /** How Step Functions invokes, who tries again, and where a failed event ends. */
  public readonly semantics: SourceSemantics;

  private readonly samplePayload?: object;

  /**
   * @param invoked the function that the state invokes
   * @param options how it does
   */
  constructor(scope: Construct, id: string, invoked: lambda.IFunction, options: LambdaTaskOptions = {}) {
    const { keepFailedEvents: isKept = true, ...props } = options;
    super(scope, id, { ...props, payloadResponseOnly: returnsPayload(scope, options), lambdaFunction: invokedOnly(invoked) });
    const isHandedOver = options.invocationType === tasks.LambdaInvocationType.EVENT;
    this.semantics = isHandedOver ? LAMBDA_TASK_HANDING_OVER : LAMBDA_TASK;
    this.samplePayload = writtenOut(options.payload);
    if (isHandedOver && isKept) keepFailedEvents(invoked);
    if (!isHandedOver) this.warnOfTimeout(invoked, options);
  }

  /**
   * An event as the handler receives it from the state, for unit tests: the payload if it is written out, else the input of an
   * execution.
   *
   * @param overrides parts of the event that are to be different; lists are gone through entry by entry
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
   */
  public sampleEvent(overrides: { [name: string]: any } = {}): { [name: string]: any } {
    return merged(lambdaTaskEvent(this.samplePayload), overrides) as { [name: string]: any };
  }

  private warnOfTimeout(invoked: lambda.IFunction, { taskTimeout, timeout }: LambdaTaskOptions): void {
    const waits = taskTimeout?.seconds ?? timeout?.toSeconds();
    const takes = timeoutOf(invoked);
    if (!isKnown(waits) || takes === undefined || waits >= takes) return;
    Annotations.of(this).addWarningV2(
      'cdk-event-functions:state-waits-long-enough',
      `'taskTimeout' must be at least ${takes} seconds, the timeout of ${invoked.node.path}, got ${waits}; `
      + 'the state fails while the function goes on: lengthen it, or shorten the timeout of the function',
    );
  }
}

/** Whether the function is invoked by its ARN, which leaves no room for options. */
function returnsPayload(scope: Construct, options: LambdaTaskOptions): boolean {
  const others = (['invocationType', 'clientContext', 'integrationPattern'] as const).filter((name) => options[name] !== undefined);
  const { payloadResponseOnly = others.length === 0 } = options;
  if (!payloadResponseOnly || others.length === 0) return payloadResponseOnly;
  throw mistake(scope, {
    code: 'TaskPayloadWithOptions',
    property: 'payloadResponseOnly',
    allowed: `left out or false when '${others[0]}' is given`,
    got: true,
    fix: 'leave it out, and take \'$.Payload\' of the result',
  });
}

/** A payload in which nothing is left for the deployment or the execution to put in. */
function writtenOut(payload: sfn.TaskInput | undefined): object | undefined {
  const value: unknown = payload?.value;
  if (typeof value !== 'object' || value === null || !isKnownThroughout(value) || hasExpressions(value)) return undefined;
  return JSON.parse(JSON.stringify(value)) as object;
}

function hasExpressions(value: unknown): boolean {
  if (typeof value === 'string') return value.trim().startsWith('{%');
  return typeof value === 'object' && value !== null && Object.entries(value).some(([name, part]) => name.endsWith('.$') || hasExpressions(part));
}
