import { Text, textOf } from '../iam/text';
import { referenceIn } from '../reference';
import type { Resource } from '../resource';
import type { Stack } from '../stack';
import { Json, JsonObject } from '../template';

/** Something that events go through, by what it takes to write to it. */
export type ChannelKind = 'bucket' | 'queue' | 'topic' | 'table' | 'stream' | 'bus' | 'log group';

/** Where events come from that a function is invoked with: a queue, or the objects of a bucket that a notification is about. */
export interface Channel {
  readonly kind: ChannelKind;
  readonly arn: Text;
  /** The channel as people know it. */
  readonly label: string;
  /** Which objects of a bucket. */
  readonly keys?: Keys;
  /** Which events of a bus. */
  readonly pattern?: JsonObject;
}

export interface Keys {
  readonly prefix: Text;
  readonly suffix: Text;
}

/** Equal keys stand for the same resource, however its ARN is put together. */
export function keyOf(arn: Text): string {
  return JSON.stringify(arn.reduce<(string | { id: string })[]>((pieces, piece) => {
    const before = pieces[pieces.length - 1];
    if (typeof piece === 'string' && typeof before === 'string') return [...pieces.slice(0, -1), before + piece];
    return [...pieces, typeof piece === 'string' ? piece : { id: piece.id }];
  }, []));
}

/** What a value names: as people know it if it is in this app, else as far as it is known. */
export function labelOf(json: Json, stack: Stack): string {
  const resource = referenceIn(json, stack)?.resource;
  return resource?.label ?? textOf(json, stack).map((piece) => typeof piece === 'string' ? piece : '...').join('').replace(/^arn:[^:]*:[^:]*:[^:]*:[^:]*:/, '');
}

const ARN_OF = {
  bucket: 'arn:${AWS::Partition}:s3:::',
  bus: 'arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/',
};

/** The ARN of what a property names by its name, or, for a bus, by its ARN; `undefined` if that is not known. */
export function arnOfNamed(kind: 'bucket' | 'bus', json: Json, resource: Resource): Text | undefined {
  const text = textOf(json, resource.stack);
  if (typeof text[0] === 'string' && text[0].startsWith('arn:')) return text;
  const reference = referenceIn(json, resource.stack);
  const isName = typeof text[0] === 'string' || (reference?.exact && reference.resource.type.startsWith('AWS::'));
  return isName ? [...textOf({ 'Fn::Sub': ARN_OF[kind] }, resource.stack), ...text] : undefined;
}
