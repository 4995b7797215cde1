import { Construct } from 'constructs';

/** The id itself for the first child that wants it, then with a number: `Rule`, `Rule2`, `Rule3`. */
export function freeId(scope: Construct, id: string): string {
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? id : `${id}${count}`;
    if (!scope.node.tryFindChild(candidate)) return candidate;
  }
}
