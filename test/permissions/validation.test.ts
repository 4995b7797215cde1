import { Aws, CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { said } from './said';
import { EventFunction, InvokeStatement, ResourcePolicyMode } from '../../src';
import { MINIMAL, stackWith } from '../function/functions';

const { PERMISSIONS, DOCUMENT } = ResourcePolicyMode;
const MODES = [PERMISSIONS, DOCUMENT];

const service = (name: string) => new iam.ServicePrincipal(name);
const account = new iam.AccountPrincipal('111122223333');
const topicArn = 'arn:aws:sns:eu-central-1:111122223333:orders';

function orders(resourcePolicyMode: ResourcePolicyMode) {
  const stack = stackWith({ 'cdk-event-functions:rules': false });
  return { stack, fn: new EventFunction(stack, 'Orders', { ...MINIMAL, resourcePolicyMode }) };
}

function refused(act: () => void): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was refused');
}

type Case = readonly [name: string, statement: InvokeStatement, message: string];

const PRINCIPAL = "'principal' of statement 'Partner' must be a service, the 12 digits of an account, or the ARN of a role or user such as 'arn:aws:iam::111122223333:role/Caller', got ";

/** Refused to allow as well as to deny. */
const MALFORMED: readonly Case[] = [
  ['an action of another service', { principal: account, action: 's3:GetObject' },
    "'action' of statement 'Partner' must be an action of Lambda such as 'lambda:InvokeFunction', got \"s3:GetObject\"; leave it out to allow to invoke the function [InvokeActionMalformed at Shop/Orders]"],
  ['a pattern of actions', { principal: account, action: 'lambda:Invoke*' }, 'InvokeActionMalformed at Shop/Orders'],
  ['a name for a source', { principal: service('sns.amazonaws.com'), sourceArn: 'orders' },
    "'sourceArn' of statement 'Partner' must be an ARN such as 'arn:aws:sns:eu-central-1:111122223333:orders', got \"orders\"; take it from the construct that invokes the function, or from Stack.formatArn() [SourceArnMalformed at Shop/Orders]"],
  ['an ARN that is cut off', { principal: service('sns.amazonaws.com'), sourceArn: 'arn:aws:sns:eu-central-1:111122223333:' }, 'SourceArnMalformed at Shop/Orders'],
  ['an ARN of a principal that is none', { principal: service('sns.amazonaws.com').withConditions({ ArnLike: { 'aws:SourceArn': 'orders' } }) }, 'SourceArnMalformed at Shop/Orders'],
  ['an account with hyphens', { principal: service('s3.amazonaws.com'), sourceAccount: '1111-2222-3333' },
    "'sourceAccount' of statement 'Partner' must be the 12 digits of an account, got \"1111-2222-3333\"; write it as text, with its leading zeros [SourceAccountMalformed at Shop/Orders]"],
  ['an account without its leading zero', { principal: service('s3.amazonaws.com'), sourceAccount: '11122223333' }, 'SourceAccountMalformed at Shop/Orders'],
  ['an organizational unit', { principal: new iam.AnyPrincipal(), organizationId: 'ou-a1b2-c3d4e5f6' },
    "'organizationId' of statement 'Partner' must be an organization such as 'o-a1b2c3d4e5', got \"ou-a1b2-c3d4e5f6\"; take it from AWS Organizations [OrganizationMalformed at Shop/Orders]"],
  ['a token with a space', { principal: service('alexa-appkit.amazon.com'), eventSourceToken: 'my skill' },
    "'eventSourceToken' of statement 'Partner' must be 1 to 256 letters, digits, dots, hyphens and underscores, got \"my skill\"; for Alexa, give the id of the skill [EventSourceTokenMalformed at Shop/Orders]"],
  ['an empty token', { principal: service('alexa-appkit.amazon.com'), eventSourceToken: '' }, 'EventSourceTokenMalformed at Shop/Orders'],
  ['a service without its domain', { principal: service('events') },
    "'principal' of statement 'Partner' must be a service such as 'events.amazonaws.com', got \"events\"; for an account or a role use iam.AccountPrincipal or iam.ArnPrincipal [NotAServicePrincipal at Shop/Orders]"],
  ['a service under conditions', { principal: service('events').withConditions({ ArnLike: { 'aws:SourceArn': topicArn } }) }, 'NotAServicePrincipal at Shop/Orders'],
  ['an account for a service', { principal: service('111122223333') }, 'NotAServicePrincipal at Shop/Orders'],
  ['an account that is none', { principal: new iam.AccountPrincipal('1234') }, `${PRINCIPAL}"1234"; Lambda knows no other principals [PrincipalMalformed at Shop/Orders]`],
  ['a name for a role', { principal: new iam.ArnPrincipal('Caller') }, `${PRINCIPAL}"Caller"`],
  ['the ARN of something else', { principal: new iam.ArnPrincipal('arn:aws:s3:::inbox') }, `${PRINCIPAL}"arn:aws:s3:::inbox"`],
  ['an ARN of a role that is cut off', { principal: new iam.ArnPrincipal('arn:aws:iam') }, `${PRINCIPAL}"arn:aws:iam"`],
  ['an ARN of a role without its name', { principal: new iam.ArnPrincipal('arn:aws:iam::111122223333:role') }, 'PrincipalMalformed at Shop/Orders'],
  ['an identity provider', { principal: new iam.FederatedPrincipal('cognito-identity.amazonaws.com') }, `${PRINCIPAL}"Federated: cognito-identity.amazonaws.com"`],
  ['an identity provider under conditions', { principal: new iam.WebIdentityPrincipal('accounts.google.com', { StringEquals: { 'accounts.google.com:aud': 'shop' } }) }, 'PrincipalMalformed at Shop/Orders'],
  ['a canonical user', { principal: new iam.CanonicalUserPrincipal('79a59df900b949e5') }, `${PRINCIPAL}"CanonicalUser: 79a59df900b949e5"`],
  ['two sources by one operator', { principal: service('sns.amazonaws.com'), sourceArn: topicArn, conditions: { ArnLike: { 'aws:SourceArn': `${topicArn}-2` } } },
    "'conditions' of statement 'Partner' must be one value or list of values for each operator and key, in the conditions, those of the principal and the other properties together, got \"ArnLike aws:SourceArn\"; a statement cannot ask for both: give the values that shall be allowed once [ConditionGivenTwice at Shop/Orders]"],
  ['a source and a list of sources', { principal: service('sns.amazonaws.com').withConditions({ ArnLike: { 'AWS:SourceArn': [topicArn] } }), sourceArn: topicArn }, 'ConditionGivenTwice at Shop/Orders'],
  ['a condition that is none', { principal: account, conditions: { StringEquals: 'o-a1b2c3d4e5' } },
    "'conditions.StringEquals' of statement 'Partner' must be a key with a value, or a list of values, such as { 'aws:SourceIp': ['203.0.113.0/24'] }, got \"o-a1b2c3d4e5\"; write out operators and keys; only values may be decided at deployment [ConditionMalformed at Shop/Orders]"],
  ['a list of conditions', { principal: account, conditions: { StringEquals: [{ 'aws:SourceIp': '192.0.2.1' }] } }, 'ConditionMalformed at Shop/Orders'],
  ['a condition without values', { principal: account, conditions: { IpAddress: { 'aws:SourceIp': [] } } }, 'ConditionMalformed at Shop/Orders'],
  ['a condition with an object for a value', { principal: account, conditions: { IpAddress: { 'aws:SourceIp': { a: 1 } } } }, 'ConditionMalformed at Shop/Orders'],
  ['a condition with nothing for a value', { principal: account, conditions: { IpAddress: { 'aws:SourceIp': null } } }, 'ConditionMalformed at Shop/Orders'],
  ['tests that the deployment decides', { principal: account, conditions: { StringEquals: Lazy.any({ produce: () => ({}) }) } }, 'got a token'],
  ['two addresses by one operator', { principal: account.withConditions({ IpAddress: { 'aws:SourceIp': '192.0.2.1' } }), conditions: { IpAddress: { 'aws:sourceip': '192.0.2.2' } } }, '"IpAddress aws:sourceip"'],
];

