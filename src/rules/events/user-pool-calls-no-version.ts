import { fn, LIVE, ORDERS_ARN, VERSION } from './examples';
import { Json, JsonObject } from '../../model/template';
import { pushTriggers } from '../../model/triggers/push-triggers';
import { Rule } from '../rule';

const BASE = { Orders: fn(), V1: VERSION, Live: LIVE };

function pool(arn: Json): JsonObject {
  return { Type: 'AWS::Cognito::UserPool', Properties: { LambdaConfig: { PreSignUp: arn } } };
}

export const userPoolCallsNoVersion: Rule = {
  id: 'user-pool-calls-no-version',
  title: 'User pools call a function or an alias, not a version',
  severity: 'error',
  why: 'Amazon Cognito takes no version of a function for a trigger',
  fix: 'name an alias that points to the version, as a function of this library does by itself',
  source: 'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html#important-lambda-considerations',
  since: '0.1.0',

  valid: [
    { title: 'a function', resources: { ...BASE, Users: pool(ORDERS_ARN) } },
    { title: 'an alias', resources: { ...BASE, Users: pool({ Ref: 'Live' }) } },
    { title: 'a function that a parameter names', resources: { ...BASE, Users: pool({ Ref: 'FunctionArn' }) } },
    { title: 'a qualifier that a parameter names', resources: { ...BASE, Users: pool({ 'Fn::Sub': '${Orders.Arn}:${Qualifier}' }) } },
    { title: 'a version that something else calls', resources: { ...BASE, Topic: { Type: 'AWS::SNS::Topic', Properties: { Subscription: [{ Protocol: 'lambda', Endpoint: { Ref: 'V1' } }] } } } },
  ],
  invalid: [
    { title: 'a version is named', at: 'Users/Properties/LambdaConfig/PreSignUp', resources: { ...BASE, Users: pool({ Ref: 'V1' }) } },
    { title: 'a number is named', at: 'Users/Properties/LambdaConfig/PreSignUp', resources: { ...BASE, Users: pool({ 'Fn::Sub': '${Orders.Arn}:3' }) } },
  ],

  * check(app) {
    for (const { resource, path, fn: called, qualifier } of pushTriggers(app)) {
      if (resource.type !== 'AWS::Cognito::UserPool' || qualifier !== 'a version') continue;
      yield { resource, path, message: `what ${resource.label} calls must be a function or an alias, got a version of ${called.label}` };
    }
  },
};
