import { layer } from './examples';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

export const layerNameIsAllowed: Rule = {
  id: 'layer-name-is-allowed',
  title: 'The name of a layer has letters, digits, hyphens and underscores',
  severity: 'fatal',
  why: 'Lambda refuses the layer',
  fix: 'write another sign in place of periods, slashes and spaces',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html',
  answers: ["1 validation error detected: Value 'cdkpf.layer' at 'layerName' failed to satisfy constraint: Member must satisfy regular expression pattern"],
  since: '0.1.0',

  valid: [
    { title: 'a name', resources: { Common: layer('common.zip', { LayerName: 'Common_libs-1' }) } },
    { title: 'no name', resources: { Common: layer('common.zip') } },
    { title: 'the ARN of a layer', resources: { Common: layer('common.zip', { LayerName: 'arn:aws:lambda:eu-west-1:111122223333:layer:common' }) } },
    { title: 'a name that a parameter holds', resources: { Common: layer('common.zip', { LayerName: { Ref: 'Name' } }) } },
  ],
  invalid: [
    { title: 'there is a period', at: 'Common/Properties/LayerName', resources: { Common: layer('common.zip', { LayerName: 'common.libs' }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::LayerVersion')) {
      const name = valueOf(resource.text('LayerName'));
      if (name === undefined || /^[\w-]*$/.test(name) || name.startsWith('arn:')) continue;
      yield { resource, path: 'Properties/LayerName', message: `name of a layer must be of letters, digits, hyphens and underscores, got ${name}` };
    }
  },
};
