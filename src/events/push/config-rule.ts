import { Stack } from 'aws-cdk-lib';
import * as config from 'aws-cdk-lib/aws-config';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { AsynchronousSourceOptions } from './asynchronous-options';
import { PushSourceBase } from './push-source-base';
import { changeOfResource, configRuleEvent, scheduledEvaluation } from './samples/config-rule';
import { keepFailedEvents } from '../../failure/failed-events';
import { CONFIG_RULE, CONFIG_RULE_NAME } from '../../limits/sources/config-rule';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** What a custom rule of AWS Config asks the function about, and when. */
export interface ConfigRuleSourceOptions extends config.RuleProps, AsynchronousSourceOptions {
  /**
   * Evaluate a resource when it has changed.
   *
   * @see https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config-rules.html
   * @default - true, unless the rule is periodic
   */
  readonly configurationChanges?: boolean;

  /**
   * Evaluate as often as `maximumExecutionFrequency` says, every 24 hours if it says nothing.
   *
   * @see https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config-rules.html
   * @default - true if `maximumExecutionFrequency` is given
   */
  readonly periodic?: boolean;
}

/** A rule of AWS Config that invokes a function. Made by `PushSource.configRule()`. */
export class ConfigRulePushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics = CONFIG_RULE;

  private readonly periodic: boolean;
  private readonly configurationChanges: boolean;

  /** @internal */
  constructor(private readonly options: ConfigRuleSourceOptions) {
    super();
    this.periodic = options.periodic ?? options.maximumExecutionFrequency !== undefined;
    this.configurationChanges = options.configurationChanges ?? !this.periodic;
    this.checkEvaluations();
    this.checkName();
  }

  /**
   * Called by `addEventSource()`: makes the rule beside the function, permits AWS Config to invoke, and the function to report
   * what it found.
   */
  public bind(target: lambda.IFunction): void {
    const { configRuleName } = this.options;
    const scope = target as unknown as Construct;
    const id = isKnown(configRuleName) ? `ConfigRule-${configRuleName}` : 'ConfigRule';
    this.checkFirst(scope, id);
    if (this.options.keepFailedEvents ?? true) keepFailedEvents(target);
    const parts = new Construct(scope, id);
    const rule = new config.CfnConfigRule(parts, 'Resource', this.ruleProps(target));
    // AWS Config tries the function when the rule is made: the rule cannot be named in the permission.
    target.addPermission('AllowConfig', {
      principal: new iam.ServicePrincipal('config.amazonaws.com'), sourceAccount: Stack.of(target).account, scope: parts,
    });
    const permission = parts.node.tryFindChild('AllowConfig');
    if (permission) rule.node.addDependency(permission);
    // AWS knows no resources for it. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsconfig.html
    target.addToRolePolicy(new iam.PolicyStatement({ actions: ['config:PutEvaluations'], resources: ['*'] }));
  }

  /** @internal */
  protected _sampleEvent(): object {
    const { configRuleName, inputParameters = {} } = this.options;
    const invoking = this.configurationChanges ? changeOfResource() : scheduledEvaluation();
    return configRuleEvent(invoking, inputParameters, isKnown(configRuleName) ? configRuleName : undefined);
  }

  private ruleProps(target: lambda.IFunction): config.CfnConfigRuleProps {
    const { configRuleName, description, inputParameters, maximumExecutionFrequency, ruleScope, evaluationModes } = this.options;
    const eventSource = 'aws.config';
    return {
      configRuleName,
      description,
      inputParameters,
      maximumExecutionFrequency,
      scope: ruleScope && {
        complianceResourceId: ruleScope.resourceId,
        complianceResourceTypes: ruleScope.resourceTypes?.map(({ complianceResourceType }) => complianceResourceType),
        tagKey: ruleScope.key,
        tagValue: ruleScope.value,
      },
      source: {
        owner: 'CUSTOM_LAMBDA',
        sourceIdentifier: target.functionArn,
        sourceDetails: [
          ...this.configurationChanges ? CHANGES.map((messageType) => ({ eventSource, messageType })) : [],
          ...this.periodic ? [{ eventSource, maximumExecutionFrequency, messageType: 'ScheduledNotification' }] : [],
        ],
      },
      evaluationModes: evaluationModes?.modes.map((mode) => ({ mode })),
    };
  }

  private checkEvaluations(): void {
    const { maximumExecutionFrequency } = this.options;
    const never = !this.periodic && !this.configurationChanges;
    if (!never && (this.periodic || maximumExecutionFrequency === undefined)) return;
    throw mistake(undefined, {
      code: never ? 'ConfigRuleNeverEvaluates' : 'ConfigRuleFrequencyUnused',
      property: never ? 'configurationChanges' : 'maximumExecutionFrequency',
      allowed: never ? "true if 'periodic' is not" : "left out if 'periodic' is false",
      got: never ? false : maximumExecutionFrequency,
      fix: never ? 'leave both out to evaluate resources when they change' : "set 'periodic' to true to evaluate that often",
    });
  }

  private checkName(): void {
    const { configRuleName: name } = this.options;
    if (!isKnown(name) || (name.trim() !== '' && name.length <= CONFIG_RULE_NAME)) return;
    throw mistake(undefined, {
      code: 'ConfigRuleNameLength',
      property: 'configRuleName',
      allowed: `1 to ${CONFIG_RULE_NAME} characters that are not all blanks`,
      got: name,
      fix: "leave it out for a name of CloudFormation's own",
    });
  }

  private checkFirst(scope: Construct, id: string): void {
    if (!scope.node.tryFindChild(id)) return;
    throw mistake(scope, {
      code: 'ConfigRuleTwice',
      property: 'configRuleName',
      allowed: 'different for each rule of the function',
      got: this.options.configRuleName,
      fix: "give each a 'configRuleName'",
    });
  }
}

/** What AWS Config sends when a resource has changed: the second where the change is too large for an event. */
const CHANGES = ['ConfigurationItemChangeNotification', 'OversizedConfigurationItemChangeNotification'];
