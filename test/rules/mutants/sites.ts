import { namesIn } from './arns';
import { Around, functionsNamed, Topic } from './mutant';
import { Resources } from './wired-app';

/** Where a statement stands: the list that holds it, and its place there. */
export interface Site {
  readonly topic: Topic;
  readonly carrier: string;
  readonly owners: readonly string[];
  /** Path of the list within the resource. */
  readonly path: readonly (string | number)[];
  readonly index: number;
}

type Place = Pick<Site, 'carrier' | 'path'>;

/** All statements of policy documents: of functions, of the roles that count here, and of who may assume those. */
export function sitesOf({ resources, roles }: Around): Site[] {
  return Object.entries(resources).flatMap(([carrier, { Type, Properties }]) => {
    const at = (topic: Topic, owners: readonly string[], ...path: (string | number)[]): Site[] => {
      const list = { topic, carrier, owners, path: ['Properties', ...path, 'Statement'] };
      return statementsAt(list, resources).map((_, index) => ({ ...list, index }));
    };
    switch (Type) {
      case 'AWS::Lambda::ResourcePolicy': return at('who may invoke', functionsNamed(Properties.ResourceArn, resources), 'PolicyDocument');
      case 'AWS::IAM::Policy':
      case 'AWS::IAM::ManagedPolicy': {
        const owners = rolesWith(carrier, { resources, roles }).flatMap((role) => roles.get(role)!);
        return owners.length > 0 ? at('what a role may do', owners, 'PolicyDocument') : [];
      }
      case 'AWS::IAM::Role': return !roles.has(carrier) ? [] : [
        ...at('who may assume a role', roles.get(carrier)!, 'AssumeRolePolicyDocument'),
        ...(Properties.Policies ?? []).flatMap((_: unknown, index: number) => at('what a role may do', roles.get(carrier)!, 'Policies', index, 'PolicyDocument')),
      ];
      default: return [];
    }
  });
}

/** The roles that count here to which a policy is attached, whichever of the two says so. */
export function rolesWith(policy: string, { resources, roles }: Pick<Around, 'resources' | 'roles'>): string[] {
  const named = namesIn(resources[policy].Properties.Roles);
  return [...roles.keys()].filter((role) => named.includes(role) || namesIn(resources[role].Properties.ManagedPolicyArns).includes(policy));
}

/** The list that holds a statement. */
export function statementsAt({ carrier, path }: Place, resources: Resources): any[] {
  return path.reduce<any>((json, key) => json[key], resources[carrier]);
}
