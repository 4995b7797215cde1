import { otherArns, OTHER_ACCOUNT, twinOf } from './arns';
import { Around, Change, Changes, functionsNamed, Kind, Origin, replaced, Topic } from './mutant';
import { otherTargets, WITHOUT_ALIAS } from './permission-changes';
import { Site, sitesOf, statementsAt } from './sites';
import { ENV, Resources } from './wired-app';

type Statement = Record<string, any>;
type Editor = (kind: Kind, how: string, change: (statement: Statement, resources: Resources) => void, part?: any) => Change;

/** What may be wrong with each statement of each policy document. */
export function statementChanges(around: Around): Changes {
  return sitesOf(around).flatMap((site) => {
    const statement = statementsAt(site, around.resources)[site.index];
    const origin: Origin = { topic: site.topic, carrier: site.carrier, statement, owners: site.owners };
    const edit: Editor = (kind, how, change, part) => ({
      kind, how, part, apply: (resources) => change(statementsAt(site, resources)[site.index], resources),
    });
    const changes = [deleted(site), ...common(statement, edit), ...OF_TOPIC[site.topic](statement, edit, { ...around, owners: site.owners })];
    return changes.map((change) => [origin, change] as const);
  });
}

interface AroundStatement extends Around { readonly owners: readonly string[] }

const OF_TOPIC: Readonly<Record<Topic, (statement: Statement, edit: Editor, around: AroundStatement) => Change[]>> = {
  'who may invoke': invokeChanges,
  'what a role may do': roleChanges,
  'who may assume a role': trustChanges,
};

function deleted(site: Site): Change {
  return { kind: 'deleted', how: 'the statement', apply: (resources) => { statementsAt(site, resources).splice(site.index, 1); } };
}

function common(statement: Statement, edit: Editor): Change[] {
  const actions: string[] = listOf(statement.Action);
  // what is left of a single action is another one of the service
  const left = (action: string) => actions.length > 1 ? actions.filter((other) => other !== action) : `${action.split(':')[0]}:Other`;
  return [
    ...actions.map((action) => edit('deleted', action, (to) => { to.Action = left(action); })),
    ...statement.Effect === 'Allow' ? [edit('denied', 'the statement', (to) => { to.Effect = 'Deny'; })] : [],
  ];
}

function invokeChanges(statement: Statement, edit: Editor, around: AroundStatement): Change[] {
  const isEvents = statement.Principal.Service === 'events.amazonaws.com';
  return [
    edit('retargeted', 'another service', (to) => { to.Principal = { Service: 'other.amazonaws.com' }; }),
    ...otherTargets(statement.Resource, around).map(({ how, name }) => edit('retargeted', how, (to, resources) => { to.Resource = arnOf(name(resources), resources); })),
    ...sourceChanges(statement, edit, around),
    narrowed(edit, 'StringEquals', 'aws:SourceAccount', OTHER_ACCOUNT),
    // a key that this service never sends
    ...isEvents ? [narrowed(edit, 'StringEquals', 'aws:SourceAccount', ENV.account)] : [],
    narrowed(edit, 'ArnLike', 'aws:SourceArn', `arn:aws:sqs:${ENV.region}:${ENV.account}:other`),
    narrowed(edit, 'StringEquals', 'aws:PrincipalOrgID', 'o-z9y8x7w6v5'),
    narrowed(edit, 'StringEquals', 'lambda:EventSourceToken', 'other'),
    edit('widened', 'everyone', (to) => {
      to.Principal = '*';
      delete to.Condition;
    }),
    ...widened(statement, edit),
  ];
}

/** Statements that were put together have a list of sources: each of them counts. */
function sourceChanges(statement: Statement, edit: Editor, { stack }: AroundStatement): Change[] {
  const arns = listOf(statement.Condition?.ArnLike?.['aws:SourceArn']);
  const put = (to: Statement, index: number, others: any[]) => { to.Condition.ArnLike['aws:SourceArn'] = replaced(arns, index, others); };
  return arns.flatMap((arn, index) => [
    ...arns.length < 2 ? [] : [edit('deleted', 'one source', (to) => put(to, index, []), arn)],
    ...otherArns(arn, stack).map(({ how, arn: other }) => edit('retargeted', `source: ${how}`, (to, resources) => put(to, index, [other(resources)]), arn)),
  ]);
}

