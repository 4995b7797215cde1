import { Text, textOf } from './iam/text';
import { referenceIn } from './reference';
import type { Resource } from './resource';
import { Json } from './template';

/** One entry of a function's `Layers`, in the order in which layers are laid over each other. */
export interface LayerUse {
  /** As it stands in the template. */
  readonly entry: Json;

  /** The layer version, where it is one of this app. */
  readonly resource?: Resource;

  /** The parts of its ARN, as far as they are known. An ARN of `awslayer` has none. */
  readonly arn?: LayerArn;
}

/** `arn:<partition>:lambda:<region>:<account>:layer:<name>:<version>`. */
export interface LayerArn {
  readonly partition: Text;
  readonly region: Text;
  readonly account: Text;
  readonly name: Text;
  readonly version: Text;
}

/** The layers of a function; `undefined` where the whole list is decided at deployment. */
export function layersOf(fn: Resource): readonly LayerUse[] | undefined {
  const list = fn.list('Layers');
  if (list.kind === 'unknown') return undefined;
  return list.kind === 'known' ? list.value.map((entry) => layerUse(fn, entry)) : [];
}

function layerUse(fn: Resource, entry: Json): LayerUse {
  // A choice between two things is neither of them.
  const reference = referenceIn(entry, fn.stack);
  const isLayer = reference?.exact && reference.resource.type === 'AWS::Lambda::LayerVersion';
  return { entry, resource: isLayer ? reference.resource : undefined, arn: layerArn(textOf(entry, fn.stack)) };
}

function layerArn(text: Text): LayerArn | undefined {
  const [arn, partition, service, region, account, type, name, version, ...rest] = fieldsOf(text);
  if (version === undefined || rest.length > 0) return undefined;
  const isLayer = [arn, service, type].every((field, index) => sameText(field, [['arn', 'lambda', 'layer'][index]]));
  return isLayer ? { partition, region, account, name, version } : undefined;
}

/** The parts between colons. What the deployment puts into an ARN has none of its own: else there would be too many. */
function fieldsOf(text: Text): Text[] {
  const fields: (Text[number])[][] = [[]];
  for (const piece of text) {
    const [first, ...others] = typeof piece === 'string' ? piece.split(':') : [piece];
    fields[fields.length - 1].push(first);
    for (const other of others) fields.push([other]);
  }
  return fields.map((pieces) => pieces.filter((piece) => piece !== ''));
}

/** Whether two texts are surely the same: equal letters, and the same names in the same places. */
export function sameText(one: Text, other: Text): boolean {
  const spell = (text: Text) => JSON.stringify(text.reduce<unknown[]>((all, piece) => {
    const last = all[all.length - 1];
    if (typeof piece === 'string' && typeof last === 'string') return [...all.slice(0, -1), last + piece];
    return [...all, typeof piece === 'string' ? piece : { id: piece.id }];
  }, []));
  return spell(one) === spell(other);
}
