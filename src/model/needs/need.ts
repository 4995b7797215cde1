import type { Request } from '../iam/decide';
import { Text, textOf } from '../iam/text';
import { referenceIn } from '../reference';
import type { Resource } from '../resource';
import type { Stack } from '../stack';
import { Json } from '../template';

/** What a function needs its execution role for. */
export type Topic = 'logs' | 'tracing' | 'network' | 'sending' | 'polling' | 'reaching' | 'mounting' | 'keys' | 'durable' | 'insights';

/** Something that the execution role of a function must be allowed to do, for what its configuration says to work. */
export interface Need {
  readonly topic: Topic;

  /** Each of them is needed. */
  readonly actions: readonly string[];

  /** What AWS documents besides, and Lambda was seen to do without: to be allowed with the rest, no reason to complain. */
  readonly also?: readonly string[];

  /** ARN that they are asked for, `*` for actions that take none. */
  readonly target: Text;

  /** Another ARN with which it works as well. */
  readonly orTarget?: Text;

  /** The target as a policy in the template of the function names it. */
  readonly named: Json;

  /** The target in words. */
  readonly on: string;

  /** Where the need comes from. */
  readonly at: Place;

  /** What it is for, to go on from `... on <target>`. */
  readonly what: string;

  /** Resources of this app whose own policies may allow it, too; `elsewhere` if such a policy is in no template we have. */
  readonly orPolicyOf?: readonly Resource[] | 'elsewhere';

  /**
   * Whether the requests carry the function's ARN in `lambda:SourceFunctionArn`: those from its code, and of those that
   * Lambda makes the ones for logs, traces and file systems.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
   */
  readonly namesFunction?: boolean;

  /** What else is known of the requests: condition keys in lower case. */
  readonly context?: Request['context'];
}

export interface Place {
  readonly resource: Resource;
  /** E.g. `Properties/VpcConfig`. */
  readonly path: string;
}

/** A value that names a resource, and the template that it stands in. */
export interface Naming {
  readonly json: Json;
  readonly stack: Stack;
}

/** Something that nothing is known of: a part of an ARN that only a request has. */
export const SOMETHING: Text = [{ id: 'something in a request' }];

/** The service in an ARN, as far as it is known: `sqs`. */
export function serviceIn(arn: Text): string | undefined {
  return arn.map((piece) => typeof piece === 'string' ? piece : '?').join('').match(/^arn:[^:]+:([a-z0-9-]+):/)?.[1];
}

/** Whether an ARN is that of a consumer of a data stream, which has a throughput of its own. */
export function isConsumer(arn: Text): boolean {
  return arn.some((piece) => typeof piece === 'string' && piece.includes('/consumer/'));
}

/** The resources of this app whose policies have a say about what a value names. */
export function policyHoldersOf({ json, stack }: Naming): readonly Resource[] | 'elsewhere' {
  const resource = referenceIn(json, stack)?.resource;
  if (!resource) return 'elsewhere';
  const owner = OWNERS.get(resource.type);
  return owner === undefined ? [resource] : [resource.reference(owner)?.resource ?? resource];
}

/** Parts of resources, by the property that names the whole, which has the policy. */
const OWNERS = new Map([
  ['AWS::Kinesis::StreamConsumer', 'StreamARN'],
  ['AWS::Lambda::Alias', 'FunctionName'],
  ['AWS::Lambda::Version', 'FunctionName'],
]);

/** A resource in words: as people know it if it is in this app, else by its ARN as far as that is known. */
export function inWords({ json, stack }: Naming): string {
  const resource = referenceIn(json, stack)?.resource;
  return resource?.label ?? textOf(json, stack).map((piece) => typeof piece === 'string' ? piece : '...').join('');
}

/** The ARN of a resource as a template names it; one of another template only in words. */
export function arnOf(resource: Resource, stack: Stack): Json {
  return resource.stack === stack ? { 'Fn::GetAtt': [resource.logicalId, 'Arn'] } : `<the ARN of ${resource.label}>`;
}