/** Refused to allow, but not to deny. */
const PUBLIC: readonly Case[] = [
  ['everyone', { principal: new iam.AnyPrincipal() },
    "'principal' of statement 'Partner' must be a service, an account or a role, or '*' with 'organizationId' or another condition, got \"*\"; name who invokes; iam.OrganizationPrincipal allows all accounts of one organization; a public endpoint is addFunctionUrl({ authType: FunctionUrlAuthType.NONE }) [PublicInvoke at Shop/Orders]"],
  ['everyone as an ARN', { principal: new iam.ArnPrincipal('*') }, 'PublicInvoke at Shop/Orders'],
  ['everyone as a star', { principal: new iam.StarPrincipal() }, 'PublicInvoke at Shop/Orders'],
  ['everyone among others', { principal: new iam.CompositePrincipal(account, new iam.AnyPrincipal()) }, 'PublicInvoke at Shop/Orders'],
  ['everyone, with any source', { principal: new iam.AnyPrincipal(), anySource: true }, 'PublicInvoke at Shop/Orders'],
  ['Alexa without a skill', { principal: service('alexa-appkit.amazon.com') },
    "'eventSourceToken' of statement 'Partner' must be the id of the skill when 'principal' is alexa-appkit.amazon.com, got undefined; set it to the skill's id, 'amzn1.ask.skill....': without it anybody's skill may invoke the function [AlexaNeedsToken at Shop/Orders]"],
  ['the smart home without a skill', { principal: service('alexa-connectedhome.amazon.com') }, 'AlexaNeedsToken at Shop/Orders'],
  ['a service among others', { principal: new iam.CompositePrincipal(service('sns.amazonaws.com'), account) },
    "'principal' of statement 'Partner' must be one service alone, or accounts and roles, got \"CompositePrincipal(ServicePrincipal(sns.amazonaws.com),AccountPrincipal(111122223333))\"; call allow() for each of them, so that each service is held to its own source [ServiceAmongPrincipals at Shop/Orders]"],
  ['a service among others, under a condition', { principal: new iam.CompositePrincipal(service('sns.amazonaws.com'), account).withConditions({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }) }, 'ServiceAmongPrincipals at Shop/Orders'],
];

