import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { Mutant } from './mutant';
import { mutantsOf } from './mutate';
import { WITHOUT_ALIAS } from './permission-changes';
import { inWords, isReported, RULES_FOR } from './reported';
import { modelOf, WiredApp, wiredApp } from './wired-app';
import { EventFunction, ResourcePolicyMode } from '../../../src';
import { SOURCES, WireSource } from '../../fixtures/sources/one-of-each';
import { MINIMAL } from '../../function/functions';

/**
 * Each source, wired to each kind of function, works by permissions and statements of roles. Without one of them, or with it on
 * `$LATEST` in place of the alias that is called, the source is reported.
 */
const CALLED: Readonly<Record<string, (scope: Construct) => lambda.IFunction>> = {
  'event function with permissions': (scope) => new EventFunction(scope, 'Orders', MINIMAL),
  'event function with a document': (scope) => new EventFunction(scope, 'Orders', { ...MINIMAL, resourcePolicyMode: ResourcePolicyMode.DOCUMENT }),
  'lambda function': (scope) => new lambda.Function(scope, 'Orders', MINIMAL),
  'alias of a lambda function': (scope) => new lambda.Function(scope, 'Orders', MINIMAL).addAlias('live'),
};

interface SourceApp { readonly source: string; readonly called: string; readonly app: WiredApp; readonly mutants: readonly Mutant[] }

/** Data Firehose reads the settings of the function, too, which is no call. */
const isDeleted = ({ kind, how }: Pick<Mutant, 'kind' | 'how'>) => kind === 'deleted' && how !== 'lambda:GetFunctionConfiguration';
const isOnLatest = ({ how }: Pick<Mutant, 'how'>) => how.includes(WITHOUT_ALIAS);

const APPS: readonly SourceApp[] = Object.entries(SOURCES).flatMap(([source, wire]) => (
  Object.entries(CALLED).map(([called, make]) => appOf(source, wire, called, make))
));

function appOf(source: string, wire: WireSource, called: string, make: (scope: Construct) => lambda.IFunction): SourceApp {
  const app = wiredApp(`${source}, ${called}`, (stack) => wire(stack, make(stack)));
  return { source, called, app, mutants: mutantsOf(app).filter(isAboutCalls) };
}

function isAboutCalls({ topic, statement, ...mutant }: Mutant): boolean {
  const letsInvoke = topic === 'who may invoke' || (topic === 'what a role may do' && JSON.stringify(statement).includes('lambda:InvokeFunction'));
  return letsInvoke && (isDeleted(mutant) || isOnLatest(mutant));
}

/** Where the permission is the only trace of a call, nothing is left that could tell of it when the permission is gone. */
const ONLY_TRACE: Readonly<Record<string, string>> = {
  alexaSkill: 'the endpoint of a skill is set in the console of Alexa',
  connectInstance: 'whether the association needs it is not known: it takes lambda:AddPermission of whoever deploys it',
  latticeListener: 'VPC Lattice writes it itself when the function is registered: whoever deploys needs lambda:AddPermission',
  latticeTargetGroup: 'as of a listener',
  lexBotFromArn: 'the settings of the bot alias are its owner\'s',
};

/** Sources of which one permission may be gone, and why. */
const NEEDLESS: Readonly<Record<string, { readonly why: string; isMeant(mutant: Mutant): boolean }>> = {
  restApi: { why: 'the root path is permitted together with all others', isMeant: ({ part }) => JSON.stringify(part ?? '').includes('"/*/"') },
  functionUrl: {
    why: 'who calls is of another account: of one permission the other one tells, of both nobody',
    isMeant: ({ how }) => how.includes('document'),
  },
};

function mayPass(source: string, mutant: Mutant): boolean {
  return source in ONLY_TRACE || (NEEDLESS[source]?.isMeant(mutant) ?? false);
}

/** Sources of which nothing in the template says that they call, and so nothing is there to be missed. */
const NO_TRACE: Readonly<Record<string, string>> = {
  batchOperations: 'a job is no resource of CloudFormation: its role is all there is',
  customResource: 'whoever deploys the stack calls, by rights that are not of the app',
};

test.each(APPS)('nothing is found in what is right: $source, $called', ({ app }) => {
  const model = modelOf(app.resources);
  const found = RULES_FOR['who may invoke'].flatMap((rule) => [...rule.check(model)].map(({ message }) => `${rule.id}: ${message}`));
  expect(found).toEqual([]);
});

describe.each(APPS)('$source, $called', ({ source, called, mutants }) => {
  test('it is reported without its permission, and with one on $LATEST', () => {
    const missed = mutants.filter((mutant) => !isReported(mutant) && !mayPass(source, mutant));
    expect(missed.map(inWords)).toEqual([]);
  });

  test('its permission is there to be deleted, and to be put on $LATEST', () => {
    expect(mutants.some(isDeleted)).toBe(!(source in NO_TRACE));
    expect(mutants.some(isOnLatest)).toBe(!(source in NO_TRACE) && called !== 'lambda function');
  });
});

describe('what may pass', () => {
  const ofSource = (name: string) => APPS.filter(({ source }) => source === name).flatMap(({ mutants }) => mutants);

  test.each(Object.entries(ONLY_TRACE))('%s: %s', (source) => {
    expect(ofSource(source).length).toBeGreaterThan(0);
    expect(ofSource(source).filter(isReported).map(inWords)).toEqual([]);
  });

  test.each(Object.entries(NEEDLESS))('%s: $why', (source, { isMeant }) => {
    const meant = ofSource(source).filter(isMeant);
    expect(meant.length).toBeGreaterThan(0);
    expect(meant.filter(isReported).map(inWords)).toEqual([]);
  });
});

// measured
test.each([['deleted', isDeleted, 152], ['on $LATEST', isOnLatest, 83]] as const)('permissions are %s in as many ways as were counted', (_, isMeant, atLeast) => {
  const counted = APPS.flatMap(({ source, mutants }) => mutants.filter((mutant) => isMeant(mutant) && !mayPass(source, mutant)));
  expect(counted.length).toBeGreaterThanOrEqual(atLeast);
});
