import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { InvokeStatement } from './invoke-statement';

/** The conditions that `AWS::Lambda::Permission` has properties for. */
export interface Slots {
  sourceArn?: string;
  sourceAccount?: string;
  organizationId?: string;
  eventSourceToken?: string;
  functionUrlAuthType?: lambda.FunctionUrlAuthType;
  invokedViaFunctionUrl?: boolean;
}

/** A statement taken apart: what has a property, and the conditions that have none. */
export interface Parts {
  readonly principal: iam.IPrincipal;
  readonly action: string;
  readonly slots: Slots;
  readonly others: Conditions;
}

export type Conditions = Record<string, Record<string, unknown>>;

/** Operator and key of each slot, as `AddPermission` writes them. */
const SLOTS: readonly (readonly [keyof Slots, string, string])[] = [
  ['sourceArn', 'ArnLike', 'aws:SourceArn'],
  ['sourceAccount', 'StringEquals', 'aws:SourceAccount'],
  ['organizationId', 'StringEquals', 'aws:PrincipalOrgID'],
  ['eventSourceToken', 'StringEquals', 'lambda:EventSourceToken'],
  ['functionUrlAuthType', 'StringEquals', 'lambda:FunctionUrlAuthType'],
  ['invokedViaFunctionUrl', 'Bool', 'lambda:InvokedViaFunctionUrl'],
];

/** The slots by the names that people write them with. */
export const SLOT_NAMES: readonly string[] = SLOTS.map(([, operator, key]) => `${operator} ${key}`);

/** Takes a statement apart: conditions of the principal and given ones go to the properties they have. */
export function partsOf(statement: InvokeStatement): Parts {
  const slots: Slots = {};
  for (const [name] of SLOTS) if (statement[name] !== undefined) Object.assign(slots, { [name]: statement[name] });
  const others: Conditions = {};
  for (const conditions of [statement.principal.policyFragment.conditions, statement.conditions ?? {}]) {
    for (const [operator, tests] of Object.entries(conditions)) {
      for (const [key, value] of Object.entries(tests as object)) file({ operator, key, value }, slots, others);
    }
  }
  return { principal: statement.principal, action: statement.action ?? 'lambda:InvokeFunction', slots, others };
}

interface Test { readonly operator: string; readonly key: string; readonly value: unknown }

function file({ operator, key, value }: Test, slots: Slots, others: Conditions): void {
  const [slot] = SLOTS.find((entry) => entry[1] === operator && entry[2].toLowerCase() === key.toLowerCase()) ?? [];
  // A list of values, or a second test of the same key, has no property.
  if (slot && !Array.isArray(value) && (slots[slot] === undefined || slots[slot] === value)) {
    Object.assign(slots, { [slot]: slot === 'invokedViaFunctionUrl' ? String(value) === 'true' : value });
  } else {
    others[operator] = { ...others[operator], [key]: value };
  }
}

/** The conditions of a statement in the form of IAM. */
export function conditionsOf({ slots, others }: Parts): Conditions {
  const conditions: Conditions = {};
  for (const [operator, tests] of Object.entries(others)) conditions[operator] = { ...tests };
  for (const [name, operator, key] of SLOTS) {
    if (slots[name] !== undefined) conditions[operator] = { ...conditions[operator], [key]: String(slots[name]) };
  }
  return conditions;
}

/** The statement as IAM knows it. */
export function policyStatement(effect: iam.Effect, parts: Parts, functionArn: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    effect,
    principals: [parts.principal],
    actions: [parts.action],
    resources: [functionArn],
    conditions: conditionsOf(parts),
  });
}