describe.each(MODES)('in %s', (mode) => {
  test.each([...MALFORMED, ...PUBLIC])('fails to allow %s', (_, statement, message) => {
    const { fn } = orders(mode);
    const error = refused(() => fn.resourcePolicy.allow('Partner', statement));
    expect(error.message).toContain(message);
    expect(error.message).toMatch(new RegExp(`\\[${error.name} at Shop/Orders\\]$`));
    expect(fn.resourcePolicy.statements).toEqual([]);
  });

  test('addPermission is checked as well', () => {
    expect(() => orders(mode).fn.addPermission('Partner', { principal: service('events') })).toThrow('NotAServicePrincipal at Shop/Orders');
    expect(() => orders(mode).fn.alias.addPermission('Partner', { principal: service('events') })).toThrow('NotAServicePrincipal at Shop/Orders');
  });

  const unknown: Readonly<Record<string, (token: string) => InvokeStatement>> = {
    'everything about a service': (token) => ({
      principal: service('sns.amazonaws.com'), action: token, sourceArn: token, sourceAccount: token, organizationId: token, eventSourceToken: token,
    }),
    'a service': (token) => ({ principal: service(token) }),
    'an account': (token) => ({ principal: new iam.AccountPrincipal(token) }),
    'a role': (token) => ({ principal: new iam.ArnPrincipal(token) }),
    'an organization': (token) => ({ principal: new iam.OrganizationPrincipal(token) }),
    'a part of an ARN': (token) => ({ principal: service('sns.amazonaws.com'), sourceArn: `arn:aws:sns:eu-central-1:111122223333:${token}` }),
    'a skill': (token) => ({ principal: service('alexa-appkit.amazon.com'), eventSourceToken: token }),
  };

  test.each(Object.keys(unknown))('what the deployment decides is not refused: %s', (name) => {
    const { stack, fn } = orders(mode);
    fn.resourcePolicy.allow('Partner', unknown[name](new CfnParameter(stack, 'Parameter').valueAsString));
    expect(said(stack)).toHaveLength(1);
  });

  test.each<[string, InvokeStatement]>([
    ['everyone of an organization', { principal: new iam.AnyPrincipal(), organizationId: 'o-a1b2c3d4e5' }],
    ['a role', { principal: new iam.ArnPrincipal('arn:aws-us-gov:iam::111122223333:role/path/Caller') }],
    ['a user', { principal: new iam.ArnPrincipal('arn:aws:iam::111122223333:user/Jane') }],
    ['a session', { principal: new iam.ArnPrincipal('arn:aws:sts::111122223333:assumed-role/Caller/session') }],
    ['the root of an account', { principal: new iam.ArnPrincipal('arn:aws-cn:iam::111122223333:root') }],
    ['an account as an ARN', { principal: new iam.ArnPrincipal('111122223333') }],
    ['the own account', { principal: new iam.AccountRootPrincipal() }],
    ['Alexa with a skill', { principal: service('alexa-appkit.amazon.com'), eventSourceToken: 'amzn1.ask.skill.1' }],
    ['a service of China', { principal: service('sns.amazonaws.com.cn') }],
    ['a service of a Region', { principal: service('logs.eu-central-1.amazonaws.com') }],
    ['a service of the marketplace', { principal: service('events.apigee.aws.internal') }],
    ['all actions of Lambda', { principal: account, action: 'lambda:*' }],
    ['an ARN with wildcards', { principal: service('events.amazonaws.com'), sourceArn: 'arn:aws:events:*:111122223333:rule/*' }],
    ['the own account as a source', { principal: service('s3.amazonaws.com'), sourceAccount: Aws.ACCOUNT_ID }],
  ])('what is right is not refused: %s', (_, statement) => {
    const { stack, fn } = orders(mode);
    fn.resourcePolicy.allow('Partner', statement);
    expect(said(stack)).toHaveLength(1);
  });
});

