import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { serviceName } from './confine';
import { InvokeStatement } from './invoke-statement';
import { bare, Parts, SLOT_NAMES } from './parts';
import { isAlexa } from './service-principals';
import { ACCOUNT_ID, ACTION, ARN, EVENT_SOURCE_TOKEN, IDENTITY_ARN, ORGANIZATION_ID } from '../limits/resource-policy';
import { Mistake, mistake } from '../support/errors';
import { isKnown } from '../support/tokens';

/** Refuses conditions that are not in the form of IAM: of anything else one would not know what was meant. */
export function checkConditions(scope: IConstruct, id: string, { principal, conditions }: InvokeStatement): void {
  for (const [operator, tests] of [principal.policyFragment.conditions, conditions ?? {}].flatMap((given) => Object.entries<unknown>(given))) {
    if (areTests(tests)) continue;
    throw mistake(scope, {
      code: 'ConditionMalformed',
      property: `conditions.${operator}' of statement '${id}`,
      allowed: "a key with a value, or a list of values, such as { 'aws:SourceIp': ['203.0.113.0/24'] }",
      got: tests,
      fix: 'write out operators and keys; only values may be decided at deployment',
    });
  }
}

function areTests(tests: unknown): boolean {
  if (typeof tests !== 'object' || tests === null || Array.isArray(tests) || !isKnown(tests)) return false;
  const isValue = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value) || !isKnown(value ?? '');
  return Object.values(tests).every((value) => isValue(value) || (Array.isArray(value) && value.length > 0 && value.every(isValue)));
}

/** Refuses a statement that Lambda would refuse, that opens the function to everyone, or that can match nothing. */
export function checkStatement(scope: IConstruct, id: string, parts: Parts): void {
  const wrong = checkForm(parts) ?? checkTwice(parts) ?? checkPrincipal(parts);
  if (wrong) throw mistake(scope, { ...wrong, property: `${wrong.property}' of statement '${id}` });
}

/** Refuses to everyone what only Alexa's own skill, one organization or one source should get. Not for denials. */
export function checkNotPublic(scope: IConstruct, id: string, parts: Parts): void {
  const wrong = checkPublic(parts) ?? checkAlexa(parts) ?? checkMixed(parts);
  if (wrong) throw mistake(scope, { ...wrong, property: `${wrong.property}' of statement '${id}` });
}

/** Refuses conditions that a permission has no property for. */
export function checkRenderable(scope: IConstruct, id: string, { others }: Parts): void {
  const unknown = Object.entries(others).flatMap(([operator, tests]) => Object.keys(tests).map((key) => `${operator} ${key}`));
  if (unknown.length === 0) return;
  throw mistake(scope, {
    code: 'ConditionNeedsDocument',
    property: `conditions' of statement '${id}`,
    allowed: `one of ${SLOT_NAMES.join(', ')}, each with one value, when 'resourcePolicyMode' is PERMISSIONS`,
    got: unknown.join(', '),
    fix: "set 'resourcePolicyMode' of the function or alias to ResourcePolicyMode.DOCUMENT, which takes any condition",
  });
}

function checkForm({ action, slots }: Parts): Mistake | undefined {
  if (isKnown(action) && !ACTION.test(action)) {
    return { code: 'InvokeActionMalformed', property: 'action', allowed: "an action of Lambda such as 'lambda:InvokeFunction'", got: action, fix: 'leave it out to allow to invoke the function' };
  }
  const { sourceArn, sourceAccount, organizationId, eventSourceToken } = slots;
  if (isKnown(sourceArn) && !ARN.test(sourceArn)) {
    return { code: 'SourceArnMalformed', property: 'sourceArn', allowed: "an ARN such as 'arn:aws:sns:eu-central-1:111122223333:orders'", got: sourceArn, fix: 'take it from the construct that invokes the function, or from Stack.formatArn()' };
  }
  if (isKnown(sourceAccount) && !ACCOUNT_ID.test(sourceAccount)) {
    return { code: 'SourceAccountMalformed', property: 'sourceAccount', allowed: 'the 12 digits of an account', got: sourceAccount, fix: 'write it as text, with its leading zeros' };
  }
  if (isKnown(organizationId) && !ORGANIZATION_ID.test(organizationId)) {
    return { code: 'OrganizationMalformed', property: 'organizationId', allowed: "an organization such as 'o-a1b2c3d4e5'", got: organizationId, fix: 'take it from AWS Organizations' };
  }
  if (isKnown(eventSourceToken) && !EVENT_SOURCE_TOKEN.test(eventSourceToken)) {
    return { code: 'EventSourceTokenMalformed', property: 'eventSourceToken', allowed: '1 to 256 letters, digits, dots, hyphens and underscores', got: eventSourceToken, fix: 'for Alexa, give the id of the skill' };
  }
  return undefined;
}

