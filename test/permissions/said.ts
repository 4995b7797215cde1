import { Stack } from 'aws-cdk-lib';
import { resourcesOf } from '../function/functions';

/** Who may invoke, on which conditions, in the words of a policy: the same whether permissions or a document say it. */
export interface Said {
  readonly effect: string;
  /** A service, an ARN, an account or `*`. */
  readonly principal: string;
  readonly action: string;
  readonly on: string;
  /** `<operator> <key>` and value. Of a list of ARNs, each is a statement of its own. */
  readonly conditions: Readonly<Record<string, string>>;
}

/** Everything that a template says about who may invoke, in its order. */
export function said(stack: Stack): Said[] {
  return Object.values(resourcesOf(stack)).flatMap(({ Type, Properties }) => {
    if (Type === 'AWS::Lambda::Permission') return [ofPermission(Properties)];
    return Type === 'AWS::Lambda::ResourcePolicy' ? Properties.PolicyDocument.Statement.flatMap(ofStatement) : [];
  });
}

/** What is said about one service or principal. */
export function saidOf(stack: Stack, principal: string): Said[] {
  return said(stack).filter((statement) => statement.principal === principal);
}

const KEYS: Readonly<Record<string, string>> = {
  SourceArn: 'ArnLike aws:SourceArn',
  SourceAccount: 'StringEquals aws:SourceAccount',
  PrincipalOrgID: 'StringEquals aws:PrincipalOrgID',
  EventSourceToken: 'StringEquals lambda:EventSourceToken',
  FunctionUrlAuthType: 'StringEquals lambda:FunctionUrlAuthType',
  InvokedViaFunctionUrl: 'Bool lambda:InvokedViaFunctionUrl',
};

function ofPermission(properties: Record<string, unknown>): Said {
  const given = Object.entries(KEYS).filter(([name]) => properties[name] !== undefined);
  return {
    effect: 'Allow',
    principal: text(properties.Principal),
    action: text(properties.Action),
    on: text(properties.FunctionName),
    conditions: Object.fromEntries(given.map(([name, key]) => [key, text(properties[name])])),
  };
}

function ofStatement({ Effect, Principal, Action, Resource, Condition = {} }: Record<string, any>): Said[] {
  const tests = Object.entries<Record<string, unknown>>(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]): [string, unknown] => [`${operator} ${key}`, value]));
  const arns: unknown[] = [tests.find(([key]) => key === KEYS.SourceArn)?.[1]].flat();
  return arns.map((arn) => ({
    effect: Effect,
    principal: text(Principal.Service ?? Principal.AWS ?? Principal),
    action: text(Action),
    on: text(Resource),
    conditions: Object.fromEntries(tests.map(([key, value]) => [key, text(key === KEYS.SourceArn ? arn : value)])),
  }));
}

/** A value of a template as text: `arn:${AWS::Partition}:events:...`, `${Topic}`, `${Rule.Arn}`. */
export function text(json: unknown): string {
  if (Array.isArray(json)) return json.map(text).join(', ');
  if (typeof json !== 'object' || json === null) return String(json);
  const [[name, argument]] = Object.entries(json) as [string, any][];
  if (name === 'Ref') return `\${${argument}}`;
  if (name === 'Fn::GetAtt') return `\${${argument.join('.')}}`;
  if (name === 'Fn::Join') return argument[1].map(text).join(argument[0]);
  return JSON.stringify(json);
}
