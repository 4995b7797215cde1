import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { PushSourceBase } from './push-source-base';
import { alexaSkillEvent, alexaSmartHomeEvent } from './samples/alexa-skill';
import { EVENT_SOURCE_TOKEN } from '../../limits/resource-policy';
import { ALEXA_SKILL, ALEXA_SMART_HOME } from '../../limits/sources/alexa';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { idPart } from '../../support/id-part';
import { isKnown } from '../../support/tokens';

/** Which kind of skill invokes the function. */
export interface AlexaSkillSourceOptions {
  /**
   * Whether it is a smart home skill: those call as another service, and send directives for devices.
   *
   * @see https://developer.amazon.com/en-US/docs/alexa/smarthome/steps-to-build-a-smart-home-skill.html
   * @default false - a custom skill
   */
  readonly smartHome?: boolean;
}

/** A skill of Amazon Alexa that invokes a function. Made by `PushSource.alexaSkill()`. */
export class AlexaSkillPushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics;

  /** @internal */
  constructor(private readonly skillId: string, private readonly options: AlexaSkillSourceOptions) {
    super();
    this.semantics = options.smartHome ? ALEXA_SMART_HOME : ALEXA_SKILL;
    if (typeof skillId === 'string' && (!isKnown(skillId) || EVENT_SOURCE_TOKEN.test(skillId))) return;
    throw mistake(undefined, {
      code: 'AlexaSkillIdMalformed',
      property: 'skillId',
      allowed: "the id of a skill, such as 'amzn1.ask.skill.1a2b3c4d-0000-0000-0000-000000000000'",
      got: skillId,
      fix: "copy it from the developer console of Alexa: without it anybody's skill might invoke the function",
    });
  }

  /** Called by `addEventSource()`: permits the skill, and no other, to invoke. */
  public bind(target: lambda.IFunction): void {
    target.addPermission(`Alexa-${idPart(target, this.skillId)}`, {
      principal: new iam.ServicePrincipal(this.semantics.principal!),
      eventSourceToken: this.skillId,
    });
  }

  /** @internal */
  protected _sampleEvent(): object {
    const skillId = isKnown(this.skillId) ? this.skillId : undefined;
    return this.options.smartHome ? alexaSmartHomeEvent() : alexaSkillEvent(skillId);
  }
}
