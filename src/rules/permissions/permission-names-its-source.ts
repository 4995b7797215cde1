import { allow, arnOf, document, ORDERS, permission } from './examples';
import { ALEXA, allows, INVOKE, INVOKE_URL, narrowing, POLLED, servicesOf } from './statements';
import { permissionStatements } from '../../model/iam/resource-policy';
import type { Statement } from '../../model/iam/statement';
import type { Text } from '../../model/iam/text';
import { Rule } from '../rule';

/**
 * That the ARN of a bucket has no account, and a permission needs one beside it, is what the CDK says itself (W3663);
 * of documents it does not.
 */
export const permissionNamesItsSource: Rule = {
  id: 'permission-names-its-source',
  title: 'A service may invoke for a source, an account or an organization, not for everyone who uses it',
  severity: 'warning',
  why: 'anyone, in any account, can make the service invoke the function, by naming it in a resource of theirs',
  fix: 'name the source (`sourceArn`), its account (`sourceAccount`; not for EventBridge, which names none) or the organization; a load balancer takes the ARN `targetgroup/*` of its account',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html',
  since: '0.1.0',

  valid: [
    { title: 'a source ARN', resources: { Orders: ORDERS, Topic: { Type: 'AWS::SNS::Topic' }, Permission: permission('sns.amazonaws.com', { SourceArn: { Ref: 'Topic' } }) } },
    { title: 'a source account', resources: { Orders: ORDERS, Permission: permission('config.amazonaws.com', { SourceAccount: '111122223333' }) } },
    { title: 'an organization', resources: { Orders: ORDERS, Permission: permission('cloudformation.amazonaws.com', { PrincipalOrgID: 'o-a1b2c3d4e5' }) } },
    { title: 'a principal that is decided at deployment', resources: { Orders: ORDERS, Permission: permission({ Ref: 'Service' }) } },
    { title: 'an account is no service', resources: { Orders: ORDERS, Permission: permission('111122223333') } },
    { title: 'a document that names the bucket and its account', resources: { Orders: ORDERS, Policy: document([allow({ Service: 's3.amazonaws.com' }, { Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::inbox' }, StringEquals: { 'aws:SourceAccount': '111122223333' } } })]) } },
    { title: 'a document that denies', resources: { Orders: ORDERS, Policy: document([allow({ Service: 's3.amazonaws.com' }, { Effect: 'Deny' })]) } },
  ],
  invalid: [
    { title: 'a permission has no condition', at: 'Permission/Properties/Principal', resources: { Orders: ORDERS, Permission: permission('sns.amazonaws.com') } },
    { title: 'the name of the service has the suffix of the partition', at: 'Permission/Properties/Principal', resources: { Orders: ORDERS, Permission: permission({ 'Fn::Sub': 'events.${AWS::URLSuffix}' }) } },
    { title: 'CloudFront may call by URL, whoever has a distribution', at: 'Permission/Properties/Principal', resources: { Orders: ORDERS, Permission: permission('cloudfront.amazonaws.com', { Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'AWS_IAM' }) } },
    { title: 'a statement of a document has no condition', at: 'Policy/Properties/PolicyDocument', resources: { Orders: ORDERS, Policy: document([allow({ Service: 'sns.amazonaws.com' })]) } },
    { title: 'a document names a bucket, whoever has it', at: 'Policy/Properties/PolicyDocument', resources: { Orders: ORDERS, Inbox: { Type: 'AWS::S3::Bucket' }, Policy: document([allow({ Service: 's3.amazonaws.com' }, { Condition: { ArnLike: { 'aws:SourceArn': arnOf('Inbox') } } })]) } },
    { title: 'a document takes APIs of all accounts', at: 'Policy/Properties/PolicyDocument', resources: { Orders: ORDERS, Policy: document([allow({ Service: 'apigateway.amazonaws.com' }, { Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:execute-api:eu-west-1:*:a1b2c3/*' } } })]) } },
  ],

  * check(app) {
    for (const statement of permissionStatements(app)) {
      const services = servicesOf(statement).filter((name) => !ALEXA.includes(name) && !POLLED.includes(name.split('.')[0]));
      if (services.length === 0 || !(allows(statement, INVOKE) || allows(statement, INVOKE_URL))) continue;
      const got = shortcoming(statement);
      if (got === undefined) continue;
      const { resource } = statement;
      const path = isPermission(statement) ? 'Properties/Principal' : statement.path;
      yield { resource, path, message: `what ${services.join(', ')} may invoke for must be a source, an account or an organization, got ${got}` };
    }
  },
};

function isPermission({ resource }: Statement): boolean {
  return resource.type === 'AWS::Lambda::Permission';
}

function shortcoming(statement: Statement): string | undefined {
  const keys = narrowing(statement);
  if (keys.length === 0) return 'no condition on any of these';
  const ofAnyone = statement.conditions.flatMap(({ key, values }) => key === 'aws:sourcearn' ? values : []).find(isOfAnyAccount);
  // The CDK warns of permissions like this.
  return keys.every((key) => key === 'aws:sourcearn') && ofAnyone && !isPermission(statement) ? 'a source ARN of any account' : undefined;
}

/** Whether an ARN has the account left out or open. Nothing is known behind the first name that the deployment decides. */
function isOfAnyAccount(arn: Text): boolean {
  const unknown = arn.findIndex((piece) => typeof piece !== 'string' && !piece.id.startsWith('AWS::'));
  const known = (unknown < 0 ? arn : arn.slice(0, unknown)).map((piece) => typeof piece === 'string' ? piece : 'known').join('');
  const parts = known.split(':');
  return parts.length > 5 ? /^\**$/.test(parts[4]) : unknown < 0 && known.endsWith('*');
}
