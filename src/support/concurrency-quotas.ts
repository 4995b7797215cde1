import { Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { quotaKey } from '../measure/concurrency-budget';

/** What an app says of the concurrency quota of an account in a Region. Whether that is a number is not asked here. */
export interface SaidQuota {
  readonly account?: string;
  readonly region?: string;
  readonly quota: string | number | boolean;
}

/** The account and Region of a stack, where the app fixes them. */
export function environmentOf({ account, region }: Stack): { readonly account?: string; readonly region?: string } {
  return {
    ...!Token.isUnresolved(account) && { account },
    ...!Token.isUnresolved(region) && { region },
  };
}

/** All that the stacks of an app say. Context may be set on a stage or a stack, so each is asked. */
export function quotasIn(app: IConstruct): SaidQuota[] {
  const said = app.node.findAll().filter((construct) => Stack.isStack(construct)).flatMap((stack) => saidOf(stack) ?? []);
  return [...new Map(said.map((quota) => [JSON.stringify(quota), quota])).values()];
}

/** What the context of a stack says of the quota of its account and Region. */
export function saidOf(stack: Stack): SaidQuota | undefined {
  const place = environmentOf(stack);
  const said: unknown = stack.node.tryGetContext(quotaKey(place.account, place.region));
  return said === undefined || said === null ? undefined : { ...place, quota: plain(said) };
}

/** JSON has no word for NaN, and a token is none of anybody's numbers. */
function plain(said: unknown): string | number | boolean {
  if (Token.isUnresolved(said)) return 'a token';
  if (typeof said === 'string' || typeof said === 'boolean') return said;
  if (typeof said === 'number') return Number.isFinite(said) ? said : String(said);
  return JSON.stringify(said);
}
