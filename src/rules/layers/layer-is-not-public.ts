import { layer } from './examples';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const permission = (properties: JsonObject): JsonObject => ({
  Type: 'AWS::Lambda::LayerVersionPermission',
  Properties: { Action: 'lambda:GetLayerVersion', LayerVersionArn: { Ref: 'Common' }, ...properties },
});
const Common = layer('common.zip');

/** Not an error: many layers are published for everybody, on purpose. */
export const layerIsNotPublic: Rule = {
  id: 'layer-is-not-public',
  title: 'Not everyone may use a layer',
  severity: 'warning',
  why: 'everyone who has an AWS account can download what is in the layer, also your code and its secrets',
  fix: 'name accounts, or add your organization (`organizationId`); acknowledge it if the layer is meant for everybody',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/permissions-layer-cross-account.html',
  since: '0.1.0',

  valid: [
    { title: 'another account', resources: { Common, Permission: permission({ Principal: '444455556666' }) } },
    { title: 'everyone in the organization', resources: { Common, Permission: permission({ Principal: '*', OrganizationId: 'o-a1b2c3d4e5' }) } },
    { title: 'an organization that is decided at deployment', resources: { Common, Permission: permission({ Principal: '*', OrganizationId: { Ref: 'Organization' } }) } },
    { title: 'a principal that is decided at deployment', resources: { Common, Permission: permission({ Principal: { Ref: 'Account' } }) } },
  ],
  invalid: [
    { title: 'everyone may use it', at: 'Permission/Properties/Principal', resources: { Common, Permission: permission({ Principal: '*' }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::LayerVersionPermission')) {
      const principal = resource.text('Principal');
      if (principal.kind !== 'known' || principal.value !== '*' || resource.value('OrganizationId').kind !== 'absent') continue;
      yield { resource, path: 'Properties/Principal', message: 'the principal that may use the layer must be an account, or everyone in an organization, got everyone (*)' };
    }
  },
};
