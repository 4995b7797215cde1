import { evaluate } from './evaluate';
import type { Resource } from './resource';
import type { Stack } from './stack';
import { intrinsic, isObject, Json } from './template';
import { valueOf } from './value';

/** A resource of this app that a property names. */
export interface Reference {
  readonly resource: Resource;

  /** `Ref`, or the name of an attribute. */
  readonly attribute: string;

  /** Whether the property is the reference and nothing else, rather than a text that holds or is cut from it. */
  readonly exact: boolean;
}

/** The parameters, outputs and exports on the way to a value: templates that refer in a circle end where it closes. */
type Trail = readonly string[];

/** The one resource that a value refers to, through exports, outputs and parameters of nested stacks. */
export function referenceIn(json: Json | undefined, stack: Stack, trail: Trail = []): Reference | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const call = intrinsic(json);
  return call ? followCall(call.name, call.argument, stack, trail) : only(Object.values(json), stack, trail);
}

function followCall(name: string, argument: Json | undefined, stack: Stack, trail: Trail): Reference | undefined {
  switch (name) {
    case 'Ref': return typeof argument === 'string' ? byName(argument, 'Ref', stack, trail) : undefined;
    case 'Fn::GetAtt': return followAttribute(argument, stack, trail);
    case 'Fn::ImportValue': return followImport(argument, stack, trail);
    case 'Fn::GetStackOutput': return followStackOutput(argument, stack, trail);
    case 'Fn::Sub': return followSub(argument, stack, trail);
    case 'Fn::Join': return followJoin(argument, stack, trail);
    default: return only(Array.isArray(argument) ? argument : [argument], stack, trail);
  }
}

/** What a value in another template refers to, unless it is on the way there already. */
function follow(json: Json | undefined, stack: Stack, step: string, trail: Trail): Reference | undefined {
  return trail.includes(step) ? undefined : referenceIn(json, stack, [...trail, step]);
}

/** A resource of this template, or what a parameter of a nested stack is set to. */
function byName(name: string, attribute: string, stack: Stack, trail: Trail): Reference | undefined {
  const resource = stack.resource(name);
  if (!resource) return followParameter(name, stack, trail);
  const output = attribute.match(/^Outputs\.(.+)$/)?.[1];
  return output ? followNestedOutput(resource, output, trail) : { resource, attribute, exact: true };
}

function followAttribute(argument: Json | undefined, stack: Stack, trail: Trail): Reference | undefined {
  const text = Array.isArray(argument) && argument.every((part) => typeof part === 'string') ? argument.join('.') : argument;
  if (typeof text !== 'string') return undefined;
  const dot = text.indexOf('.');
  return dot < 0 ? undefined : byName(text.slice(0, dot), text.slice(dot + 1), stack, trail);
}

function followParameter(name: string, stack: Stack, trail: Trail): Reference | undefined {
  if (!stack.parent || !stack.isParameter(name)) return undefined;
  const given = stack.parent.raw(`Parameters.${name}`);
  return given.kind === 'known' ? follow(given.value, stack.parent.stack, `${stack.path} ${name}`, trail) : undefined;
}

function followNestedOutput(nested: Resource, output: string, trail: Trail): Reference | undefined {
  const child = nested.stack.app.stacks.find((stack) => stack.parent === nested);
  return child && follow(child.output(output), child, `${child.path} Outputs.${output}`, trail);
}

function followImport(argument: Json | undefined, stack: Stack, trail: Trail): Reference | undefined {
  if (typeof argument !== 'string') return undefined;
  const exporter = stack.app.exporter(argument, stack);
  return exporter && follow(exporter.exports(argument), exporter, `${exporter.path} Exports.${argument}`, trail);
}

/** The CDK's weak references between stacks. */
function followStackOutput(argument: Json | undefined, stack: Stack, trail: Trail): Reference | undefined {
  if (!isObject(argument) || typeof argument.StackName !== 'string' || typeof argument.OutputName !== 'string') return undefined;
  // Without a Region, that of the stack itself is meant.
  const region = valueOf(evaluate(argument.Region ?? { Ref: 'AWS::Region' }, stack));
  const producer = stack.app.stackNamed(argument.StackName, typeof region === 'string' ? region : undefined);
  return producer && follow(producer.output(argument.OutputName), producer, `${producer.path} Outputs.${argument.OutputName}`, trail);
}

function followSub(argument: Json | undefined, stack: Stack, trail: Trail): Reference | undefined {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, undefined];
  if (typeof text !== 'string') return undefined;
  const names = [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map((match) => match[1]);
  const parts = names.map((name): Json | undefined => {
    if (isObject(variables) && Object.hasOwn(variables, name)) return variables[name];
    return name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name };
  });
  return only(parts, stack, trail);
}

/** A list of one, joined, is that one. */
function followJoin(argument: Json | undefined, stack: Stack, trail: Trail): Reference | undefined {
  const parts = Array.isArray(argument) ? argument[1] : undefined;
  return Array.isArray(parts) && parts.length === 1 ? referenceIn(parts[0], stack, trail) : only([parts], stack, trail);
}

/** The resource that parts of a value refer to, if all that refer to any refer to the same. */
function only(parts: readonly (Json | undefined)[], stack: Stack, trail: Trail): Reference | undefined {
  const found = parts.map((part) => referenceIn(part, stack, trail)).filter((part) => part !== undefined);
  const same = found.every((part) => part.resource === found[0].resource);
  return found.length > 0 && same ? { ...found[0], exact: false } : undefined;
}
