import { ResourceType, RuleScope } from 'aws-cdk-lib/aws-config';
import { directEvents, fakeClient, type LambdaModule, sent, surviveAnyEvent } from '../../test-tools';
import { PushSource } from 'cdk-event-functions';

const send = fakeClient('@aws-sdk/client-config-service', 'ConfigServiceClient', ['PutEvaluationsCommand']);
const check = jest.requireActual<LambdaModule<{ ComplianceType: string; Annotation?: string }>>('../functions/check-volumes/index.js');

const source = PushSource.configRule({
  ruleScope: RuleScope.fromResource(ResourceType.EBS_VOLUME),
  inputParameters: { exceptionTag: 'Unencrypted-until' },
});

beforeEach(() => {
  jest.useFakeTimers({ now: new Date('2026-03-01T12:00:00Z') });
  jest.spyOn(console, 'info').mockReturnValue();
  send.mockReset().mockResolvedValue({ FailedEvaluations: [] });
});

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

/** What AWS Config asks about a volume: what it recorded is JSON in a text. */
function asked(volume: object, overrides: object = {}) {
  const event = source.sampleEvent(overrides);
  const invoking = JSON.parse(event.invokingEvent);
  const item = { ...invoking.configurationItem, resourceType: 'AWS::EC2::Volume', resourceId: 'vol-1', tags: {}, ...volume };
  return { ...event, invokingEvent: JSON.stringify({ ...invoking, configurationItem: item }) };
}

const verdicts = () => sent(send).map(({ input }) => input);
const unencrypted = { configuration: { encrypted: false } };

test('what was found is reported, for this question and with the time of the change', async () => {
  await check.handler(asked({ configuration: { encrypted: true } }));
  expect(sent(send)).toEqual([{
    name: 'PutEvaluationsCommand',
    input: {
      ResultToken: 'myResultToken',
      Evaluations: [{
        ComplianceResourceType: 'AWS::EC2::Volume',
        ComplianceResourceId: 'vol-1',
        ComplianceType: 'COMPLIANT',
        OrderingTimestamp: new Date('2016-02-17T01:36:34.043Z'),
      }],
    },
  }]);
});

describe('a volume', () => {
  const until = (day: unknown) => ({ ...unencrypted, tags: { 'Unencrypted-until': day } });

  test.each<[string, object, string, string | undefined]>([
    ['that is encrypted', { configuration: { encrypted: true } }, 'COMPLIANT', undefined],
    ['that is not', unencrypted, 'NON_COMPLIANT', 'The volume is not encrypted'],
    ['of which nobody knows', { configuration: {} }, 'NON_COMPLIANT', 'The volume is not encrypted'],
    ['with an exception', until('2026-12-31'), 'COMPLIANT', 'The volume need not be encrypted until 2026-12-31'],
    ['on the last day of its exception', until('2026-03-01'), 'COMPLIANT', 'The volume need not be encrypted until 2026-03-01'],
    ['whose exception is over', until('2026-02-28'), 'NON_COMPLIANT', 'The volume is not encrypted, and its exception ended on 2026-02-28'],
    ['whose exception is no day', until('soon'), 'NON_COMPLIANT', 'The volume is not encrypted, and its tag Unencrypted-until is no day such as 2026-12-31'],
    ['that was deleted', { ...unencrypted, configurationItemStatus: 'ResourceDeleted', configuration: null }, 'NOT_APPLICABLE', undefined],
  ])('%s is %s', async (_, volume, ComplianceType, Annotation) => {
    await expect(check.handler(asked(volume))).resolves.toEqual({ ComplianceType, ...Annotation && { Annotation } });
    expect(verdicts()[0].Evaluations[0]).toMatchObject({ ComplianceType });
  });

  test('that left the scope of the rule is none of its business any more', async () => {
    await expect(check.handler(asked(unencrypted, { eventLeftScope: true }))).resolves.toEqual({ ComplianceType: 'NOT_APPLICABLE' });
  });

  test('has no exception where the rule names no tag', async () => {
    await expect(check.handler(asked(until('2026-12-31'), { ruleParameters: '{}' }))).resolves.toMatchObject({ ComplianceType: 'NON_COMPLIANT' });
    await expect(check.handler(asked(until('2026-12-31'), { ruleParameters: undefined }))).resolves.toMatchObject({ ComplianceType: 'NON_COMPLIANT' });
  });
});

test('the sample event as it is, of an instance, does not apply', async () => {
  await expect(check.handler(source.sampleEvent())).resolves.toEqual({ ComplianceType: 'NOT_APPLICABLE' });
  expect(verdicts()[0].Evaluations[0]).toMatchObject({ ComplianceResourceType: 'AWS::EC2::Instance', ComplianceResourceId: 'i-00000000' });
});

test('a question without a resource, of a rule at intervals, is an error', async () => {
  const event = PushSource.configRule({ periodic: true }).sampleEvent();
  await expect(check.handler(event)).rejects.toThrow('a whole configurationItem, but this has not');
});

test('what AWS Config does not take is an error', async () => {
  send.mockResolvedValue({ FailedEvaluations: [{}] });
  await expect(check.handler(asked(unencrypted))).rejects.toThrow('AWS Config did not take what was found about vol-1');
});

describe('invoked directly', () => {
  test.each(directEvents(__dirname))('with the event %s it says what is missing', async (_, event) => {
    await expect(check.handler(event)).rejects.toThrow('An event of AWS Config has');
    expect(send).not.toHaveBeenCalled();
  });

  test('with any JSON it answers, or says what is missing', async () => {
    await surviveAnyEvent((event) => check.handler(event), asked(unencrypted));
  });

  test('with any JSON in its texts, too', async () => {
    const anyText = (name: string) => async (value: unknown) => check.handler(asked(unencrypted, { [name]: JSON.stringify(value) }));
    await surviveAnyEvent(anyText('ruleParameters'));
    const item = JSON.parse(asked(unencrypted).invokingEvent);
    await surviveAnyEvent(async (value) => check.handler({ ...asked({}), invokingEvent: JSON.stringify(value) }), item);
  });
});
