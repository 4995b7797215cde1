import { ORDERS, ORDERS_ARN } from './examples';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const url = (authType: unknown) => ({ Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: ORDERS_ARN, AuthType: authType as string } });

export const functionUrlIsPrivate: Rule = {
  id: 'function-url-is-private',
  title: 'A function URL asks who calls',
  severity: 'warning',
  why: 'anyone on the internet who finds the address runs the function, and you pay for each request, also for those that it turns away',
  fix: 'use `FunctionUrlAuthType.AWS_IAM`, with CloudFront and origin access control for browsers; acknowledge it where the address is meant to be public and the function checks its callers itself (webhooks)',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  since: '0.1.0',

  valid: [
    { title: 'IAM', resources: { Orders: ORDERS, Url: url('AWS_IAM') } },
    { title: 'what a parameter says', resources: { Orders: ORDERS, Url: url({ Ref: 'AuthType' }) } },
  ],
  invalid: [
    { title: 'there is no authorization', at: 'Url/Properties/AuthType', resources: { Orders: ORDERS, Url: url('NONE') } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Url')) {
      if (valueOf(resource.text('AuthType')) !== 'NONE') continue;
      yield { resource, path: 'Properties/AuthType', message: 'the authorization of a function URL must be AWS_IAM, got NONE' };
    }
  },
};
