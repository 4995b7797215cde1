/** A path as a client asks for it, of the path of a route or resource: `/orders/value` of `/orders/{id}`. */
export function pathOf(template: string): string {
  return template.replace(/\{[^}]*\}/g, 'value');
}

/** What `{id}` and `{name+}` stand for in that path; `undefined` where there are none. */
export function pathParametersOf(template: string): { [name: string]: string } | undefined {
  const names = [...template.matchAll(/\{([^}+]*)\+?\}/g)].map(([, name]) => name);
  return names.length > 0 ? Object.fromEntries(names.map((name) => [name, 'value'])) : undefined;
}
