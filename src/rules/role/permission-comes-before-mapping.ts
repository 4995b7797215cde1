import { allow, arnOf, fn, mapping, policy, QUEUE, role, roleWith } from './examples';
import { attachmentsTo } from '../../model/iam/attachments';
import { roleOf } from '../../model/iam/role';
import { mappingsOf } from '../../model/mappings';
import { allowingOf } from '../../model/needs/lacks';
import { madeBefore } from '../../model/order';
import type { Resource } from '../../model/resource';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const POLL = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
const MAY = policy([allow(POLL, arnOf('Returns'))]);
const WAITS: JsonObject = { DependsOn: 'Policy' };
const AT = 'Mapping/Properties/EventSourceArn';

/** Functions of the CDK wait for the policies of their roles; what is written by hand, or is made by others, does not. */
export const permissionComesBeforeMapping: Rule = {
  id: 'permission-comes-before-mapping',
  title: 'A mapping is made after the policy that lets Lambda read its source',
  severity: 'warning',
  why: 'Lambda tries whether the execution role may read the source when the mapping is made: the deployment fails if the policy comes later, which is chance for two resources that do not wait for each other',
  fix: 'let the mapping, or the function, depend on the policy (`DependsOn`)',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html',
  since: '0.1.0',

  valid: [
    { title: 'the mapping waits', resources: { Orders: fn(), OrdersRole: role(), Policy: MAY, Returns: QUEUE, Mapping: { ...mapping(), ...WAITS } } },
    { title: 'the function waits', resources: { Orders: { ...fn(), ...WAITS }, OrdersRole: role(), Policy: MAY, Returns: QUEUE, Mapping: mapping() } },
    { title: 'a policy within the role', resources: { Orders: fn(), OrdersRole: role([allow(POLL, arnOf('Returns'))]), Returns: QUEUE, Mapping: mapping() } },
    { title: 'a policy within the role, and one beside it', resources: { Orders: fn(), OrdersRole: role([allow('sqs:*', arnOf('Returns'))]), Policy: MAY, Returns: QUEUE, Mapping: mapping() } },
    { title: 'a managed policy that the role names', resources: { Orders: fn(), OrdersRole: role([], { ManagedPolicyArns: [{ Ref: 'Policy' }] }), Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [allow(POLL)] } } }, Returns: QUEUE, Mapping: mapping() } },
    { title: 'the AWS managed policy', resources: { Orders: fn(), OrdersRole: roleWith('service-role/AWSLambdaSQSQueueExecutionRole'), Returns: QUEUE, Mapping: mapping() } },
    { title: 'nothing allowed, of which another rule tells', resources: { Orders: fn(), OrdersRole: role(), Returns: QUEUE, Mapping: mapping() } },
    { title: 'another policy that may allow it', resources: { Orders: fn(), OrdersRole: role([allow({ Ref: 'Action' })]), Policy: MAY, Returns: QUEUE, Mapping: mapping() } },
    { title: 'a role that a parameter names', resources: { Orders: fn({ Role: { Ref: 'RoleArn' } }), OrdersRole: role(), Policy: MAY, Returns: QUEUE, Mapping: mapping() } },
  ],
  invalid: [
    { title: 'nothing waits', at: AT, resources: { Orders: fn(), OrdersRole: role(), Policy: MAY, Returns: QUEUE, Mapping: mapping() } },
    { title: 'it waits for something else', at: AT, resources: { Orders: fn(), OrdersRole: role(), Policy: MAY, Returns: QUEUE, Mapping: { ...mapping(), DependsOn: ['Returns', 'OrdersRole'] } } },
    { title: 'some of it comes in time', at: AT, resources: { Orders: fn(), OrdersRole: role([allow('sqs:ReceiveMessage')]), Policy: policy([allow('sqs:*', arnOf('Returns'))]), Returns: QUEUE, Mapping: mapping() } },
    { title: 'a managed policy that names the role', at: AT, resources: { Orders: fn(), OrdersRole: role(), Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [allow(POLL)] }, Roles: [{ Ref: 'OrdersRole' }] } }, Returns: QUEUE, Mapping: mapping() } },
  ],

  * check(app) {
    for (const { resource, target } of mappingsOf(app)) {
      const owner = target && roleOf(target.fn);
      if (!owner) continue;
      const before = madeBefore(resource);
      // of a policy in another stack nobody knows which stack comes first
      const isLate = (one: Resource) => one.stack === resource.stack && one !== owner && !before.has(one);
      if (!attachmentsTo(owner).some((attachment) => isLate(attachment.policy))) continue;
      const late = allowingOf(target.fn, resource).find((policies) => policies.every(isLate));
      if (!late) continue;
      yield { resource, path: 'Properties/EventSourceArn', message: `mapping must be made after ${late[0].label}, which lets Lambda read its source, got no order between the two` };
    }
  },
};
