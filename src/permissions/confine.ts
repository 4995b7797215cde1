import { Arn, ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { bare, Parts, Slots } from './parts';
import { invokingService, isAlexa } from './service-principals';
import { isKnown } from '../support/tokens';

/** Name of the service that a principal is; `undefined` for accounts, roles and what only the deployment knows. */
export function serviceName(principal: iam.IPrincipal): string | undefined {
  const who = bare(principal);
  return 'service' in who && isKnown(who.service) ? who.service as string : undefined;
}

/**
 * The statement for a service, held to sources of one account: the one place where that is decided.
 *
 * Without it, anybody's resource of that service may invoke the function. What the caller gave stays; a source ARN is
 * added where the service is documented to send one, and the account where the ARN carries none.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function confined(parts: Parts, stack: Stack): Parts {
  const name = serviceName(parts.principal);
  if (name === undefined || isAlexa(name) || parts.slots.organizationId !== undefined || namesSource(parts)) return parts;
  return { ...parts, slots: { ...parts.slots, ...missing(parts.slots, name, stack) } };
}

/** Whether conditions of the caller's own already ask for the source. */
function namesSource({ others }: Parts): boolean {
  return Object.values(others).some((tests) => Object.keys(tests).some((key) => /^aws:source(arn|account|orgid|orgpaths)$/i.test(key)));
}

function missing(slots: Slots, name: string, stack: Stack): Slots {
  const { arn, account } = invokingService(name);
  if (slots.sourceArn !== undefined) {
    return slots.sourceAccount === undefined && account && !carriesAccount(slots.sourceArn, arn) ? { sourceAccount: stack.account } : {};
  }
  if (arn !== undefined && isOwn(slots.sourceAccount, stack)) return { sourceArn: formatPattern(arn, stack) };
  return slots.sourceAccount === undefined ? { sourceAccount: stack.account } : {};
}

/** Whether an ARN has its account in it. Of one that is known at deployment only, its service tells. */
function carriesAccount(sourceArn: string, pattern: string | undefined): boolean {
  if (!isKnown(sourceArn)) return pattern !== undefined;
  return Arn.split(sourceArn, ArnFormat.NO_RESOURCE_NAME).account !== '';
}

/** Whether an account was left open or is that of the function. */
function isOwn(account: string | undefined, stack: Stack): boolean {
  return account === undefined || account === stack.account || account === Aws.ACCOUNT_ID;
}

function formatPattern(pattern: string, stack: Stack): string {
  const [service, region, account, ...resource] = pattern.split(':');
  const filled = [service, region === 'R' ? stack.region : region, account && stack.account, ...resource];
  return `arn:${stack.partition}:${filled.join(':')}`;
}
