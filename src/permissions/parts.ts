import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { InvokeStatement } from './invoke-statement';
import { isKnown } from '../support/tokens';

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

  /** Tests of one key by one operator that were given twice, with different values. */
  readonly twice: readonly string[];
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
  const parts = { principal: withoutConditions(statement.principal), action: statement.action ?? 'lambda:InvokeFunction', slots: {}, others: {}, twice: [] };
  for (const [name] of SLOTS) if (statement[name] !== undefined) Object.assign(parts.slots, { [name]: statement[name] });
  for (const conditions of [statement.principal.policyFragment.conditions, statement.conditions ?? {}]) {
    for (const [operator, tests] of Object.entries(conditions)) {
      for (const [key, value] of Object.entries(tests as object)) file({ operator, key, value }, parts);
    }
  }
  return parts;
}

interface Test { readonly operator: string; readonly key: string; readonly value: unknown }

function file({ operator, key, value }: Test, { slots, others, twice }: Parts & { readonly twice: string[] }): void {
  const [slot] = SLOTS.find((entry) => entry[1] === operator && isSameKey(entry[2], key)) ?? [];
  const inSlot = slot && slots[slot];
  const known = inSlot ?? Object.entries(others[operator] ?? {}).find(([other]) => isSameKey(other, key))?.[1];
  if (known !== undefined) {
    if (JSON.stringify(known) !== JSON.stringify(value) && String(known) !== value) twice.push(`${operator} ${key}`);
  } else if (slot && !Array.isArray(value)) {
    Object.assign(slots, { [slot]: slot === 'invokedViaFunctionUrl' ? String(value) === 'true' : asText(value) });
  } else {
    // a list of values has no property
    others[operator] = { ...others[operator], [key]: value };
  }
}

/** IAM takes numbers and truths as text as well. */
function asText(value: unknown): unknown {
  return isKnown(value) && typeof value !== 'object' ? String(value) : value;
}

/** Names of condition keys are the same in any case. */
function isSameKey(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Who it is, without wrappers around it. */
export function bare(principal: iam.IPrincipal): iam.IPrincipal {
  return 'wrapped' in principal ? bare(principal.wrapped as iam.IPrincipal) : principal;
}

/** A principal whose conditions are elsewhere. The CDK looks for `wrapped`. */
class Unconditional extends iam.PrincipalBase {
  constructor(public readonly wrapped: iam.IPrincipal) {
    super();
  }

  public get policyFragment(): iam.PrincipalPolicyFragment {
    return new iam.PrincipalPolicyFragment(this.wrapped.policyFragment.principalJson);
  }

  public dedupeString(): string | undefined {
    return undefined;
  }
}

function withoutConditions(principal: iam.IPrincipal): iam.IPrincipal {
  return Object.keys(principal.policyFragment.conditions).length === 0 ? principal : new Unconditional(bare(principal));
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
