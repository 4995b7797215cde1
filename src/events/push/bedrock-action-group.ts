import { Names, Stack } from 'aws-cdk-lib';
import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { PushSourceBase } from './push-source-base';
import { bedrockApiEvent, bedrockFunctionEvent } from './samples/bedrock-action-group';
import { ACTION_GROUP_NAME, BEDROCK_API, BEDROCK_FUNCTIONS } from '../../limits/sources/bedrock';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** The actions of an agent that the function does. Either `functions` or `apiSchema` describes them. */
export interface BedrockActionGroupSourceOptions {
  /**
   * Name of the action group: 1 to 100 letters and digits, between them single hyphens and underscores. Unique in the agent.
   *
   * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_CreateAgentActionGroup.html
   */
  readonly actionGroupName: string;

  /**
   * What the agent shall know of the action group when it decides what to do.
   *
   * @default - the agent knows the descriptions of the actions only
   */
  readonly description?: string;

  /**
   * The actions as functions with parameters. At least one.
   *
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/agents-action-function.html
   * @default - the actions are described by `apiSchema`
   */
  readonly functions?: bedrock.CfnAgent.FunctionProperty[];

  /**
   * The actions as an OpenAPI schema.
   *
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/agents-api-schema.html
   * @default - the actions are described by `functions`
   */
  readonly apiSchema?: bedrock.CfnAgent.APISchemaProperty;
}

/** An agent of Amazon Bedrock that invokes a function. Made by `PushSource.bedrockActionGroup()`. */
export class BedrockActionGroupPushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics;

  /** @internal */
  constructor(private readonly agent: bedrock.CfnAgent, private readonly options: BedrockActionGroupSourceOptions) {
    super();
    this.semantics = options.apiSchema === undefined ? BEDROCK_FUNCTIONS : BEDROCK_API;
    this.checkName();
    this.checkSchema();
  }

  /** Called by `addEventSource()`: gives the agent an action group whose actions the function does, and permits the agent to invoke. */
  public bind(target: lambda.IFunction): void {
    const { agent, options: { actionGroupName, description, functions, apiSchema } } = this;
    const groups = this.otherGroups();
    agent.actionGroups = [...groups, {
      actionGroupName,
      description,
      actionGroupExecutor: { lambda: target.functionArn },
      ...functions && { functionSchema: { functions } },
      apiSchema,
    }];
    // Beside the agent, whose ARN it has: an agent of another stack names the function already.
    const id = `AllowInvoke${Names.nodeUniqueId(target.node)}`;
    if (agent.node.tryFindChild(id)) return;
    target.addPermission(id, {
      principal: new iam.ServicePrincipal('bedrock.amazonaws.com'),
      sourceArn: agent.attrAgentArn,
      sourceAccount: Stack.of(agent).account,
      scope: agent,
    });
  }

  /** @internal */
  protected _sampleEvent(): object {
    const { actionGroupName, functions, apiSchema } = this.options;
    const name = isKnown(actionGroupName) ? actionGroupName : 'orders';
    return apiSchema === undefined ? bedrockFunctionEvent(name, functions?.map((one) => one.name).find(isKnown)) : bedrockApiEvent(name);
  }

  /** The action groups that the agent has: one of the same name would take the place of the other. */
  private otherGroups() {
    const groups = this.agent.actionGroups ?? [];
    const isTaken = Array.isArray(groups) && groups.some((one) => 'actionGroupName' in one && one.actionGroupName === this.options.actionGroupName);
    if (Array.isArray(groups) && !isTaken) return groups;
    throw mistake(this.agent, {
      code: isTaken ? 'BedrockActionGroupTaken' : 'BedrockActionGroupsUnknown',
      property: isTaken ? 'actionGroupName' : 'actionGroups',
      allowed: isTaken ? 'another name than those of the other action groups of the agent' : 'a list',
      got: isTaken ? this.options.actionGroupName : groups,
      fix: isTaken ? 'each function has action groups of its own: choose another name' : 'write the list out: the source adds an action group to it',
    });
  }

  private checkName(): void {
    const { actionGroupName } = this.options;
    if (!isKnown(actionGroupName) || ACTION_GROUP_NAME.test(actionGroupName)) return;
    throw mistake(this.agent, {
      code: 'BedrockActionGroupNameMalformed',
      property: 'actionGroupName',
      allowed: '1 to 100 letters and digits, between them single hyphens and underscores',
      got: actionGroupName,
      fix: "choose a name such as 'order-status'",
    });
  }

  private checkSchema(): void {
    const { functions, apiSchema } = this.options;
    const isEmpty = functions?.length === 0;
    if ((functions === undefined) !== (apiSchema === undefined) && !isEmpty) return;
    throw mistake(this.agent, {
      code: isEmpty ? 'BedrockFunctionsEmpty' : 'BedrockNeedsOneSchema',
      property: 'functions',
      allowed: isEmpty ? 'at least one function' : "given when 'apiSchema' is not, and left out when it is",
      got: functions,
      fix: "describe the actions either by 'functions' or by 'apiSchema': the agent knows nothing else of what the function can do",
    });
  }
}
