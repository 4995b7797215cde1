import { decide } from './decide';
import { statementsAt } from './statement';
import { literal, textOf, textOfAttribute } from './text';
import { Verdict } from './verdict';
import type { Resource } from '../resource';

const LAMBDA = 'lambda.amazonaws.com';

/**
 * Whether Lambda may assume a role for a function. It says for which account it does; what it says of the function
 * depends on how it is called.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 */
export function trustsLambda(role: Resource, fn: Resource): Verdict {
  if (role.raw('AssumeRolePolicyDocument').kind === 'absent') return 'unknown';
  return decide(statementsAt(role, 'AssumeRolePolicyDocument'), {
    action: 'sts:AssumeRole',
    target: textOfAttribute(role, 'Arn'),
    principal: { kind: 'Service', name: [LAMBDA] },
    context: { 'aws:sourceaccount': textOf({ Ref: 'AWS::AccountId' }, fn.stack) },
  });
}

/** The services that a role trusts, as far as they are known. */
export function trustedServices(role: Resource): string[] {
  return statementsAt(role, 'AssumeRolePolicyDocument')
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ principal }) => principal.filter(({ kind }) => kind === 'Service').flatMap(({ name }) => literal(name) ?? []));
}
