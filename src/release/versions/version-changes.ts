import { VersionChange, VersionInput } from './version-input';

/** What differs between the inputs of two syntheses. */
export function changesBetween(before: readonly VersionInput[], after: readonly VersionInput[]): VersionChange[] {
  const old = new Map(before.map((input) => [input.name, input]));
  const names = new Set(after.map(({ name }) => name));
  const gone = before
    .filter(({ name }) => !names.has(name))
    .map(({ name, value, makesVersion, why }) => ({ name, before: value, makesVersion, why }));
  const other = after
    .filter(({ name, value }) => old.get(name)?.value !== value)
    .map(({ name, value, makesVersion, why }) => ({ name, before: old.get(name)?.value, after: value, makesVersion, why }));
  return [...other, ...gone];
}
