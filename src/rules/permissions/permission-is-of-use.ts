import { ORDERS, permission } from './examples';
import { allows, INVOKE, POLLED, servicesOf } from './statements';
import { permissionStatements } from '../../model/iam/resource-policy';
import { Rule } from '../rule';

/** Services that assume a role, and invoke with that. */
const WITH_ROLES = ['scheduler', 'pipes', 'states', 'firehose'];

export const permissionIsOfUse: Rule = {
  id: 'permission-is-of-use',
  title: 'Permissions are for services that ask for them',
  severity: 'warning',
  why: 'the statement does nothing, and whoever wrote it may be missing what is needed in its place',
  fix: 'drop it; what Lambda polls (SQS, Kinesis, DynamoDB, Kafka), the execution role must be allowed to read; Scheduler, Pipes, Step Functions and Firehose invoke with a role of theirs',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html',
  since: '0.1.0',

  valid: [
    { title: 'a service that pushes', resources: { Orders: ORDERS, Permission: permission('sns.amazonaws.com', { SourceAccount: '111122223333' }) } },
    { title: 'a service that a parameter names', resources: { Orders: ORDERS, Permission: permission({ Ref: 'Service' }) } },
  ],
  invalid: [
    { title: 'Lambda polls the service', at: 'Permission/Properties/Principal', resources: { Orders: ORDERS, Permission: permission('sqs.amazonaws.com', { SourceArn: 'arn:aws:sqs:eu-west-1:111122223333:orders' }) } },
    { title: 'the service invokes with a role', at: 'Permission/Properties/Principal', resources: { Orders: ORDERS, Permission: permission('states.amazonaws.com') } },
  ],

  * check(app) {
    for (const statement of permissionStatements(app)) {
      const services = allows(statement, INVOKE) ? servicesOf(statement) : [];
      const useless = services.filter((service) => [...POLLED, ...WITH_ROLES].includes(service.split('.')[0]));
      if (useless.length === 0) continue;
      const { resource } = statement;
      const path = resource.type === 'AWS::Lambda::Permission' ? 'Properties/Principal' : statement.path;
      yield { resource, path, message: `a service that is permitted to invoke must be one that invokes by this policy, got ${useless.map(reason).join(', ')}` };
    }
  },
};

function reason(service: string): string {
  return `${service}, ${POLLED.includes(service.split('.')[0]) ? 'which Lambda polls with the execution role' : 'which invokes with a role of its own'}`;
}
