import { decide, Request } from './decide';
import { statementsAt } from './statement';
import { literal, Text, textOf, textOfAttribute } from './text';
import { any, Verdict } from './verdict';
import type { Resource } from '../resource';

const LAMBDA = 'lambda.amazonaws.com';

type Asking = Pick<Request, 'principal' | 'context'>;

function mayAssume(role: Resource, asking: Asking): Verdict {
  if (role.raw('AssumeRolePolicyDocument').kind === 'absent') return 'unknown';
  return decide(statementsAt(role, 'AssumeRolePolicyDocument'), { action: 'sts:AssumeRole', target: textOfAttribute(role, 'Arn'), ...asking });
}

/**
 * Whether Lambda may assume a role for a function. It says for which account it does; whether it names the function with
 * a qualifier depends on how it is called.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 */
export function trustsLambda(role: Resource, fn: Resource): Verdict {
  const arn = textOfAttribute(fn, 'Arn');
  const account = textOf({ Ref: 'AWS::AccountId' }, fn.stack);
  const sources: Text[] = [arn, [...arn, ':', { id: 'qualifier', without: ':' }]];
  const principal = { kind: 'Service', name: [LAMBDA] };
  return any(sources.map((source) => mayAssume(role, { principal, context: { 'aws:sourceaccount': account, 'aws:sourcearn': source } })));
}

/**
 * Whether another service may assume a role to act for a resource. Of the source that it names nothing is known, but that
 * it is of the same account.
 */
export function trustsService(role: Resource, service: Text, actingFor: Resource): Verdict {
  const account = textOf({ Ref: 'AWS::AccountId' }, actingFor.stack);
  const source: Text = ['arn:', { id: 'service of a source' }, ':', ...account, ':', { id: 'name of a source' }];
  return mayAssume(role, { principal: { kind: 'Service', name: service }, context: { 'aws:sourceaccount': account, 'aws:sourcearn': source } });
}

/** The services that a role trusts, as far as they are known. */
export function trustedServices(role: Resource): string[] {
  return statementsAt(role, 'AssumeRolePolicyDocument')
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ principal }) => principal.filter(({ kind }) => kind === 'Service').flatMap(({ name }) => literal(name) ?? []));
}
