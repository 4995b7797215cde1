import { namesIn, otherAliasOf, otherArns, OTHER_ACCOUNT, twinOf } from './arns';
import { Around, Change, Changes, functionsNamed, Kind, Origin, OtherTarget } from './mutant';
import { ENV, Resources } from './wired-app';

/** Properties that become conditions. */
const CONDITIONS = ['SourceArn', 'SourceAccount', 'PrincipalOrgID', 'EventSourceToken', 'FunctionUrlAuthType', 'InvokedViaFunctionUrl'];

/** Values of conditions that no call fulfils. */
const NARROW: Readonly<Record<string, string>> = {
  SourceArn: `arn:aws:sqs:${ENV.region}:${ENV.account}:other`,
  SourceAccount: OTHER_ACCOUNT,
  PrincipalOrgID: 'o-z9y8x7w6v5',
  EventSourceToken: 'other',
};

/** What is called is the alias, and what is permitted is `$LATEST`. */
export const WITHOUT_ALIAS = 'the function without its alias';

type Properties = Record<string, any>;

/** What may be wrong with each `AWS::Lambda::Permission`. */
export function permissionChanges(around: Around): Changes {
  const permissions = Object.entries(around.resources).filter(([, { Type }]) => Type === 'AWS::Lambda::Permission');
  return permissions.flatMap(([carrier, { Properties: statement }]) => {
    const origin: Origin = { topic: 'who may invoke', carrier, statement, owners: functionsNamed(statement.FunctionName, around.resources) };
    const edit: Editor = (kind, how, change) => ({
      kind, how, part: statement.SourceArn, apply: (resources) => change(resources[carrier].Properties, resources),
    });
    const changes: Change[] = [
      { kind: 'deleted', how: 'the permission', part: statement.SourceArn, apply: (resources) => { delete resources[carrier]; } },
      ...retargeted(statement, edit, around),
      ...narrowed(statement, edit),
      ...widened(statement, edit),
    ];
    return changes.map((change) => [origin, change] as const);
  });
}

type Editor = (kind: Kind, how: string, change: (properties: Properties, resources: Resources) => void) => Change;

function retargeted(statement: Properties, edit: Editor, around: Around): Change[] {
  return [
    edit('retargeted', 'another action', (to) => { to.Action = 'lambda:GetFunction'; }),
    edit('retargeted', 'another service', (to) => { to.Principal = 'other.amazonaws.com'; }),
    ...otherTargets(statement.FunctionName, around).map(({ how, name }) => edit('retargeted', how, (to, resources) => { to.FunctionName = { Ref: name(resources) }; })),
    ...statement.SourceArn === undefined ? [] : otherArns(statement.SourceArn, around.stack)
      .map(({ how, arn }) => edit('retargeted', `source: ${how}`, (to, resources) => { to.SourceArn = arn(resources); })),
  ];
}

function narrowed(statement: Properties, edit: Editor): Change[] {
  const ways: [string, string | boolean][] = [
    ...Object.entries(NARROW),
    // a key that this service never sends
    ...statement.Principal === 'events.amazonaws.com' ? [['SourceAccount', ENV.account] as [string, string]] : [],
    ['FunctionUrlAuthType', statement.Principal === '*' ? 'AWS_IAM' : 'NONE'],
  ];
  return ways.map(([property, value]) => edit('narrowed', value === ENV.account ? `own ${property}` : property, (to) => { to[property] = value; }));
}

function widened(statement: Properties, edit: Editor): Change[] {
  const given = CONDITIONS.filter((property) => statement[property] !== undefined);
  const without = (to: Properties, properties: readonly string[]) => properties.forEach((property) => delete to[property]);
  return [
    edit('widened', 'everyone', (to) => {
      to.Principal = '*';
      without(to, given);
    }),
    ...given.length === 0 ? [] : [edit('widened', 'no condition', (to) => without(to, given))],
    ...given.length < 2 ? [] : given.map((property) => edit('widened', `no ${property}`, (to) => without(to, [property]))),
  ];
}

/** Other functions, and other parts of the same one. */
export function otherTargets(named: unknown, { resources }: Pick<Around, 'resources'>): OtherTarget[] {
  const [fn] = functionsNamed(named, resources);
  const isAlias = !namesIn(named).includes(fn);
  return [
    { how: 'another function', name: (copy) => twinOf(fn, copy) },
    { how: 'another alias', name: (copy) => otherAliasOf(fn, copy) },
    ...isAlias ? [{ how: WITHOUT_ALIAS, name: () => fn }] : [],
  ];
}
