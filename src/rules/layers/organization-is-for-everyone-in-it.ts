import { layer } from './examples';
import { isThere } from '../../model/presence';
import { JsonObject } from '../../model/template';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const permission = (properties: JsonObject): JsonObject => ({
  Type: 'AWS::Lambda::LayerVersionPermission',
  Properties: { Action: 'lambda:GetLayerVersion', LayerVersionArn: { Ref: 'Common' }, ...properties },
});
const Common = layer('common.zip');
const ORGANIZATION = 'o-a1b2c3d4e5';

/** The CDK's own `LayerVersion` refuses it, the resource itself (`CfnLayerVersionPermission`, `CfnInclude`) does not. */
export const organizationIsForEveryoneInIt: Rule = {
  id: 'organization-is-for-everyone-in-it',
  title: 'A layer is shared with an account, or with everyone in an organization',
  severity: 'fatal',
  why: 'Lambda refuses a permission that names both an account and an organization',
  fix: 'set the principal to *, which means everyone in the organization then, or leave the organization out',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html',
  answers: ['If organization id is specified then principal should be *'],
  since: '0.1.0',

  valid: [
    { title: 'everyone in the organization', resources: { Common, Permission: permission({ Principal: '*', OrganizationId: ORGANIZATION }) } },
    { title: 'an account', resources: { Common, Permission: permission({ Principal: '444455556666' }) } },
    { title: 'a principal that a parameter names', resources: { Common, Permission: permission({ Principal: { Ref: 'Account' }, OrganizationId: ORGANIZATION }) } },
  ],
  invalid: [
    { title: 'an account is named, too', at: 'Permission/Properties/Principal', resources: { Common, Permission: permission({ Principal: '444455556666', OrganizationId: ORGANIZATION }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::LayerVersionPermission')) {
      const principal = valueOf(resource.text('Principal'));
      if (principal === undefined || principal === '*' || isThere(resource, 'OrganizationId') !== true) continue;
      yield { resource, path: 'Properties/Principal', message: `the principal must be * with an organization, got ${principal}` };
    }
  },
};
