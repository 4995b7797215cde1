import { fn, ORDERS_ARN } from './examples';
import { applies } from '../../model/iam/decide';
import { madeBefore } from '../../model/order';
import type { Resource } from '../../model/resource';
import { JsonObject } from '../../model/template';
import { statementsOn } from '../../model/triggers/permitted';
import { pushTriggers } from '../../model/triggers/push-triggers';
import type { Trigger } from '../../model/triggers/trigger';
import { hasStrayCallers } from '../../model/triggers/uses';
import { Rule } from '../rule';

/** What asks for the permission when it is made. What is asked for with the first event is not here. */
const ASKS_AT_ONCE = ['AWS::S3::Bucket', 'Custom::S3BucketNotifications', 'AWS::Logs::SubscriptionFilter', 'AWS::ElasticLoadBalancingV2::TargetGroup'];

function permission(service: string, properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'Orders' }, Principal: `${service}.amazonaws.com`, ...properties } };
}

function filter(more: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Logs::SubscriptionFilter', Properties: { LogGroupName: '/shop', FilterPattern: '', DestinationArn: ORDERS_ARN }, ...more };
}

const BUCKET: JsonObject = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'inbox', NotificationConfiguration: { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: ORDERS_ARN }] } } };
const GROUP: JsonObject = { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { TargetType: 'lambda', Targets: [{ Id: ORDERS_ARN }] } };
const WAITS: JsonObject = { DependsOn: 'Permission' };

export const permissionComesBeforeSource: Rule = {
  id: 'permission-comes-before-source',
  title: 'What asks for its permission at once is made after the permission',
  severity: 'warning',
  why: 'Amazon S3, CloudWatch Logs and Elastic Load Balancing try whether they may invoke the function when they are told to: the deployment fails if the permission comes later, which is chance for two resources that do not wait for each other',
  fix: 'let the source depend on the permission (`DependsOn`); where the permission names the source, name it by its name in place of `Ref` or `Fn::GetAtt`, or by the account (`SourceAccount`)',
  source: 'https://repost.aws/knowledge-center/unable-validate-destination-s3',
  answers: [
    'Unable to validate the following destination configurations',
    'elasticloadbalancing principal does not have permission to invoke',
  ],
  since: '0.1.0',

  valid: [
    { title: 'a bucket that waits', resources: { Orders: fn(), Permission: permission('s3'), Inbox: { ...BUCKET, ...WAITS } } },
    { title: 'a bucket that waits for something that waits', resources: { Orders: fn(), Permission: permission('s3'), Wait: { Type: 'AWS::CloudFormation::WaitConditionHandle', ...WAITS }, Inbox: { ...BUCKET, DependsOn: ['Wait'] } } },
    { title: 'a filter that waits', resources: { Orders: fn(), Permission: permission('logs'), Filter: filter(WAITS) } },
    { title: 'a filter that calls with a role', resources: { Orders: fn(), Permission: permission('logs'), Filter: { Type: 'AWS::Logs::SubscriptionFilter', Properties: { LogGroupName: '/shop', DestinationArn: ORDERS_ARN, RoleArn: { Ref: 'Role' } } } } },
    { title: 'a group that waits', resources: { Orders: fn(), Permission: permission('elasticloadbalancing'), Group: { ...GROUP, ...WAITS } } },
    { title: 'one of two permissions is there in time', resources: { Orders: fn(), Permission: permission('s3'), Another: permission('s3'), Inbox: { ...BUCKET, ...WAITS } } },
    { title: 'a permission that may be another', resources: { Orders: fn(), Permission: permission('s3'), Another: permission('s3', { FunctionName: { Ref: 'Name' } }), Inbox: { ...BUCKET, ...WAITS } } },
    { title: 'a topic, which asks with the first message', resources: { Orders: fn(), Permission: permission('sns'), Topic: { Type: 'AWS::SNS::Topic', Properties: { Subscription: [{ Protocol: 'lambda', Endpoint: ORDERS_ARN }] } } } },
  ],
  invalid: [
    { title: 'a bucket does not wait', at: 'Inbox/Properties/NotificationConfiguration/LambdaConfigurations/0/Function', resources: { Orders: fn(), Permission: permission('s3'), Inbox: BUCKET } },
    { title: 'a filter does not wait', at: 'Filter/Properties/DestinationArn', resources: { Orders: fn(), Permission: permission('logs'), Filter: filter() } },
    { title: 'a permission waits for the group that needs it', at: 'Group/Properties/Targets/0/Id', resources: { Orders: fn(), Permission: permission('elasticloadbalancing', { SourceArn: { Ref: 'Group' } }), Group: GROUP } },
  ],

  * check(app) {
    if (hasStrayCallers(app)) return;
    for (const trigger of pushTriggers(app)) {
      const { resource, path } = trigger;
      if (!ASKS_AT_ONCE.includes(resource.type)) continue;
      const permissions = permissionsFor(trigger);
      const before = madeBefore(resource);
      const isLate = permissions.length > 0 && permissions.every((one) => one.stack === resource.stack && !before.has(one));
      if (!isLate) continue;
      const [first] = permissions;
      const got = madeBefore(first).has(resource) ? 'a permission that is made after it' : 'no order between the two';
      yield { resource, path, message: `what ${resource.label} is made after must be the permission to invoke the function (${first.label}), got ${got}` };
    }
  },
};

/** The permissions that may let a trigger call; none where others may, too, of which the deployment decides. */
function permissionsFor(trigger: Trigger): Resource[] {
  const { surely, maybe } = statementsOn(trigger);
  const requests = [...trigger.requests];
  const letting = (statements: typeof surely) => statements.filter((statement) => statement.effect !== 'Deny' && requests.some((request) => applies(statement, request) !== 'no'));
  return letting(maybe).length > 0 ? [] : letting(surely).map(({ resource }) => resource);
}
