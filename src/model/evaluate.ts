import type { Stack } from './stack';
import { intrinsic, isObject, isTransformed, Json } from './template';
import { ABSENT, known, UNKNOWN, Value } from './value';

/** Puts in what is known before deployment: literals, the stack's Region and account, and texts made of them. */
export function evaluate(json: Json, stack: Stack): Value<Json> {
  const call = intrinsic(json);
  if (call) return evaluateCall(call.name, call.argument, stack);
  // Whole lists and objects are known only if all of them is.
  if (Array.isArray(json)) return all(json.map((item) => evaluate(item, stack)));
  if (isObject(json)) {
    if (isTransformed(json)) return UNKNOWN;
    const values = Object.entries(json).map(([key, item]) => [key, evaluate(item ?? null, stack)] as const);
    if (values.some(([, value]) => value.kind === 'unknown')) return UNKNOWN;
    return known(Object.fromEntries(values.flatMap(([key, value]) => value.kind === 'known' ? [[key, value.value]] : [])));
  }
  return known(json);
}

function evaluateCall(name: string, argument: Json | undefined, stack: Stack): Value<Json> {
  switch (name) {
    case 'Ref': return pseudoParameter(argument, stack);
    case 'Fn::Join': return join(argument, stack);
    case 'Fn::Sub': return typeof argument === 'string' ? substitute(argument, stack) : UNKNOWN;
    default: return UNKNOWN;
  }
}

function pseudoParameter(name: Json | undefined, stack: Stack): Value<Json> {
  if (name === 'AWS::NoValue') return ABSENT;
  const value = name === 'AWS::Region' ? stack.region : name === 'AWS::AccountId' ? stack.account : undefined;
  return value === undefined ? UNKNOWN : known(value);
}

function join(argument: Json | undefined, stack: Stack): Value<Json> {
  if (!Array.isArray(argument) || typeof argument[0] !== 'string' || !Array.isArray(argument[1])) return UNKNOWN;
  const parts = all(argument[1].map((part) => evaluate(part, stack)));
  const texts = parts.kind === 'known' ? parts.value as Json[] : [{}];
  return texts.some((text) => typeof text === 'object') ? UNKNOWN : known(texts.join(argument[0]));
}

function substitute(text: string, stack: Stack): Value<Json> {
  let complete = true;
  const result = text.replace(/\$\{(!?)([^}]*)\}/g, (whole, escape, name) => {
    if (escape) return `\${${name}}`;
    const value = pseudoParameter(name, stack);
    complete &&= value.kind === 'known';
    return value.kind === 'known' ? String(value.value) : whole;
  });
  return complete ? known(result) : UNKNOWN;
}

function all(values: Value<Json>[]): Value<Json> {
  if (values.some((value) => value.kind === 'unknown')) return UNKNOWN;
  return known(values.flatMap((value) => value.kind === 'known' ? [value.value] : []));
}
