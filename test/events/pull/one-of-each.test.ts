import { InvocationKind, InvocationMode, PullSource } from '../../../src';
import { readAssembly } from '../../../src/assembly/read-assembly';
import { summarize } from '../../../src/report/summary';
import { renderText } from '../../../src/report/text';
import { PULLED, PULLED_FACTORIES } from '../../fixtures/sources/pulled';
import { CASES, factoriesOf, oneAppOf } from '../one-app-of-all';

/** What holds for all sources that are polled, of which the app has one each. */
test('the app has one of each factory of PullSource', () => {
  expect(Object.keys(PULLED_FACTORIES).sort()).toEqual(factoriesOf(PullSource));
});

const KEPT = /\/(FailedRecords|Dead|InboxDeadLetters), the (on-failure destination|dead-letter queue)/;
const WITHOUT_POLLERS = /^lost: the mapping has no on-failure destination/;

/** Where events end that fail each time, of sources for which no place is made by us or in the app. */
const ENDS: Readonly<Record<string, RegExp>> = {
  activeMq: /^not known: the broker decides/,
  documentDb: /^lost: there is no on-failure destination for change streams/,
  importedQueue: /^not known: the queue is not of this app/,
  kafka: WITHOUT_POLLERS,
  mskCluster: WITHOUT_POLLERS,
  mskClusterWithPassword: WITHOUT_POLLERS,
  rabbitMq: /^not known: the broker decides/,
  virtualHost: /^not known: the broker decides/,
};

beforeAll(() => jest.spyOn(console, 'error').mockImplementation());
afterAll(() => jest.restoreAllMocks());

describe.each(CASES)('%s, in %s', (_, mode, context) => {
  const { app, wired } = oneAppOf(PULLED, context, mode, { account: '111122223333', region: 'eu-central-1' });
  const summary = summarize(readAssembly(app.synth().directory));
  const functions = summary.stacks.flatMap((stack) => stack.functions);
  const blocks = renderText(summary).split(/\n\n/);

  test.each(wired)('$name is polled for the live alias, and needs no permission of the function', ({ stack, fn }) => {
    expect(fn.invocationPaths().map(({ kind, qualifier }) => [kind, qualifier])).toEqual([[InvocationKind.PULL, 'live']]);
    const { Resources } = app.synth().getStackArtifact(stack.artifactId).template as { Resources: Record<string, { Type: string }> };
    const types = Object.values(Resources).map(({ Type }) => Type);
    expect(types.filter((type) => type === 'AWS::Lambda::EventSourceMapping')).toHaveLength(1);
    expect(types.filter((type) => /^AWS::Lambda::(Permission|ResourcePolicy)$/.test(type))).toEqual([]);
  });

  test.each(wired)('$name is in the summary, with the mapping and the alias', ({ stack, fn }) => {
    const name = `${stack.stackName}/Function`;
    const { polls, invokedBy } = functions.find((one) => one.name === name)!;
    const [{ statement }] = fn.invocationPaths();
    expect(polls).toMatchObject([{ qualifier: 'live', statement }]);
    expect(invokedBy).toEqual([]);
    expect(blocks.find((block) => block.startsWith(`${name} `))).toMatch(/\bpull: Lambda polls .* -> live,? .*by /s);
  });

  test.each(wired)('what fails each time is kept for $name, unless there is a reason', ({ name, fn }) => {
    expect(fn.failureMap()).toMatchObject([{ mode: InvocationMode.POLLED, qualifier: 'live', endsIn: expect.stringMatching(ENDS[name] ?? KEPT) }]);
    for (const words of Object.values(fn.failureMap()[0])) expect(words).toMatch(/\S/);
  });
});
