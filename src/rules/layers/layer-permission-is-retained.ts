import { layer } from './examples';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const RETAINED: JsonObject = { UpdateReplacePolicy: 'Retain' };
const permission = (attributes: JsonObject = {}, arn: JsonObject = { Ref: 'Common' }): JsonObject => ({
  Type: 'AWS::Lambda::LayerVersionPermission',
  Properties: { Action: 'lambda:GetLayerVersion', LayerVersionArn: arn, Principal: '444455556666' },
  ...attributes,
});
const Common: JsonObject = { ...layer('common.zip'), ...RETAINED };

export const layerPermissionIsRetained: Rule = {
  id: 'layer-permission-is-retained',
  title: 'Old versions of a layer that are kept can be used by the same accounts',
  severity: 'warning',
  why: 'a change of the layer takes the permission for its old version away, and other accounts can no longer update functions that use it',
  fix: "set the permission's update-replace policy to Retain, as `SharedLayer` does",
  source: 'https://github.com/aws/aws-cdk/issues/30686',
  since: '0.1.0',

  valid: [
    { title: 'both are kept', resources: { Common, Permission: permission(RETAINED) } },
    { title: 'old versions are not kept', resources: { Common: layer('common.zip'), Permission: permission() } },
    { title: 'a permission for a layer that a parameter names', resources: { Common, Permission: permission({}, { Ref: 'Layer' }) } },
  ],
  invalid: [
    { title: 'the version is kept, its permission goes', at: 'Permission/UpdateReplacePolicy', resources: { Common, Permission: permission() } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::LayerVersionPermission')) {
      const { resource: used, exact } = resource.reference('LayerVersionArn') ?? {};
      const isKept = exact && used?.type === 'AWS::Lambda::LayerVersion' && used.updateReplacePolicy === 'Retain';
      const own = resource.updateReplacePolicy;
      if (!isKept || own === 'Retain') continue;
      yield { resource, path: 'UpdateReplacePolicy', message: `the update-replace policy must be Retain, that of layer ${used.label}, got ${own ?? 'none'}` };
    }
  },
};
