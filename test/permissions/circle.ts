import { TemplateResource } from '../function/functions';

/** Resources that wait for each other, as a path of logical ids; `undefined` if CloudFormation can create all of them. */
export function circle(resources: Readonly<Record<string, TemplateResource>>): string | undefined {
  const done = new Set<string>();
  const visit = (id: string, trail: readonly string[]): string | undefined => {
    if (trail.includes(id)) return [...trail.slice(trail.indexOf(id)), id].join(' -> ');
    if (done.has(id)) return undefined;
    for (const next of needs(resources[id])) {
      const found = next in resources ? visit(next, [...trail, id]) : undefined;
      if (found) return found;
    }
    done.add(id);
    return undefined;
  };
  for (const id of Object.keys(resources)) {
    const found = visit(id, []);
    if (found) return found;
  }
  return undefined;
}

/** Logical ids that a resource names: `DependsOn`, `Ref`, `Fn::GetAtt`, `Fn::Sub`. Update policies count: aws/aws-cdk#2231. */
function needs({ DependsOn, Properties, UpdatePolicy }: TemplateResource): string[] {
  return [...[DependsOn ?? []].flat(), ...namedIn(Properties), ...namedIn(UpdatePolicy)];
}

function namedIn(json: unknown): string[] {
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) => {
    if (key === 'Ref') return [String(value)];
    if (key === 'Fn::GetAtt') return [String([value].flat()[0]).split('.')[0]];
    if (key === 'Fn::Sub') return [...String([value].flat()[0]).matchAll(/\$\{([^!}.]+)/g)].map(([, name]) => name).concat(namedIn(value));
    return namedIn(value);
  });
}
