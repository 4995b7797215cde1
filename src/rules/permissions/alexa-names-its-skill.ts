import { allow, document, ORDERS, permission } from './examples';
import { ALEXA, allows, INVOKE, narrowing, servicesOf } from './statements';
import { permissionStatements } from '../../model/iam/resource-policy';
import { Rule } from '../rule';

const SKILL = 'amzn1.ask.skill.1a2b3c4d-0000-0000-0000-000000000000';

export const alexaNamesItsSkill: Rule = {
  id: 'alexa-names-its-skill',
  title: 'Alexa may invoke for one skill',
  severity: 'error',
  why: 'every skill of everyone can invoke the function',
  fix: 'set `eventSourceToken` to the id of the skill',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html',
  since: '0.1.0',

  valid: [
    { title: 'a custom skill', resources: { Orders: ORDERS, Permission: permission(ALEXA[0], { EventSourceToken: SKILL }) } },
    { title: 'a skill that a parameter names', resources: { Orders: ORDERS, Permission: permission(ALEXA[1], { EventSourceToken: { Ref: 'SkillId' } }) } },
    { title: 'a document', resources: { Orders: ORDERS, Policy: document([allow({ Service: ALEXA[0] }, { Condition: { StringEquals: { 'lambda:EventSourceToken': SKILL } } })]) } },
  ],
  invalid: [
    { title: 'a custom skill is not named', at: 'Permission/Properties/Principal', resources: { Orders: ORDERS, Permission: permission(ALEXA[0]) } },
    { title: 'a smart home skill is not named', at: 'Permission/Properties/Principal', resources: { Orders: ORDERS, Permission: permission(ALEXA[1]) } },
    { title: 'a document does not name it', at: 'Policy/Properties/PolicyDocument', resources: { Orders: ORDERS, Policy: document([allow({ Service: ALEXA })]) } },
  ],

  * check(app) {
    for (const statement of permissionStatements(app)) {
      const alexa = servicesOf(statement).filter((service) => ALEXA.includes(service));
      if (alexa.length === 0 || !allows(statement, INVOKE) || narrowing(statement).length > 0) continue;
      const { resource } = statement;
      const path = resource.type === 'AWS::Lambda::Permission' ? 'Properties/Principal' : statement.path;
      yield { resource, path, message: `what ${alexa.join(', ')} may invoke for must be one skill, by its event source token, got no token` };
    }
  },
};
