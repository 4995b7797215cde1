import { otherAliasOf, twinOf } from './arns';
import { Around, Change, Changes, functionsNamed, Origin, replaced } from './mutant';
import { rolesWith } from './sites';

/** What may be wrong with whole policies: they are gone, or are those of another function or role. */
export function attachmentChanges(around: Around): Changes {
  return Object.entries(around.resources).flatMap(([carrier, { Type, Properties }]): Changes => {
    switch (Type) {
      case 'AWS::Lambda::ResourcePolicy': return documentChanges(carrier, Properties, around);
      case 'AWS::IAM::Policy':
      case 'AWS::IAM::ManagedPolicy': return policyChanges(carrier, Properties, around);
      case 'AWS::IAM::Role': return managedPolicyChanges(carrier, Properties, around);
      default: return [];
    }
  });
}

type Properties = Record<string, any>;

function documentChanges(carrier: string, statement: Properties, { resources }: Around): Changes {
  const owners = functionsNamed(statement.ResourceArn, resources);
  const retargeted = (how: string, arn: (copy: Around['resources']) => unknown): Change => (
    { kind: 'retargeted', how, apply: (copy) => { copy[carrier].Properties.ResourceArn = arn(copy); } }
  );
  return of({ topic: 'who may invoke', carrier, statement, owners }, [
    { kind: 'deleted', how: 'the document', apply: (copy) => { delete copy[carrier]; } },
    retargeted('the document of another function', (copy) => ({ 'Fn::GetAtt': [twinOf(owners[0], copy), 'Arn'] })),
    retargeted('the document of the function without its alias', () => ({ 'Fn::GetAtt': [owners[0], 'Arn'] })),
    retargeted('the document of another alias', (copy) => ({ Ref: otherAliasOf(owners[0], copy) })),
  ]);
}

function policyChanges(carrier: string, statement: Properties, around: Around): Changes {
  const roles = rolesWith(carrier, around);
  if (roles.length === 0 || statement.Roles === undefined) return [];
  return of({ topic: 'what a role may do', carrier, statement, owners: roles.flatMap((role) => around.roles.get(role)!) }, [
    { kind: 'deleted', how: 'the policy', apply: (copy) => { delete copy[carrier]; } },
    { kind: 'retargeted', how: 'the policy of another role', apply: (copy) => { copy[carrier].Properties.Roles = roles.map((role) => ({ Ref: twinOf(role, copy) })); } },
  ]);
}

/** Another policy of which is known what it allows. */
const OTHER_POLICY = 'arn:aws:iam::aws:policy/service-role/AWSLambdaRole';

function managedPolicyChanges(carrier: string, { ManagedPolicyArns: arns = [] }: Properties, { roles }: Around): Changes {
  if (!roles.has(carrier)) return [];
  return (arns as unknown[]).flatMap((arn, index) => {
    const put = (...others: unknown[]): Change['apply'] => (copy) => { copy[carrier].Properties.ManagedPolicyArns = replaced(arns, index, others); };
    return of({ topic: 'what a role may do', carrier, statement: { ManagedPolicyArn: arn as string }, owners: roles.get(carrier)! }, [
      { kind: 'deleted', how: 'the managed policy', apply: put() },
      { kind: 'retargeted', how: 'another managed policy', apply: put(OTHER_POLICY) },
    ]);
  });
}

function of(origin: Origin, changes: readonly Change[]): Changes {
  return changes.map((change) => [origin, change] as const);
}