function roleChanges(statement: Statement, edit: Editor, around: AroundStatement): Change[] {
  const [fn] = around.owners.filter((id) => around.resources[id].Type === 'AWS::Lambda::Function');
  const passes = listOf(statement.Action).includes('iam:PassRole');
  return [
    ...resourceChanges(statement, edit, around),
    narrowed(edit, 'StringEquals', 'aws:SourceAccount', OTHER_ACCOUNT),
    narrowed(edit, 'ArnLike', 'aws:SourceArn', `arn:aws:lambda:${ENV.region}:${OTHER_ACCOUNT}:function:other`),
    narrowed(edit, 'StringEquals', 'aws:PrincipalAccount', OTHER_ACCOUNT),
    narrowed(edit, 'ArnEquals', 'lambda:SourceFunctionArn', `arn:aws:lambda:${ENV.region}:${OTHER_ACCOUNT}:function:other`),
    ...fn === undefined ? [] : [
      edit('narrowed', 'code of another function', (to, resources) => addCondition(to, 'ArnEquals', 'lambda:SourceFunctionArn', arnOf(twinOf(fn, resources), resources))),
      edit('narrowed', 'code of the function', (to, resources) => addCondition(to, 'ArnEquals', 'lambda:SourceFunctionArn', arnOf(fn, resources))),
    ],
    ...widened(statement, edit),
    ...passes ? [edit('widened', 'any role', (to) => {
      to.Resource = '*';
      delete to.Condition;
    })] : [],
  ];
}

function resourceChanges(statement: Statement, edit: Editor, around: AroundStatement): Change[] {
  const { stack } = around;
  const resources = listOf(statement.Resource);
  const [service] = String(listOf(statement.Action)[0]).split(':');
  const put = (to: Statement, index: number, others: any[]) => { to.Resource = replaced(resources, index, others); };
  return resources.flatMap((resource, index) => [
    ...resources.length < 2 ? [] : [edit('deleted', 'one resource', (to) => put(to, index, []), resource)],
    ...otherArns(resource === '*' ? `arn:aws:${service}:${ENV.region}:${ENV.account}:*` : resource, stack)
      .map(({ how, arn }) => edit('retargeted', `resource: ${how}`, (to, copy) => put(to, index, [arn(copy)]), resource)),
    ...functionsNamed(resource, around.resources).length === 0 ? [] : otherTargets(resource, around).filter(({ how }) => how === WITHOUT_ALIAS)
      .map(({ how, name }) => edit('retargeted', `resource: ${how}`, (to, copy) => put(to, index, [arnOf(name(copy), copy)]), resource)),
  ]);
}

function trustChanges(_: Statement, edit: Editor, { owners, resources }: AroundStatement): Change[] {
  const [fn] = owners.filter((id) => resources[id].Type === 'AWS::Lambda::Function');
  return [
    edit('retargeted', 'another service', (to) => { to.Principal = { Service: 'ec2.amazonaws.com' }; }),
    edit('retargeted', 'an account', (to) => { to.Principal = { AWS: ENV.account }; }),
    narrowed(edit, 'StringEquals', 'aws:SourceAccount', OTHER_ACCOUNT),
    narrowed(edit, 'ArnLike', 'aws:SourceArn', `arn:aws:lambda:${ENV.region}:${OTHER_ACCOUNT}:function:other`),
    ...fn === undefined ? [] : [
      edit('narrowed', 'another function', (to, copy) => addCondition(to, 'ArnLike', 'aws:SourceArn', arnOf(twinOf(fn, copy), copy))),
      edit('widened', 'everyone', (to) => {
        to.Principal = '*';
        delete to.Condition;
      }),
    ],
  ];
}

function narrowed(edit: Editor, operator: string, key: string, value: string): Change {
  return edit('narrowed', value === ENV.account ? `own ${key}` : key, (to) => addCondition(to, operator, key, value));
}

function addCondition(to: Statement, operator: string, key: string, value: any): void {
  to.Condition = { ...to.Condition, [operator]: { ...to.Condition?.[operator], [key]: value } };
}

function widened(statement: Statement, edit: Editor): Change[] {
  const tests = Object.entries<object>(statement.Condition ?? {}).flatMap(([operator, keys]) => Object.keys(keys).map((key) => [operator, key]));
  return [
    ...tests.length === 0 ? [] : [edit('widened', 'no condition', (to) => { delete to.Condition; })],
    ...tests.length < 2 ? [] : tests.map(([operator, key]) => edit('widened', `no ${operator} ${key}`, (to) => { delete to.Condition[operator][key]; })),
  ];
}

function arnOf(id: string, { [id]: { Type } }: Resources) {
  return Type === 'AWS::Lambda::Alias' ? { Ref: id } : { 'Fn::GetAtt': [id, 'Arn'] };
}

function listOf(json: any): any[] {
  if (json === undefined) return [];
  return Array.isArray(json) ? json : [json];
}

