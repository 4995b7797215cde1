import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { InvocationKind, InvocationPath, PushSource, SourceSemantics } from '../../../src';
import { readAssembly } from '../../../src/assembly/read-assembly';
import { summarize } from '../../../src/report/summary';
import { renderText } from '../../../src/report/text';
import { FACTORIES, PARTNER, SOURCES } from '../../fixtures/sources/one-of-each';
import { CASES, factoriesOf, oneAppOf } from '../one-app-of-all';

/** What holds for all sources, of which the app has one each. */
test('the app has one of each factory of PushSource', () => {
  expect(Object.keys(FACTORIES).sort()).toEqual(factoriesOf(PushSource));
});

beforeAll(() => jest.spyOn(console, 'error').mockImplementation());
afterAll(() => jest.restoreAllMocks());

describe.each(CASES)('%s, in %s', (_, mode, context) => {
  const { app, wired } = oneAppOf(SOURCES, context, mode);
  const summary = summarize(readAssembly(app.synth().directory));
  const functions = summary.stacks.flatMap((stack) => stack.functions);
  const blocks = renderText(summary).split(/\n\n/);

  /** Who is to be seen as the caller: the service, its role, or, of a URL, the account that may call. */
  function isCaller({ principal, assumesRole, service }: SourceSemantics, { kind, caller }: InvocationPath): boolean {
    if (service === 'AWS CloudFormation (custom resource)') return kind === InvocationKind.IDENTITY && caller === 'whoever deploys CustomResource';
    if (assumesRole !== undefined) return kind === InvocationKind.IDENTITY && servicesOf(caller, app).includes(assumesRole);
    return kind === InvocationKind.PUSH && caller === (principal ?? PARTNER);
  }

  test.each(wired)('$name is a way in, on the live alias', ({ fn, semantics }) => {
    const paths = fn.invocationPaths();
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => path.qualifier !== 'live' || !isCaller(semantics, path))).toEqual([]);
  });

  test.each(wired)('$name is in the summary, with function, caller and qualifier', ({ stack, fn }) => {
    const name = `${stack.stackName}/Function`;
    const { invokedBy } = functions.find((one) => one.name === name)!;
    expect(new Set(invokedBy.map(({ qualifier }) => qualifier))).toEqual(new Set(['live']));
    for (const { kind, caller } of fn.invocationPaths()) {
      expect(invokedBy.map(({ by, principal }) => [by, principal])).toContainEqual([BY[kind], expect.stringContaining(caller)]);
      expect(blocks.find((block) => block.startsWith(`${name} `))).toMatch(new RegExp(`\\b${kind}: .*${caller.replaceAll('.', '\\.')}.* -> live, by `));
    }
  });
});

/** Kinds of ways in, in the words of the summary. */
const BY: Readonly<Record<string, string>> = { [InvocationKind.PUSH]: 'resource policy', [InvocationKind.IDENTITY]: 'policy of its own' };

/** The services that may assume the role of a path, themselves or through another role. */
function servicesOf(path: string, app: App): string[] {
  return trustedBy(path.split('/').reduce<IConstruct>((construct, id) => construct.node.findChild(id), app) as iam.Role, app);
}

function trustedBy(role: iam.Role, app: App): string[] {
  const trust: { Statement: { Principal: { Service?: string; AWS?: unknown } }[] } = Stack.of(role).resolve(role.assumeRolePolicy);
  const roles = app.node.findAll().filter((construct): construct is iam.Role => construct instanceof iam.Role);
  return trust.Statement.flatMap(({ Principal: { Service, AWS } }) => {
    if (Service !== undefined) return [Service];
    const others = roles.filter(({ roleArn }) => JSON.stringify(Stack.of(role).resolve(roleArn)) === JSON.stringify(AWS));
    return others.flatMap((other) => trustedBy(other, app));
  });
}
