import { arnParts } from './arns';
import { referenceIn } from '../reference';
import type { Resource } from '../resource';
import type { Stack } from '../stack';
import { intrinsic, isObject, Json } from '../template';

/**
 * A text of a template as far as it is known: literal pieces, and atoms for what the deployment puts in.
 *
 * `arn:aws:s3:::` and the name of a bucket of this app, for instance. Two texts can be compared without knowing the
 * bucket's name: the same atom means the same name.
 */
export type Text = readonly Piece[];

export type Piece = string | Atom;

export interface Atom {
  /** Equal ids stand for equal text. */
  readonly id: string;

  /**
   * What kind of text it is: two atoms of one kind with different ids are different texts. Atoms without a kind may
   * stand for anything.
   */
  readonly kind?: string;

  /** Letters that the text surely has none of. */
  readonly without?: string;
}

/** Names and attributes that the deployment decides, put in as atoms. A list or an object is no text. */
export function textOf(json: Json | undefined, stack: Stack): Text {
  if (typeof json === 'string') return [json];
  if (typeof json === 'number' || typeof json === 'boolean') return [String(json)];
  const call = intrinsic(json);
  switch (call?.name) {
    case 'Ref': return typeof call.argument === 'string' ? named(call.argument, json, stack) : [anything(json, stack)];
    case 'Fn::Join': return joined(call.argument, json, stack);
    case 'Fn::Sub': return substituted(call.argument, json, stack);
    case 'Fn::Select': return selected(call.argument, json, stack);
    default: return referred(json, stack);
  }
}

/** The attributes that are being spelled out: names that are made of each other in a circle end where it closes. */
const underway = new Set<string>();

/** Policies and needs name the same resources again and again. */
const spelledOut = new WeakMap<Resource, Map<string, Text>>();

/** The text of a resource's own name or ARN, in the words of the types that we know. */
export function textOfAttribute(resource: Resource, attribute: string): Text {
  // What is met on the way through a circle is not the same as what one gets from outside.
  if (underway.size > 0) return spell(resource, attribute);
  const known = spelledOut.get(resource) ?? new Map<string, Text>();
  spelledOut.set(resource, known);
  if (!known.has(attribute)) known.set(attribute, spell(resource, attribute));
  return known.get(attribute)!;
}

function spell(resource: Resource, attribute: string): Text {
  const whole = atomOf(resource, attribute);
  const parts = underway.has(whole.id) ? undefined : arnParts(resource, attribute);
  if (!parts) return [whole];
  underway.add(whole.id);
  try {
    return parts.flatMap((part): Text => typeof part === 'string' ? [part] : part.json === undefined ? [part] : textOf(part.json, resource.stack));
  } finally {
    underway.delete(whole.id);
  }
}

/** The text where all of it is known. */
export function literal(text: Text): string | undefined {
  return text.every((piece) => typeof piece === 'string') ? text.join('') : undefined;
}

/** Two resources never share what identifies them; other attributes (of a custom resource, say) may well be equal. */
function atomOf(resource: Resource, attribute: string): Atom {
  const id = `${resource.stack.path}/${resource.logicalId}.${attribute}`;
  const identifies = ['Ref', 'Arn', 'Id'].includes(attribute) && /^AWS::(?!CloudFormation::)/.test(resource.type);
  return identifies ? { id, kind: `${resource.type}.${attribute}` } : { id };
}

function anything(json: Json | undefined, stack: Stack): Atom {
  return { id: `${stack.path}: ${JSON.stringify(json)}` };
}

function named(name: string, json: Json | undefined, stack: Stack): Text {
  if (!name.startsWith('AWS::')) return referred(json, stack);
  if (name === 'AWS::Region' && stack.region) return [stack.region];
  if (name === 'AWS::AccountId' && stack.account) return [stack.account];
  if (name === 'AWS::Partition' && stack.region) return [partitionOf(stack.region)];
  // Where the app fixes no environment, its stacks are taken to share one.
  const shared = ['AWS::Region', 'AWS::AccountId', 'AWS::Partition', 'AWS::URLSuffix'].includes(name);
  return [{ id: shared ? name : `${stack.path} ${name}` }];
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : region.match(/^(us-iso\w*|eu-isoe|eusc)-/) ? `aws-${region.split('-').slice(0, -2).join('-').replace(/^us-/, '')}` : 'aws';
}

function referred(json: Json | undefined, stack: Stack): Text {
  const reference = referenceIn(json, stack);
  return reference?.exact ? textOfAttribute(reference.resource, reference.attribute) : [anything(json, stack)];
}

function joined(argument: Json | undefined, json: Json | undefined, stack: Stack): Text {
  if (!Array.isArray(argument) || typeof argument[0] !== 'string' || !Array.isArray(argument[1])) return [anything(json, stack)];
  const [separator, parts] = argument as [string, Json[]];
  return parts.flatMap((part, index) => [...index > 0 && separator ? [separator] : [], ...textOf(part, stack)]);
}

function substituted(argument: Json | undefined, json: Json | undefined, stack: Stack): Text {
  const [template, variables] = Array.isArray(argument) ? argument : [argument, undefined];
  if (typeof template !== 'string') return [anything(json, stack)];
  // the odd pieces are the names between ${ and }
  return template.split(/\$\{([^}]*)\}/).flatMap((piece, index): Text => {
    if (index % 2 === 0) return piece === '' ? [] : [piece];
    if (piece.startsWith('!')) return [`\${${piece.slice(1)}}`];
    if (isObject(variables) && Object.hasOwn(variables, piece)) return textOf(variables[piece], stack);
    return textOf(piece.includes('.') ? { 'Fn::GetAtt': piece } : { Ref: piece }, stack);
  });
}

/** A part of a text that is split, as the CDK takes account and Region out of an ARN. */
function selected(argument: Json | undefined, json: Json | undefined, stack: Stack): Text {
  const [index, list] = Array.isArray(argument) ? argument : [];
  const split = intrinsic(list);
  if (split?.name !== 'Fn::Split' || !Array.isArray(split.argument)) return referred(json, stack);
  const [separator, source] = split.argument;
  const parts = typeof separator === 'string' && separator !== '' ? splitText(textOf(source, stack), separator) : undefined;
  const place = typeof index === 'number' || typeof index === 'string' ? Number(index) : NaN;
  return parts?.[place] ?? referred(json, stack);
}

/** The parts of a text; `undefined` where what is not known of it may hold the separator. */
function splitText(text: Text, separator: string): Text[] | undefined {
  if (text.some((piece) => typeof piece !== 'string' && !isWithout(piece, separator))) return undefined;
  const parts: Piece[][] = [[]];
  for (const piece of text) {
    const [first, ...others] = typeof piece === 'string' ? piece.split(separator) : [piece];
    if (first !== '') parts[parts.length - 1].push(first);
    parts.push(...others.map((other) => other === '' ? [] : [other]));
  }
  return parts;
}

function isWithout({ id, without = '' }: Atom, separator: string): boolean {
  const letters = ['AWS::Region', 'AWS::AccountId', 'AWS::Partition'].includes(id) ? ':/' : without;
  return separator.length === 1 && letters.includes(separator);
}
