import { ORDERS, permission } from './examples';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

/** The name of a service without `.amazonaws.com`: ids of users and roles have capitals. */
const BARE = /^[a-z][a-z0-9-]*$/;

export const permissionPrincipalIsWellFormed: Rule = {
  id: 'permission-principal-is-well-formed',
  title: 'The principal of a permission is a service with its domain, an account or an ARN',
  severity: 'fatal',
  why: 'Lambda refuses the permission, and what calls the function is not permitted',
  fix: 'write a service as `s3.amazonaws.com`, an account as 12 digits, a user or role as its ARN',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html',
  answers: [
    'The provided principal was invalid. Please check the principal and try again.',
    "1 validation error detected: Value 's3 .amazonaws.com' at 'principal' failed to satisfy constraint: Member must satisfy regular expression pattern: [^\\s]+",
  ],
  since: '0.1.0',

  valid: [
    { title: 'a service', resources: { Orders: ORDERS, Permission: permission('s3.amazonaws.com') } },
    { title: 'an account', resources: { Orders: ORDERS, Permission: permission('444455556666') } },
    { title: 'a role', resources: { Orders: ORDERS, Permission: permission('arn:aws:iam::444455556666:role/caller') } },
    { title: 'everyone, which is a finding of its own', resources: { Orders: ORDERS, Permission: permission('*') } },
    { title: 'a principal that a parameter names', resources: { Orders: ORDERS, Permission: permission({ Ref: 'Caller' }) } },
  ],
  invalid: [
    { title: 'a service has no domain', at: 'Permission/Properties/Principal', resources: { Orders: ORDERS, Permission: permission('s3') } },
    { title: 'there is a space', at: 'Permission/Properties/Principal', resources: { Orders: ORDERS, Permission: permission('s3 .amazonaws.com') } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Permission')) {
      const principal = valueOf(resource.text('Principal'));
      if (principal === undefined || !(BARE.test(principal) || /\s/.test(principal))) continue;
      yield { resource, path: 'Properties/Principal', message: `principal of a permission must be a service with its domain, an account or an ARN, got '${principal}'` };
    }
  },
};
