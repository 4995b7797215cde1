import { ORDERS, permission } from './examples';
import { textOf } from '../../model/iam/text';
import { Rule } from '../rule';

export const permissionIsNotForLatest: Rule = {
  id: 'permission-is-not-for-latest',
  title: 'No permission names $LATEST',
  severity: 'fatal',
  why: 'Lambda refuses the permission: what is not published has the policy of the function itself',
  fix: 'name the function without a qualifier, or an alias',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html',
  answers: ['We currently do not support adding policies for $LATEST.'],
  since: '0.1.0',

  valid: [
    { title: 'the function', resources: { Orders: ORDERS, Permission: permission('s3.amazonaws.com') } },
    { title: 'an alias', resources: { Orders: ORDERS, Permission: permission('s3.amazonaws.com', { FunctionName: { 'Fn::Sub': '${Orders}:live' } }) } },
    { title: 'a qualifier that a parameter says', resources: { Orders: ORDERS, Permission: permission('s3.amazonaws.com', { FunctionName: { 'Fn::Join': [':', [{ Ref: 'Orders' }, { Ref: 'Qualifier' }]] } }) } },
  ],
  invalid: [
    { title: 'it is named by a name', at: 'Permission/Properties/FunctionName', resources: { Permission: permission('s3.amazonaws.com', { FunctionName: 'orders:$LATEST' }) } },
    { title: 'it is named by an ARN', at: 'Permission/Properties/FunctionName', resources: { Orders: ORDERS, Permission: permission('s3.amazonaws.com', { FunctionName: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Orders', 'Arn'] }, ':$LATEST']] } }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Permission')) {
      const name = resource.raw('FunctionName');
      const end = name.kind === 'known' ? textOf(name.value, resource.stack).at(-1) : undefined;
      if (typeof end !== 'string' || !/(^|:)\$LATEST$/.test(end)) continue;
      yield { resource, path: 'Properties/FunctionName', message: 'what a permission is for must be a function, an alias or a version, got $LATEST' };
    }
  },
};
