import { ORDERS, permission } from './examples';
import { INVOKE, INVOKE_URL } from './statements';
import { isThere } from '../../model/presence';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

export const urlAuthTypeIsForUrls: Rule = {
  id: 'url-auth-type-is-for-urls',
  title: 'Only a permission to call a URL says how the URL asks who calls',
  severity: 'fatal',
  why: 'Lambda refuses the permission',
  fix: 'permit `lambda:InvokeFunctionUrl` with `FunctionUrlAuthType`, and `lambda:InvokeFunction` with `InvokedViaFunctionUrl`: a URL needs both',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  answers: ['FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action'],
  since: '0.1.0',

  valid: [
    { title: 'both permissions of a URL', resources: { Orders: ORDERS, Url: permission('*', { Action: INVOKE_URL, FunctionUrlAuthType: 'NONE' }), Invoke: permission('*', { InvokedViaFunctionUrl: true }) } },
    { title: 'an action that a parameter names', resources: { Orders: ORDERS, Permission: permission('*', { Action: { Ref: 'Action' }, FunctionUrlAuthType: 'NONE' }) } },
  ],
  invalid: [
    { title: 'the permission is one to invoke', at: 'Permission/Properties/FunctionUrlAuthType', resources: { Orders: ORDERS, Permission: permission('*', { FunctionUrlAuthType: 'NONE' }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Permission')) {
      if (valueOf(resource.text('Action')) !== INVOKE || isThere(resource, 'FunctionUrlAuthType') !== true) continue;
      yield { resource, path: 'Properties/FunctionUrlAuthType', message: `'FunctionUrlAuthType' must be left out for ${INVOKE}, got one` };
    }
  },
};