describe('only in a document', () => {
  test.each<[string, InvokeStatement, string]>([
    ['another operator', { principal: account, conditions: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }, 'IpAddress aws:SourceIp'],
    ['another key', { principal: account, conditions: { StringEquals: { 'aws:PrincipalTag/team': 'orders' } } }, 'StringEquals aws:PrincipalTag/team'],
    ['several values', { principal: account, conditions: { ArnLike: { 'aws:SourceArn': [topicArn, `${topicArn}-2`] } } }, 'ArnLike aws:SourceArn'],
    ['several conditions', { principal: account.withConditions({ StringLike: { 'aws:SourceArn': '*' }, Bool: { 'aws:SecureTransport': 'true' } }) }, 'StringLike aws:SourceArn, Bool aws:SecureTransport'],
  ])('%s can be asked for', (_, statement, got) => {
    const { stack, fn } = orders(DOCUMENT);
    fn.resourcePolicy.allow('Partner', statement);
    expect(Object.keys(said(stack)[0].conditions).join(', ')).toBe(got);
    expect(() => orders(PERMISSIONS).fn.resourcePolicy.allow('Partner', statement)).toThrow(
      "'conditions' of statement 'Partner' must be one of ArnLike aws:SourceArn, StringEquals aws:SourceAccount, StringEquals aws:PrincipalOrgID, StringEquals lambda:EventSourceToken, StringEquals lambda:FunctionUrlAuthType, Bool lambda:InvokedViaFunctionUrl, each with one value, when 'resourcePolicyMode' is PERMISSIONS, "
      + `got "${got}"; set 'resourcePolicyMode' of the function or alias to ResourcePolicyMode.DOCUMENT, which takes any condition [ConditionNeedsDocument at Shop/Orders]`);
  });

  test('something can be denied', () => {
    const { fn } = orders(PERMISSIONS);
    expect(() => fn.resourcePolicy.deny('Partner', { principal: account })).toThrow(
      "'resourcePolicyMode' must be ResourcePolicyMode.DOCUMENT for the denial 'Partner', got \"PERMISSIONS\"; set it where the function or alias is made: an AWS::Lambda::Permission can only allow [DenyNeedsDocument at Shop/Orders]");
    expect(fn.resourcePolicy.statements).toEqual([]);
  });

  test.each(MALFORMED)('fails to deny %s', (_, statement, message) => {
    expect(() => orders(DOCUMENT).fn.resourcePolicy.deny('Partner', statement)).toThrow(message);
  });

  test.each(PUBLIC)('%s can be denied', (_, statement) => {
    const { stack, fn } = orders(DOCUMENT);
    fn.resourcePolicy.deny('Partner', statement);
    expect(said(stack)[0].effect).toBe('Deny');
  });
});

test('the path is that of the function in its stack', () => {
  const stack = new Stack(stackWith(), 'Inner');
  expect(() => new EventFunction(stack, 'Orders', MINIMAL).grantInvoke(service('events'))).toThrow('[NotAServicePrincipal at Shop/Inner/Orders]');
});
