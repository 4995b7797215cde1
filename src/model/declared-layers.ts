import type { AppModel } from './app';
import { literal, textOf } from './iam/text';
import { sameText } from './layers';
import { oncePerApp } from './once-per-app';
import type { Stack } from './stack';
import { DeclaredLayer, Json } from './template';

/** The bytes of a layer, if the app says how many they are, and nothing else in it says something else. */
export function declaredBytes(entry: Json, stack: Stack): number | undefined {
  return agreed(declarationsOf(entry, stack).map(({ bytes }) => bytes));
}

/** The instruction sets that a layer is for, as far as the app says so. */
export function declaredArchitectures(entry: Json, stack: Stack): readonly string[] | undefined {
  return agreed(declarationsOf(entry, stack).map(({ architectures }) => architectures));
}

function agreed<T>(all: readonly (T | undefined)[]): T | undefined {
  const said = all.filter((value) => value !== undefined);
  return new Set(said.map((value) => JSON.stringify(value))).size === 1 ? said[0] : undefined;
}

/** What the app says of a layer that it knows by its ARN only. */
function declarationsOf(entry: Json, stack: Stack): readonly DeclaredLayer[] {
  const arn = textOf(entry, stack);
  const whole = literal(arn);
  if (whole !== undefined) return declaredInApp(stack.app).get(whole) ?? [];
  return stack.declaredLayers.filter((layer) => sameText(textOf(layer.arn, stack), arn));
}

/** Declarations by ARN, where all of it is known: they mean the same in every stack. */
const declaredInApp = oncePerApp((app: AppModel): ReadonlyMap<string, readonly DeclaredLayer[]> => {
  const found = new Map<string, DeclaredLayer[]>();
  for (const stack of app.stacks) {
    for (const layer of stack.declaredLayers) {
      const arn = literal(textOf(layer.arn, stack));
      if (arn !== undefined) found.set(arn, [...found.get(arn) ?? [], layer]);
    }
  }
  return found;
});
