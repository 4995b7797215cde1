import { ORDERS, ORDERS_ARN } from './examples';
import { Json, JsonObject } from '../../model/template';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const url = (cors: Json): JsonObject => ({ Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: ORDERS_ARN, AuthType: 'AWS_IAM', Cors: cors } });

/** The lists for which the answer of Lambda was seen. */
const LISTS = ['AllowOrigins', 'AllowMethods'];

export const urlCorsIsAllOrList: Rule = {
  id: 'url-cors-is-all-or-list',
  title: 'A URL is for all origins and methods, or for those of a list',
  severity: 'fatal',
  why: 'Lambda refuses a list that has * and others',
  fix: 'leave * alone, or name origins and methods',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html',
  answers: [
    "You can't specify additional fields for AllowOrigins because you already specified the wildcard character (*).",
    "You can't specify additional fields for AllowMethods because you already specified the wildcard character (*).",
  ],
  since: '0.1.0',

  valid: [
    { title: 'all', resources: { Orders: ORDERS, Url: url({ AllowOrigins: ['*'], AllowMethods: ['*'] }) } },
    { title: 'lists', resources: { Orders: ORDERS, Url: url({ AllowOrigins: ['https://shop.example', 'https://*.shop.example'], AllowMethods: ['GET', 'POST'] }) } },
    { title: 'origins that a parameter holds', resources: { Orders: ORDERS, Url: url({ AllowOrigins: { Ref: 'Origins' } }) } },
    { title: 'one that is there if a condition says so', resources: { Orders: ORDERS, Url: url({ AllowOrigins: ['*', { 'Fn::If': ['IsTest', 'https://test.example', { Ref: 'AWS::NoValue' }] }] }) } },
  ],
  invalid: [
    { title: 'there is an origin beside all', at: 'Url/Properties/Cors/AllowOrigins', resources: { Orders: ORDERS, Url: url({ AllowOrigins: ['https://shop.example', '*'] }) } },
    { title: 'there is a method beside all', at: 'Url/Properties/Cors/AllowMethods', resources: { Orders: ORDERS, Url: url({ AllowOrigins: ['https://shop.example'], AllowMethods: ['*', 'GET'] }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Url')) {
      for (const name of LISTS) {
        const texts = (valueOf(resource.list(`Cors.${name}`)) ?? []).filter((entry) => typeof entry === 'string');
        if (!texts.includes('*') || texts.every((text) => text === '*')) continue;
        yield { resource, path: `Properties/Cors/${name}`, message: `'${name}' must be * alone or a list without it, got ${texts.join(', ')}` };
      }
    }
  },
};
