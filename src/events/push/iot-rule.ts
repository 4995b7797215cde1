import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as iot from 'aws-cdk-lib/aws-iot';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { AsynchronousSourceOptions } from './asynchronous-options';
import { PushSourceBase } from './push-source-base';
import { iotRuleEvent } from './samples/iot-rule';
import { keepFailedEvents } from '../../failure/failed-events';
import { IOT_RULE } from '../../limits/sources/iot-rule';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** Which messages of AWS IoT Core invoke the function. */
export interface IotRuleSourceOptions extends AsynchronousSourceOptions {
  /**
   * Which messages, and what of them the handler receives, e.g. `SELECT * FROM 'greenhouse/+/moisture'`.
   *
   * @see https://docs.aws.amazon.com/iot/latest/developerguide/iot-sql-reference.html
   */
  readonly sql: string;

  /**
   * Version of the SQL: `2016-03-23`, `2015-10-08` or `beta`.
   *
   * @see https://docs.aws.amazon.com/iot/latest/developerguide/iot-rule-sql-version.html
   * @default '2016-03-23'
   */
  readonly sqlVersion?: string;

  /**
   * Name of the rule: 1 to 128 letters, digits and underscores. Needed if one function has two rules.
   *
   * @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreateTopicRule.html
   * @default - CloudFormation makes one up
   */
  readonly ruleName?: string;

  /**
   * What the rule is for.
   *
   * @default - the rule has an empty description
   */
  readonly description?: string;

  /**
   * What becomes of a message that AWS IoT cannot hand to Lambda: an action of a rule, e.g. of S3 or SQS, with a role that it is
   * permitted by. What the function itself fails at does not come here.
   *
   * @see https://docs.aws.amazon.com/iot/latest/developerguide/rule-error-handling.html
   * @default - it is lost, and logged if the logs of AWS IoT are switched on
   */
  readonly errorAction?: iot.CfnTopicRule.ActionProperty;

  /**
   * Whether the rule is in force.
   *
   * @default true
   */
  readonly enabled?: boolean;
}

/** A topic rule that invokes a function. Made by `PushSource.iotRule()`. */
export class IotRulePushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics = IOT_RULE;

  /** @internal */
  constructor(private readonly options: IotRuleSourceOptions) {
    super();
    this.checkSql();
    this.checkName();
  }

  /** Called by `addEventSource()`: makes the rule beside the function, and permits it to invoke. */
  public bind(target: lambda.IFunction): void {
    const { ruleName, sql, sqlVersion = LATEST_SQL, description, enabled = true, errorAction } = this.options;
    const scope = target as unknown as Construct;
    const id = isKnown(ruleName) ? `IotRule-${ruleName}` : 'IotRule';
    this.checkFirst(scope, id);
    if (this.options.keepFailedEvents ?? true) keepFailedEvents(target);
    const parts = new Construct(scope, id);
    const rule = new iot.CfnTopicRule(parts, 'Resource', {
      ruleName,
      topicRulePayload: {
        sql,
        awsIotSqlVersion: sqlVersion,
        description,
        ruleDisabled: !enabled,
        actions: [{ lambda: { functionArn: target.functionArn } }],
        errorAction,
      },
    });
    target.addPermission('AllowIot', {
      principal: new iam.ServicePrincipal('iot.amazonaws.com'), sourceArn: rule.attrArn, sourceAccount: Stack.of(rule).account, scope: parts,
    });
  }

  /** @internal */
  protected _sampleEvent(): object {
    return iotRuleEvent();
  }

  private checkSql(): void {
    const { sql } = this.options;
    if (!isKnown(sql) || /^\s*select\s/i.test(sql)) return;
    throw mistake(undefined, {
      code: 'IotRuleSqlMalformed',
      property: 'sql',
      allowed: "a statement that begins with SELECT, such as SELECT * FROM 'orders/new'",
      got: sql,
      fix: "write the topic behind FROM, in single quotes: '+' stands for one level of it, '#' for all others",
    });
  }

  private checkName(): void {
    const { ruleName } = this.options;
    if (!isKnown(ruleName) || /^[a-zA-Z0-9_]{1,128}$/.test(ruleName)) return;
    throw mistake(undefined, {
      code: 'IotRuleNameMalformed',
      property: 'ruleName',
      allowed: '1 to 128 letters, digits and underscores',
      got: ruleName,
      fix: "leave it out for a name of CloudFormation's own",
    });
  }

  private checkFirst(scope: Construct, id: string): void {
    if (!scope.node.tryFindChild(id)) return;
    throw mistake(scope, {
      code: 'IotRuleTwice',
      property: 'ruleName',
      allowed: 'different for each rule of the function',
      got: this.options.ruleName,
      fix: "give each a 'ruleName'",
    });
  }
}

/** @see https://docs.aws.amazon.com/iot/latest/developerguide/iot-rule-sql-version.html */
const LATEST_SQL = '2016-03-23';
