import { isObject, Json, JsonObject } from '../model/template';

/** A stack as references from other stacks need to know it. */
export interface Producer {
  readonly path: string;
  readonly stackName: string;
  readonly account?: string;
  readonly region?: string;
}

/** An element of a template: the stack that it is in, and its logical id there. */
export interface Element {
  readonly stack: Producer;
  readonly id: string;
}

/** How an element is named in all stacks, until it is known who names it. Logical ids are the same in several stacks. */
export function nameOf(index: number): string {
  return `SoFar${index}Element`;
}

const NAMED = /SoFar(\d+)Element/g;
const REFERENCE = /^SoFar(\d+)Element(?:\.(.+))?$/;
const IN_TEXT = /\$\{(SoFar\d+Element(?:\.[^}]+)?)\}/g;

const isText = (json: Json) => typeof json === 'string';

/** Puts logical ids in the place of names, and makes references to other stacks what the CDK would make of them: imports of outputs. */
export class CrossReferences {
  private readonly outputs = new Map<Producer, Record<string, Json>>();

  constructor(private readonly elements: readonly Element[]) {}

  /** A part of the template of a stack. */
  public settle(json: Json, here: Producer): Json {
    if (typeof json === 'string') return this.named(json);
    if (Array.isArray(json)) return json.map((item) => this.settle(item, here));
    if (!isObject(json)) return json;
    return this.imported(json, here)
      ?? Object.fromEntries(Object.entries(json).map(([key, value]) => [this.named(key), this.settle(value ?? null, here)]));
  }

  /** What other stacks, settled before, import from a stack. */
  public outputsOf(producer: Producer): JsonObject {
    return this.outputs.get(producer) ?? {};
  }

  private named(text: string): string {
    return text.replace(NAMED, (name, index) => this.elements[Number(index)]?.id ?? name);
  }

  /** A call that names what is in another stack. */
  private imported(json: JsonObject, here: Producer): Json | undefined {
    const [[name, argument] = [], ...others] = Object.entries(json);
    if (others.length > 0) return undefined;
    if (name === 'Ref') return this.importOf(argument, here);
    if (name === 'Fn::GetAtt') return this.importOf(Array.isArray(argument) && argument.every(isText) ? argument.join('.') : argument, here);
    return name === 'Fn::Sub' ? this.substituted(argument, here) : undefined;
  }

  private importOf(reference: Json | undefined, here: Producer): Json | undefined {
    const [, index, attribute] = typeof reference === 'string' ? REFERENCE.exec(reference) ?? [] : [];
    const element = this.elements[Number(index)];
    if (!element || element.stack === here) return undefined;
    const { id, stack: { stackName, account, region } } = element;
    const output = `${nameOf(Number(index))}.${attribute ?? 'Ref'}`;
    const value: Json = attribute === undefined ? { Ref: id } : { 'Fn::GetAtt': [id, attribute] };
    this.outputs.set(element.stack, { ...this.outputs.get(element.stack), [output]: { Value: value, Export: { Name: output } } });
    const isBeside = account === here.account && region === here.region;
    return isBeside ? { 'Fn::ImportValue': output } : { 'Fn::GetStackOutput': { StackName: stackName, OutputName: output, Region: region } };
  }

  private substituted(argument: Json | undefined, here: Producer): Json | undefined {
    const [text, given] = Array.isArray(argument) ? argument : [argument];
    if (typeof text !== 'string') return undefined;
    const variables = [...text.matchAll(IN_TEXT)].flatMap(([, reference]) => {
      const imported = this.importOf(reference, here);
      return imported === undefined ? [] : [[reference, imported] as const];
    });
    if (variables.length === 0) return undefined;
    const own = isObject(given) ? this.settle(given, here) as JsonObject : {};
    const names = new Set(variables.map(([reference]) => reference));
    // what is imported keeps its name, of which there is one in the app
    const settled = text.split(IN_TEXT).map((part, index) => index % 2 === 0 ? this.named(part) : `\${${names.has(part) ? part : this.named(part)}}`).join('');
    return { 'Fn::Sub': [settled, { ...own, ...Object.fromEntries(variables) }] };
  }
}
