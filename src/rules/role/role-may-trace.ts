import { allow, fn, policy, role, roleWith } from './examples';
import { lacking } from './lacking';
import { Rule } from '../rule';

const ACTIVE = { TracingConfig: { Mode: 'Active' } };

/** An `error`: Lambda looks whether the role may do it, and refuses the function. */
export const roleMayTrace: Rule = {
  id: 'role-may-trace',
  title: 'Execution roles of functions with active tracing may send traces',
  severity: 'error',
  why: 'Lambda refuses the function: "The provided execution role does not have permissions to call PutTraceSegments on XRAY"',
  fix: 'add the statement to the role, or leave active tracing out',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html',
  since: '0.1.0',

  valid: [
    { title: 'a policy beside the role', resources: { Orders: fn(ACTIVE), OrdersRole: role(), Policy: policy([allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'])]) } },
    { title: 'the AWS managed policy', resources: { Orders: fn(ACTIVE), OrdersRole: roleWith('AWSXRayDaemonWriteAccess') } },
    { title: 'traces only of requests that are traced already', resources: { Orders: fn({ TracingConfig: { Mode: 'PassThrough' } }), OrdersRole: role() } },
    { title: 'a mode that a parameter names', resources: { Orders: fn({ TracingConfig: { Mode: { Ref: 'Mode' } } }), OrdersRole: role() } },
  ],
  invalid: [
    { title: 'the role may only write logs', at: 'Orders/Properties/TracingConfig', resources: { Orders: fn(ACTIVE), OrdersRole: roleWith('service-role/AWSLambdaBasicExecutionRole') } },
    { title: 'the action is allowed on an ARN, of which it takes none', at: 'Orders/Properties/TracingConfig', resources: { Orders: fn(ACTIVE), OrdersRole: role([allow('xray:*', 'arn:aws:xray:eu-west-1:123456789012:group/*')]) } },
  ],

  check: (app) => lacking(app, 'tracing'),
};
