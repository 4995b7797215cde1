import { Bytes, enclosed, exactly, plus, policyBytes, Surroundings } from './policy-bytes';

/** What `AWS::Lambda::Permission` says, in the words of CloudFormation. */
export interface PermissionProperties {
  readonly Action?: unknown;
  readonly Principal?: unknown;
  readonly FunctionName?: unknown;
  readonly SourceArn?: unknown;
  readonly SourceAccount?: unknown;
  readonly PrincipalOrgID?: unknown;
  readonly EventSourceToken?: unknown;
  readonly FunctionUrlAuthType?: unknown;
  readonly InvokedViaFunctionUrl?: unknown;
}

/** A statement id that CloudFormation generates has at most this length. */
const LONGEST_SID = 100;
const RANDOM = 13;

/**
 * Length of the statement that Lambda stores for a permission.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html
 */
export function permissionBytes(properties: PermissionProperties, logicalId: string, around: Surroundings): Bytes {
  const sid = Math.min(LONGEST_SID, (around.stackName?.length ?? 20) + 1 + logicalId.length + RANDOM);
  return policyBytes({
    Sid: 'x'.repeat(sid),
    Effect: 'Allow',
    Principal: principal(properties.Principal),
    Action: properties.Action,
    Resource: properties.FunctionName,
    ...conditions(properties),
  }, around);
}

/** Length of a policy of these statements. */
export function statementsBytes(statements: readonly Bytes[]): Bytes {
  return plus(exactly('{"Version":"2012-10-17","Id":"default","Statement":}'.length), enclosed(statements));
}

function principal(name: unknown): unknown {
  if (name === '*' || typeof name !== 'string') return name;
  if (/^\d{12}$/.test(name)) return { AWS: `arn:aws:iam::${name}:root` };
  return name.startsWith('arn:') ? { AWS: name } : { Service: name };
}

function conditions(properties: PermissionProperties): { Condition?: unknown } {
  const tests = {
    ArnLike: present({ 'AWS:SourceArn': properties.SourceArn }),
    StringEquals: present({
      'AWS:SourceAccount': properties.SourceAccount,
      'aws:PrincipalOrgID': properties.PrincipalOrgID,
      'lambda:EventSourceToken': properties.EventSourceToken,
      'lambda:FunctionUrlAuthType': properties.FunctionUrlAuthType,
    }),
    Bool: present({ 'lambda:InvokedViaFunctionUrl': properties.InvokedViaFunctionUrl }),
  };
  const condition = present(tests);
  return condition === undefined ? {} : { Condition: condition };
}

/** The members that are there; `undefined` if none is. */
function present(members: Readonly<Record<string, unknown>>): object | undefined {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
