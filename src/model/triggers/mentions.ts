import { oncePerApp } from '../once-per-app';
import { referenceIn } from '../reference';
import type { Resource } from '../resource';
import type { Stack } from '../stack';
import { intrinsic, isObject, Json } from '../template';
import { targetOf } from '../wiring';

/** The resources of an app that name a function, its alias, its version or its URL anywhere in their properties. */
export function mentionsOf(fn: Resource): ReadonlySet<Resource> {
  return mentions(fn.stack.app).get(fn) ?? new Set();
}

const mentions = oncePerApp((app) => {
  const found = new Map<Resource, Set<Resource>>();
  for (const resource of app.stacks.flatMap(({ resources }) => resources)) {
    for (const name of namesIn(resource.properties)) {
      const fn = targetOf(referenceIn(name, resource.stack))?.fn ?? functionOfUrl(name, resource.stack);
      if (fn === undefined || fn === resource) continue;
      const list = found.get(fn) ?? new Set();
      found.set(fn, list.add(resource));
    }
  }
  return found;
});

/** The resources of an app that name something which the deployment decides, and which might be a function. */
export const resourcesOpenToNames = oncePerApp((app): readonly Resource[] => (
  app.stacks.flatMap(({ resources }) => resources)
    .filter(({ properties, stack }) => [...namesIn(properties)].some((name) => isOpen(name, stack)))
));

function isOpen(name: Json, stack: Stack): boolean {
  const call = intrinsic(name);
  const isPseudo = call?.name === 'Ref' && String(call.argument).startsWith('AWS::');
  return !isPseudo && referenceIn(name, stack) === undefined;
}

/** Each reference in a value by itself, so that one of several in a text is not lost. */
function * namesIn(json: Json | undefined): Generator<Json> {
  if (typeof json !== 'object' || json === null) return;
  const call = intrinsic(json);
  if (!call) {
    for (const member of Object.values(json)) yield* namesIn(member);
  } else if (call.name === 'Fn::Sub') {
    yield* namesInText(call.argument);
  } else if (NAMING.has(call.name)) {
    yield json;
  } else {
    yield* namesIn(call.argument);
  }
}

const NAMING = new Set(['Ref', 'Fn::FindInMap', 'Fn::GetAtt', 'Fn::GetStackOutput', 'Fn::ImportValue', 'Fn::Transform']);

function * namesInText(argument: Json | undefined): Generator<Json> {
  const [text, variables] = Array.isArray(argument) ? argument : [argument];
  const names = typeof text === 'string' ? [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name]) => name) : [];
  yield* names.map((name): Json => name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name });
  if (isObject(variables)) yield* namesIn(variables);
}

function functionOfUrl(name: Json, stack: Stack): Resource | undefined {
  const resource = referenceIn(name, stack)?.resource;
  return resource?.type === 'AWS::Lambda::Url' ? targetOf(resource.reference('TargetFunctionArn'))?.fn : undefined;
}
