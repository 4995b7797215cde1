import { Names, Reference, Tokenization } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { LambdaDestination } from 'aws-cdk-lib/aws-logs-destinations';
import { IConstruct } from 'constructs';
import { AsynchronousSourceOptions } from './asynchronous-options';
import { PushSourceBase } from './push-source-base';
import { logsEvent, logsMessage } from './samples/logs';
import { keepFailedEvents } from '../../failure/failed-events';
import { LOGS, SUBSCRIPTION_NAME, SUBSCRIPTION_PATTERN, SUBSCRIPTIONS } from '../../limits/sources/logs';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { merged } from '../../support/merge';
import { isKnown } from '../../support/tokens';

/** Which log events of a log group invoke the function. */
export interface LogsSourceOptions extends AsynchronousSourceOptions {
  /**
   * Which log events to hand to the function. At most 1,024 characters.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
   * @default FilterPattern.allEvents()
   */
  readonly filterPattern?: logs.IFilterPattern;

  /**
   * Name of the subscription filter: 1 to 512 characters, no colon and no asterisk. Needed if one function has two
   * subscriptions to one log group.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html
   * @default - CloudFormation makes one up
   */
  readonly filterName?: string;
}

/** A log group that invokes a function. Made by `PushSource.logs()`. */
export class LogsPushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics = LOGS;

  /** @internal */
  constructor(private readonly logGroup: logs.ILogGroup, private readonly options: LogsSourceOptions) {
    super();
    this.checkName();
    this.checkPattern();
  }

  /** Called by `addEventSource()`: subscribes the function to the log group, and permits CloudWatch Logs to invoke it. */
  public bind(target: lambda.IFunction): void {
    const { filterName, filterPattern = logs.FilterPattern.allEvents() } = this.options;
    // Ids hold no tokens.
    const id = ['To', Names.nodeUniqueId(target.node), ...isKnown(filterName) ? ['-', filterName] : []].join('');
    this.checkNoLoop(target);
    this.checkFirst(id);
    this.checkNumber();
    if (this.options.keepFailedEvents ?? true) keepFailedEvents(target);
    this.logGroup.addSubscriptionFilter(id, { destination: new LambdaDestination(target), filterPattern, filterName });
  }

  /**
   * An event as the handler receives it from CloudWatch Logs, for unit tests: the documented example, compressed, in Base64.
   *
   * @param overrides parts of the message in the event that are to be different, e.g. `{ logEvents: [{ message: 'ERROR' }] }`
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-cloudwatchlogs.html
   */
  public sampleEvent(overrides: { [name: string]: any } = {}): { [name: string]: any } {
    return logsEvent(merged(this._sampleEvent(), overrides) as object);
  }

  /** @internal */
  protected _sampleEvent(): object {
    const { logGroup: { logGroupName }, options: { filterName } } = this;
    return logsMessage(isKnown(logGroupName) ? logGroupName : undefined, isKnown(filterName) ? filterName : undefined);
  }

  private checkName(): void {
    const { filterName } = this.options;
    if (!isKnown(filterName)) return;
    if (filterName.length >= SUBSCRIPTION_NAME.min && filterName.length <= SUBSCRIPTION_NAME.max && !/[:*]/.test(filterName)) return;
    throw mistake(this.logGroup, {
      code: 'LogsFilterNameMalformed',
      property: 'filterName',
      allowed: `${SUBSCRIPTION_NAME.min} to ${SUBSCRIPTION_NAME.max} characters without ':' and '*'`,
      got: filterName,
      fix: 'leave it out for a name of CloudFormation\'s own',
    });
  }

  private checkPattern(): void {
    const pattern = this.options.filterPattern?.logPatternString;
    if (!isKnown(pattern) || pattern.length <= SUBSCRIPTION_PATTERN.max) return;
    throw mistake(this.logGroup, {
      code: 'LogsFilterPatternTooLong',
      property: 'filterPattern',
      allowed: `at most ${SUBSCRIPTION_PATTERN.max} characters`,
      got: pattern.length,
      fix: 'shorten it, or filter in the function',
    });
  }

  /** What the function logs about an event would be the next event. */
  private checkNoLoop(target: lambda.IFunction): void {
    const ownName = logGroupOf(target);
    if (ownName === undefined || !isSame(ownName, this.logGroup.logGroupName)) return;
    throw mistake(this.logGroup, {
      code: 'LogsOfTheFunctionItself',
      property: 'logGroup',
      allowed: 'a log group that the function does not write to',
      got: this.logGroup.node.path,
      fix: 'subscribe another function: each line that this one logs would invoke it again, without an end',
    });
  }

  private checkNumber(): void {
    const others = this.logGroup.node.children.filter((child) => child instanceof logs.SubscriptionFilter);
    if (others.length < SUBSCRIPTIONS.max) return;
    throw mistake(this.logGroup, {
      code: 'LogsSubscriptionsTooMany',
      property: 'logGroup',
      allowed: `a log group with fewer than ${SUBSCRIPTIONS.max} subscriptions`,
      got: others.map(({ node }) => node.path),
      fix: 'let one function hand the log events on, or subscribe a stream that several read',
    });
  }

  private checkFirst(id: string): void {
    if (!this.logGroup.node.tryFindChild(id)) return;
    throw mistake(this.logGroup, {
      code: 'LogsSubscribedTwice',
      property: 'filterName',
      allowed: 'different for each subscription of the function to this log group',
      got: this.options.filterName,
      fix: "give each a 'filterName'",
    });
  }
}

/** Name of the log group that a function writes to, as far as the app tells. */
function logGroupOf(target: lambda.IFunction): string | undefined {
  const fn = target instanceof lambda.QualifiedFunctionBase ? target.lambda : target;
  const resource = fn.node.defaultChild;
  if (!resource || !lambda.CfnFunction.isCfnFunction(resource)) return undefined;
  const { loggingConfig, functionName } = resource;
  const given = loggingConfig && 'logGroup' in loggingConfig ? loggingConfig.logGroup : undefined;
  return given ?? (isKnown(functionName) ? `/aws/lambda/${functionName}` : undefined);
}

function isSame(one: string, other: string): boolean {
  const [named, subscribed] = [one, other].map(resourceNamedBy);
  return one === other || (named !== undefined && named === subscribed);
}

/** The resource whose name a token is. */
function resourceNamedBy(text: string): IConstruct | undefined {
  const [token] = Tokenization.reverseString(text).tokens;
  return token && Reference.isReference(token) ? token.target : undefined;
}
