import { allow, document, ORDERS, permission } from './examples';
import { allows, INVOKE, isForAnyone } from './statements';
import { isAbout } from '../../model/iam/decide';
import { permissionStatements } from '../../model/iam/resource-policy';
import type { Statement } from '../../model/iam/statement';
import { Rule } from '../rule';

/**
 * Any condition silences the rule. One on the source leaves services only, since nobody else can send
 * `aws:SourceArn`; one on `lambda:InvokedViaFunctionUrl` is that of a URL, of which function-url-is-private tells.
 */
export const invokeIsNotPublic: Rule = {
  id: 'invoke-is-not-public',
  title: 'Not everyone may invoke',
  severity: 'error',
  why: 'everyone who has an AWS account can run the function with events of their choice, at your cost',
  fix: 'name the account, the organization (`principalOrgID`) or the service that invokes',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html',
  since: '0.1.0',

  valid: [
    { title: 'everyone in the organization', resources: { Orders: ORDERS, Permission: permission('*', { PrincipalOrgID: 'o-a1b2c3d4e5' }) } },
    { title: 'everyone, by the URL of the function', resources: { Orders: ORDERS, Permission: permission('*', { InvokedViaFunctionUrl: true }) } },
    { title: 'the other half of what a URL needs', resources: { Orders: ORDERS, Permission: permission('*', { Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' }) } },
    { title: 'whatever service acts for an account', resources: { Orders: ORDERS, Permission: permission('*', { SourceAccount: '111122223333' }) } },
    { title: 'a principal that is decided at deployment', resources: { Orders: ORDERS, Permission: permission({ Ref: 'Caller' }) } },
    { title: 'a document that takes back what it gives', resources: { Orders: ORDERS, Policy: document([allow('*'), allow('*', { Effect: 'Deny', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } })]) } },
  ],
  invalid: [
    { title: 'everyone may invoke', at: 'Permission/Properties/Principal', resources: { Orders: ORDERS, Permission: permission('*') } },
    { title: 'everyone may do anything', at: 'Permission/Properties/Principal', resources: { Orders: ORDERS, Permission: permission('*', { Action: 'lambda:*' }) } },
    { title: 'a document says so', at: 'Policy/Properties/PolicyDocument', resources: { Orders: ORDERS, Policy: document([allow({ AWS: '*' })]) } },
  ],

  * check(app) {
    const statements = permissionStatements(app);
    for (const statement of statements) {
      if (!isForAnyone(statement) || !allows(statement, INVOKE) || statement.conditions.length > 0) continue;
      if (statements.some((other) => takesBack(other, statement))) continue;
      const { resource } = statement;
      const path = resource.type === 'AWS::Lambda::Permission' ? 'Properties/Principal' : statement.path;
      yield { resource, path, message: 'the principal that may invoke must be an account, an organization or a service, got everyone (*) without a condition' };
    }
  },
};

/** A denial in the same document may leave nobody, or those who were meant. */
function takesBack(other: Statement, { resource }: Statement): boolean {
  return other.resource === resource && other.effect !== 'Allow' && isAbout(other, INVOKE) !== 'no';
}