function checkTwice({ twice }: Parts): Mistake | undefined {
  if (twice.length === 0) return undefined;
  return {
    code: 'ConditionGivenTwice',
    property: 'conditions',
    allowed: 'one value or list of values for each operator and key, in the conditions, those of the principal and the other properties together',
    got: twice.join(', '),
    fix: 'a statement cannot ask for both: give the values that shall be allowed once',
  };
}

/** Of a mixture no single service could be held to its source. */
function checkMixed({ principal }: Parts): Mistake | undefined {
  if (!('principals' in bare(principal)) || !('Service' in principal.policyFragment.principalJson)) return undefined;
  return {
    code: 'ServiceAmongPrincipals',
    property: 'principal',
    allowed: 'one service alone, or accounts and roles',
    got: principal.toString(),
    fix: 'call allow() for each of them, so that each service is held to its own source',
  };
}

function checkPrincipal({ principal }: Parts): Mistake | undefined {
  const service = serviceName(principal);
  if (service !== undefined && !/\.(amazonaws\.com(\.cn)?|amazon\.com|c2s\.ic\.gov|sc2s\.sgov\.gov|[a-z.-]*aws\.[a-z.]+|internal)$/.test(service)) {
    return { code: 'NotAServicePrincipal', property: 'principal', allowed: "a service such as 'events.amazonaws.com'", got: service, fix: 'for an account or a role use iam.AccountPrincipal or iam.ArnPrincipal' };
  }
  const names = principalNames(principal).filter((name) => isKnown(name));
  const malformed = names.find((name) => name !== '*' && !ACCOUNT_ID.test(name) && !IDENTITY_ARN.test(name));
  if (service === undefined && malformed !== undefined) {
    return { code: 'PrincipalMalformed', property: 'principal', allowed: "a service, the 12 digits of an account, or the ARN of a role or user such as 'arn:aws:iam::111122223333:role/Caller'", got: malformed, fix: 'Lambda knows no other principals' };
  }
  return undefined;
}

/** Names under `AWS`, or of a kind that resource policies of Lambda do not have. */
function principalNames(principal: iam.IPrincipal): string[] {
  const who = bare(principal);
  // its ARN is a token, because of the partition
  if ('accountId' in who) return [who.accountId as string];
  return Object.entries(principal.policyFragment.principalJson).flatMap(([kind, names]) => {
    if (kind === 'LiteralString') return names;
    return kind === 'AWS' ? names : kind === 'Service' ? [] : [`${kind}: ${names.join(', ')}`];
  });
}

/** A URL without authentication is public on purpose; a rule asks whether it is. */
function checkPublic({ principal, slots, others }: Parts): Mistake | undefined {
  const everyone = serviceName(principal) === undefined && principalNames(principal).includes('*');
  const held = Object.values(slots).some((value) => value !== undefined) || Object.keys(others).length > 0;
  if (!everyone || held) return undefined;
  return {
    code: 'PublicInvoke',
    property: 'principal',
    allowed: "a service, an account or a role, or '*' with 'organizationId' or another condition",
    got: '*',
    fix: 'name who invokes; iam.OrganizationPrincipal allows all accounts of one organization; a public endpoint is addFunctionUrl({ authType: FunctionUrlAuthType.NONE })',
  };
}

function checkAlexa({ principal, slots }: Parts): Mistake | undefined {
  const service = serviceName(principal);
  if (service === undefined || !isAlexa(service) || slots.eventSourceToken !== undefined) return undefined;
  return {
    code: 'AlexaNeedsToken',
    property: 'eventSourceToken',
    allowed: `the id of the skill when 'principal' is ${service}`,
    got: undefined,
    fix: "set it to the skill's id, 'amzn1.ask.skill....': without it anybody's skill may invoke the function",
  };
}
