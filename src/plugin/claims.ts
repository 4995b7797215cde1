import type { IConstruct } from 'constructs';

/** Which instance of the rules reports on which template, per app. */
const claims = new WeakMap<IConstruct, Map<string, object>>();

/**
 * The templates that an instance reports on: those that no other instance has claimed.
 *
 * An app may register the rules itself, perhaps for a stage only, while its functions register them, too. Every
 * finding is still reported once.
 */
export function claimTemplates(instance: object, app: IConstruct, templates: readonly string[]): Set<string> {
  const owners = claims.get(app) ?? new Map<string, object>();
  claims.set(app, owners);
  for (const template of templates) if (!owners.has(template)) owners.set(template, instance);
  return new Set(templates.filter((template) => owners.get(template) === instance));
}
