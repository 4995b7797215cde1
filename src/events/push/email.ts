import { Names } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ses from 'aws-cdk-lib/aws-ses';
import * as actions from 'aws-cdk-lib/aws-ses-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AsynchronousSourceOptions } from './asynchronous-options';
import { PushSourceBase } from './push-source-base';
import { emailEvent } from './samples/email';
import { keepFailedEvents } from '../../failure/failed-events';
import { EMAIL, EMAIL_DECISION } from '../../limits/sources/email';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/**
 * Which e-mails invoke the function. The `actions` are what is done before, for instance to store the e-mail: the function
 * is handed its headers only.
 */
export interface EmailSourceOptions extends ses.ReceiptRuleOptions, AsynchronousSourceOptions {
  /**
   * Whether Amazon SES waits for the function. With REQUEST_RESPONSE the function decides within 30 seconds whether the next
   * actions and rules get the e-mail, and `keepFailedEvents` has no meaning.
   *
   * @see https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action-lambda.html
   * @default LambdaInvocationType.EVENT
   */
  readonly invocationType?: actions.LambdaInvocationType;

  /**
   * Topic that is told when the function is invoked, in the Region of the rule set.
   *
   * @see https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action-lambda.html
   * @default - nobody is told
   */
  readonly topic?: sns.ITopic;
}

/** A receipt rule that invokes a function. Made by `PushSource.email()`. */
export class EmailPushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics;

  private readonly waits: boolean;

  /** @internal */
  constructor(private readonly ruleSet: ses.IReceiptRuleSet, private readonly options: EmailSourceOptions) {
    super();
    this.waits = options.invocationType === actions.LambdaInvocationType.REQUEST_RESPONSE;
    this.semantics = this.waits ? EMAIL_DECISION : EMAIL;
    this.checkRecipients();
    this.checkName();
  }

  /** Called by `addEventSource()`: adds a rule to the set, and permits Amazon SES to invoke. */
  public bind(target: lambda.IFunction): void {
    const { invocationType = actions.LambdaInvocationType.EVENT, keepFailedEvents: keep = true, actions: before = [], topic, ...rule } = this.options;
    const name = rule.receiptRuleName;
    const id = ['To', Names.nodeUniqueId(target.node), ...isKnown(name) ? ['-', name] : []].join('');
    this.checkFirst(id);
    if (keep && !this.waits) keepFailedEvents(target);
    this.ruleSet.addRule(id, { ...rule, actions: [...before, new actions.Lambda({ function: target, invocationType, topic })] });
  }

  /** @internal */
  protected _sampleEvent(): object {
    return emailEvent(this.options.invocationType);
  }

  private checkRecipients(): void {
    if (this.options.recipients?.length !== 0) return;
    throw mistake(this.ruleSet, {
      code: 'EmailRecipientsEmpty',
      property: 'recipients',
      allowed: 'at least one address or domain',
      got: this.options.recipients,
      fix: 'leave it out for all recipients of the verified domains',
    });
  }

  private checkName(): void {
    const { receiptRuleName: name } = this.options;
    if (!isKnown(name) || (/^[\w.-]{1,64}$/.test(name) && /^[a-zA-Z0-9]/.test(name) && /[a-zA-Z0-9]$/.test(name))) return;
    throw mistake(this.ruleSet, {
      code: 'EmailRuleNameMalformed',
      property: 'receiptRuleName',
      allowed: '1 to 64 letters, digits, underscores, dashes and periods, with a letter or digit at both ends',
      got: name,
      fix: "leave it out for a name of CloudFormation's own",
    });
  }

  private checkFirst(id: string): void {
    if (!this.ruleSet.node.tryFindChild(id)) return;
    throw mistake(this.ruleSet, {
      code: 'EmailRuleTwice',
      property: 'receiptRuleName',
      allowed: 'different for each rule of the set that invokes the function',
      got: this.options.receiptRuleName,
      fix: "give each a 'receiptRuleName'",
    });
  }
}
