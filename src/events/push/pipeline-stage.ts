import { Names } from 'aws-cdk-lib';
import * as codepipeline from 'aws-cdk-lib/aws-codepipeline';
import { LambdaInvokeAction } from 'aws-cdk-lib/aws-codepipeline-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { invokedOnly } from './invoking-role';
import { PushSourceBase } from './push-source-base';
import { pipelineStageEvent } from './samples/pipeline-stage';
import { keepFailedEvents } from '../../failure/failed-events';
import { ACTION_NAME, MOST_ARTIFACTS, PIPELINE_STAGE } from '../../limits/sources/pipeline-stage';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { isKnown, isKnownThroughout } from '../../support/tokens';

/** How an action of a pipeline invokes the function. */
export interface PipelineStageSourceOptions {
  /**
   * Name of the action, of which each in a stage has its own: up to 100 letters, digits, and any of `.@-_`.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionDeclaration.html
   * @default - a name made of the path of the function
   */
  readonly actionName?: string;

  /**
   * When the action runs within its stage: those with the same number at the same time, 1 first.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-action-artifacts.html
   * @default 1
   */
  readonly runOrder?: number;

  /**
   * What the function gets of actions before: up to 5 artifacts, for which the event has credentials.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Lambda.html
   * @default - the action has no artifacts of this kind
   */
  readonly inputs?: codepipeline.Artifact[];

  /**
   * What the function makes for actions after it: up to 5 artifacts, which it writes to the places in the event.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Lambda.html
   * @default - the action has no artifacts of this kind
   */
  readonly outputs?: codepipeline.Artifact[];

  /**
   * What the event holds in `UserParameters`, as JSON. Not together with `userParametersText`.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Lambda.html
   * @default - nothing
   */
  readonly userParameters?: { [name: string]: any };

  /**
   * What the event holds in `UserParameters`, as it is. Not together with `userParameters`.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Lambda.html
   * @default - nothing
   */
  readonly userParametersText?: string;

  /**
   * Namespace of the variables that the function sets with the result of the job: `#{namespace.name}` in actions after it.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
   * @default - the variables cannot be used
   */
  readonly variablesNamespace?: string;

  /**
   * The role that the pipeline invokes the function with.
   *
   * @default - a role of its own, or that of the pipeline, as the pipeline says
   */
  readonly role?: iam.IRole;

  /**
   * Keep events for which all attempts failed in an encrypted queue, for 14 days, if nothing else is said about them. They hold
   * credentials for the artifacts, and nothing can be done for a job that is over: the pipeline itself tells that it failed.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Lambda.html
   * @default false
   */
  readonly keepFailedEvents?: boolean;
}

/** A pipeline that invokes a function. Made by `PushSource.pipelineStage()`. */
export class PipelineStagePushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics = PIPELINE_STAGE;

  /** @internal */
  constructor(private readonly stage: codepipeline.IStage, private readonly options: PipelineStageSourceOptions) {
    super();
    const { userParameters, userParametersText } = options;
    this.checkName();
    for (const property of ['inputs', 'outputs'] as const) this.checkArtifacts(property);
    if (userParameters === undefined || userParametersText === undefined) return;
    throw mistake(stage.pipeline, {
      code: 'PipelineParametersTwice',
      property: 'userParametersText',
      allowed: "left out when 'userParameters' is given",
      got: userParametersText,
      fix: 'give one of them: they are the same to the function',
    });
  }

  /** Called by `addEventSource()`: adds an action to the stage, with a role that may invoke; the function may report the job. */
  public bind(target: lambda.IFunction): void {
    const { actionName = Names.uniqueResourceName(target, { maxLength: 100, separator: '-' }), userParametersText, ...options } = this.options;
    const { keepFailedEvents: isKept, ...action } = options;
    this.checkFirst(actionName);
    if (isKept) keepFailedEvents(target);
    this.stage.addAction(new LambdaInvokeAction({ ...action, actionName, userParametersString: userParametersText, lambda: invokedOnly(target) }));
  }

  /** @internal */
  protected _sampleEvent(): object {
    const { userParameters, inputs, outputs } = this.options;
    const { userParametersText = isKnownThroughout(userParameters) ? JSON.stringify(userParameters) : undefined } = this.options;
    const names = (artifacts: codepipeline.Artifact[] = []) => artifacts.map(({ artifactName }, index) => artifactName ?? `Artifact${index + 1}`);
    return pipelineStageEvent(isKnown(userParametersText) ? userParametersText : undefined, names(inputs), names(outputs));
  }

  private checkName(): void {
    const { actionName } = this.options;
    if (!isKnown(actionName) || ACTION_NAME.test(actionName)) return;
    throw mistake(this.stage.pipeline, {
      code: 'PipelineActionNameMalformed',
      property: 'actionName',
      allowed: '1 to 100 letters, digits, and any of .@-_',
      got: actionName,
      fix: 'leave it out for a name made of the path of the function',
    });
  }

  private checkArtifacts(property: 'inputs' | 'outputs'): void {
    const count = this.options[property]?.length ?? 0;
    if (count <= MOST_ARTIFACTS) return;
    throw mistake(this.stage.pipeline, {
      code: 'PipelineArtifactsTooMany',
      property,
      allowed: `at most ${MOST_ARTIFACTS} artifacts`,
      got: count,
      fix: 'put what belongs together into one artifact',
    });
  }

  private checkFirst(actionName: string): void {
    if (!this.stage.actions.some(({ actionProperties }) => actionProperties.actionName === actionName)) return;
    throw mistake(this.stage.pipeline, {
      code: 'PipelineActionTwice',
      property: 'actionName',
      allowed: 'different for each action of a stage',
      got: actionName,
      fix: "give each an 'actionName'",
    });
  }
}
