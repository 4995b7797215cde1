import { Names, Stack } from 'aws-cdk-lib';
import * as codecommit from 'aws-cdk-lib/aws-codecommit';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AsynchronousSourceOptions } from './asynchronous-options';
import { PushSourceBase } from './push-source-base';
import { repositoryEvent } from './samples/repository';
import { keepFailedEvents } from '../../failure/failed-events';
import { CUSTOM_DATA, MOST_TRIGGERS, REPOSITORY, TRIGGER_NAME } from '../../limits/sources/repository';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

const { ALL } = codecommit.RepositoryEventTrigger;

/** Which changes of a repository invoke the function. */
export interface RepositorySourceOptions extends AsynchronousSourceOptions {
  /**
   * What must happen to a branch or tag. ALL stands alone.
   *
   * @see https://docs.aws.amazon.com/codecommit/latest/userguide/how-to-notify-lambda-cc.html
   * @default [RepositoryEventTrigger.ALL]
   */
  readonly events?: codecommit.RepositoryEventTrigger[];

  /**
   * The branches it must happen to. At least one.
   *
   * @see https://docs.aws.amazon.com/codecommit/latest/userguide/how-to-notify-lambda-cc.html
   * @default - all branches and tags
   */
  readonly branches?: string[];

  /**
   * What the event holds in `customData`: up to 1,000 characters.
   *
   * @see https://docs.aws.amazon.com/codecommit/latest/userguide/limits.html
   * @default - nothing
   */
  readonly customData?: string;

  /**
   * Name of the trigger, of which each in a repository has its own: up to 100 letters, digits, and any of `._-`.
   *
   * @see https://docs.aws.amazon.com/codecommit/latest/userguide/limits.html
   * @default - a name made of the path of the function
   */
  readonly triggerName?: string;
}

/** A repository that invokes a function. Made by `PushSource.repository()`. */
export class RepositoryPushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics = REPOSITORY;

  /** @internal */
  constructor(private readonly repository: codecommit.Repository, private readonly options: RepositorySourceOptions) {
    super();
    this.checkEvents();
    this.checkBranches();
    this.checkName();
    this.checkCustomData();
  }

  /** Called by `addEventSource()`: adds a trigger to the repository, and permits CodeCommit to invoke. */
  public bind(target: lambda.IFunction): void {
    const { keepFailedEvents: isKept = true, triggerName = Names.uniqueResourceName(target, { maxLength: 100, separator: '-' }), ...trigger } = this.options;
    this.checkRoom(triggerName);
    if (isKept) keepFailedEvents(target);
    this.repository.notify(target.functionArn, { ...trigger, name: triggerName });
    this.permit(target);
  }

  /** @internal */
  protected _sampleEvent(): object {
    const { branches, customData } = this.options;
    const { repositoryName } = this.resource;
    const name = isKnown(repositoryName) ? repositoryName : undefined;
    return repositoryEvent(name, branches?.find(isKnown), isKnown(customData) ? customData : undefined);
  }

  private get resource(): codecommit.CfnRepository {
    return this.repository.node.defaultChild as codecommit.CfnRepository;
  }

  /** Beside the repository, which waits for it: its ARN is put together, as a reference would make the permission wait in turn. */
  private permit(target: lambda.IFunction): void {
    const { repository, resource } = this;
    const id = `AllowInvoke${Names.nodeUniqueId(target.node)}`;
    if (repository.node.tryFindChild(id)) return;
    const { account } = Stack.of(repository);
    const sourceArn = Stack.of(repository).formatArn({ service: 'codecommit', resource: resource.repositoryName });
    target.addPermission(id, { principal: new iam.ServicePrincipal('codecommit.amazonaws.com'), sourceArn, sourceAccount: account, scope: repository });
    const permission = repository.node.tryFindChild(id);
    if (permission) resource.node.addDependency(permission);
  }

  private checkEvents(): void {
    const { events } = this.options;
    if (events === undefined || (events.length > 0 && (events.length === 1 || !events.includes(ALL)))) return;
    throw mistake(this.repository, {
      code: 'RepositoryEventsMalformed',
      property: 'events',
      allowed: "at least one event, and no other beside 'all'",
      got: events,
      fix: 'leave it out for all events, or name those that are meant',
    });
  }

  private checkBranches(): void {
    const { branches } = this.options;
    if (branches?.length !== 0) return;
    throw mistake(this.repository, {
      code: 'RepositoryBranchesEmpty',
      property: 'branches',
      allowed: 'at least one branch',
      got: branches,
      fix: 'leave it out for all branches and tags: that is what an empty list means to CodeCommit',
    });
  }

  private checkName(): void {
    const { triggerName } = this.options;
    if (!isKnown(triggerName) || TRIGGER_NAME.test(triggerName)) return;
    throw mistake(this.repository, {
      code: 'RepositoryTriggerNameMalformed',
      property: 'triggerName',
      allowed: '1 to 100 letters, digits, and any of ._-',
      got: triggerName,
      fix: 'leave it out for a name made of the path of the function',
    });
  }

  private checkCustomData(): void {
    const { customData } = this.options;
    if (!isKnown(customData) || customData.length <= CUSTOM_DATA) return;
    throw mistake(this.repository, {
      code: 'RepositoryCustomDataLength',
      property: 'customData',
      allowed: `at most ${CUSTOM_DATA.toLocaleString('en-US')} characters`,
      got: customData.length,
      fix: 'put it into a parameter or an object, and its name here',
    });
  }

  private checkRoom(triggerName: string): void {
    const names = triggers.get(this.repository) ?? [];
    const isTaken = names.includes(triggerName);
    if (!isTaken && names.length < MOST_TRIGGERS) return void triggers.set(this.repository, [...names, triggerName]);
    throw mistake(this.repository, {
      code: isTaken ? 'RepositoryTriggerTwice' : 'RepositoryTriggersTooMany',
      property: isTaken ? 'triggerName' : 'repository',
      allowed: isTaken ? 'different for each trigger of the repository' : `invoking by at most ${MOST_TRIGGERS} triggers`,
      got: isTaken ? triggerName : names.length + 1,
      fix: isTaken ? "give each a 'triggerName'" : 'use PushSource.eventBridge() for the others: { source: [\'aws.codecommit\'] }',
    });
  }
}

/** Names of the triggers that sources added to each repository. */
const triggers = new WeakMap<codecommit.Repository, readonly string[]>();
