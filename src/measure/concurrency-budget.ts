import { DEFAULT_CONCURRENCY_QUOTA, LEAST_UNRESERVED_CONCURRENCY } from '../limits/concurrency';

/** What one function takes of its account's concurrency, as far as that is known before the deployment. */
export interface FunctionShare {
  readonly name: string;

  /** Its reservation; undefined if it has none, or one that only the deployment decides. */
  readonly reserved?: number;

  /** Provisioned concurrency of all its versions and aliases. */
  readonly provisioned: number;

  /** The same when Application Auto Scaling has raised it as far as it may. */
  readonly provisionedAtMost: number;

  /** Whether the deployment can add nothing to these numbers. */
  readonly isComplete: boolean;
}

/** The concurrency of one account in one Region. */
export interface Budget {
  readonly quota: number;

  /** Whether nobody said what the quota is. */
  readonly isDefaultQuota: boolean;

  /** What must be left unreserved. */
  readonly floor: number;

  /** Sum of all reservations. */
  readonly reserved: number;

  /** Provisioned concurrency of functions without a reservation; that of the others is a part of their reservation. */
  readonly provisioned: number;

  /** What is left for functions without a reservation. Less than the floor, or than nothing, if AWS refuses something. */
  readonly unreserved: number;

  /** The same when everything that scales is scaled as far as it may. */
  readonly unreservedAtLeast: number;

  /** How many functions share it. */
  readonly sharing: number;

  /** By how much the reservations alone are too many. */
  readonly reservedExcess: number;

  /** By how much reservations and provisioned concurrency are too many together. */
  readonly excess: number;

  /** Functions with more provisioned than reserved. */
  readonly overProvisioned: readonly FunctionShare[];

  /** Whether AWS accepts all of it in an account that has nothing else. */
  readonly fits: boolean;

  /** Whether all amounts are known: otherwise it may be more, never less. */
  readonly isComplete: boolean;

  readonly functions: readonly FunctionShare[];
}

/**
 * The budget of an account and Region with these functions in it.
 *
 * As Lambda counts: a reservation is taken out of the account's quota, whether it is used or not. Provisioned concurrency is
 * taken out of its function's reservation; of a function without one, out of the account's quota. What is left must not be less
 * than the floor. So the order in which a deployment sets the amounts makes no difference to whether all of them can be set.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
 */
export function budgetOf(functions: readonly FunctionShare[], knownQuota?: number): Budget {
  const quota = knownQuota ?? DEFAULT_CONCURRENCY_QUOTA;
  const floor = Math.min(LEAST_UNRESERVED_CONCURRENCY, quota);
  const sharing = functions.filter((fn) => fn.reserved === undefined);
  const reserved = sum(functions.map((fn) => fn.reserved ?? 0));
  const provisioned = sum(sharing.map((fn) => fn.provisioned));
  const excess = Math.max(0, reserved + provisioned - (quota - floor));
  const overProvisioned = functions.filter((fn) => fn.reserved !== undefined && fn.provisioned > fn.reserved);
  return {
    quota,
    isDefaultQuota: knownQuota === undefined,
    floor,
    reserved,
    provisioned,
    unreserved: quota - reserved - provisioned,
    unreservedAtLeast: quota - reserved - sum(sharing.map((fn) => fn.provisionedAtMost)),
    sharing: sharing.length,
    reservedExcess: Math.max(0, reserved - (quota - floor)),
    excess,
    overProvisioned,
    fits: excess === 0 && overProvisioned.length === 0,
    isComplete: functions.every(({ isComplete }) => isComplete),
    functions,
  };
}

/** A quota as somebody wrote it: a whole number, or the text of one, as the command line hands it over. */
export function quotaFrom(said: unknown): number | undefined {
  const number = typeof said === 'string' && /^\s*\d+\s*$/.test(said) ? Number(said) : said;
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

const UNKNOWN_ACCOUNT = 'unknown-account';
const UNKNOWN_REGION = 'unknown-region';

/** The context key that tells the quota of an account in a Region; both by the CDK's own words where the app does not fix them. */
export function quotaKey(account = UNKNOWN_ACCOUNT, region = UNKNOWN_REGION): string {
  return `${QUOTA_KEYS}${account}:${region}`;
}

/** The account and Region that a context key is about, if it is one of these. */
export function placeOfKey(key: string): { readonly account?: string; readonly region?: string } | undefined {
  const [account, region, ...rest] = key.startsWith(QUOTA_KEYS) ? key.slice(QUOTA_KEYS.length).split(':') : [];
  if (!account || !region || rest.length > 0) return undefined;
  return { ...account !== UNKNOWN_ACCOUNT && { account }, ...region !== UNKNOWN_REGION && { region } };
}

/** What all these keys begin with. */
export const QUOTA_KEYS = 'cdk-event-functions:quota:';

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
