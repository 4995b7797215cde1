import * as fs from 'fs';
import * as path from 'path';
import { activeMqEvent, rabbitMqEvent } from '../../src/events/pull/samples/broker';
import { changeEvent } from '../../src/events/pull/samples/document-db';
import { kafkaEvent, mskClusterEvent } from '../../src/events/pull/samples/msk-cluster';
import { fifoQueueEvent, queueEvent } from '../../src/events/pull/samples/queue';
import { streamEvent } from '../../src/events/pull/samples/stream';
import { tableEvent } from '../../src/events/pull/samples/table';
import { alarmEvent, compositeAlarmEvent } from '../../src/events/push/samples/alarm';
import { alexaSkillEvent, alexaSmartHomeEvent } from '../../src/events/push/samples/alexa-skill';
import { batchOperationsEvent, batchOperationsEventV2 } from '../../src/events/push/samples/batch-operations';
import { bedrockApiEvent, bedrockFunctionEvent } from '../../src/events/push/samples/bedrock-action-group';
import { bucketEvent } from '../../src/events/push/samples/bucket';
import { changeOfResource, configRuleEvent, scheduledEvaluation } from '../../src/events/push/samples/config-rule';
import { connectEvent } from '../../src/events/push/samples/connect-instance';
import { createResourceEvent, deleteResourceEvent, updateResourceEvent } from '../../src/events/push/samples/custom-resource';
import { emailEvent } from '../../src/events/push/samples/email';
import { eventBridgeEvent } from '../../src/events/push/samples/event-bridge';
import { firehoseTransformationEvent } from '../../src/events/push/samples/firehose-transformation';
import { functionUrlEvent } from '../../src/events/push/samples/function-url';
import { graphqlResolverEvent } from '../../src/events/push/samples/graphql-resolver';
import { httpApiEvent } from '../../src/events/push/samples/http-api';
import { iotRuleEvent } from '../../src/events/push/samples/iot-rule';
import { latticeEvent, latticeEventV1 } from '../../src/events/push/samples/lattice';
import { lexBotEvent } from '../../src/events/push/samples/lex-bot';
import { loadBalancerEvent } from '../../src/events/push/samples/load-balancer';
import { logsEvent, logsMessage } from '../../src/events/push/samples/logs';
import { pipelineStageEvent } from '../../src/events/push/samples/pipeline-stage';
import { repositoryEvent } from '../../src/events/push/samples/repository';
import { restApiEvent } from '../../src/events/push/samples/rest-api';
import { scheduleEvent } from '../../src/events/push/samples/schedule';
import { secretRotationEvent } from '../../src/events/push/samples/secret-rotation';
import { topicEvent } from '../../src/events/push/samples/topic';
import * as userPool from '../../src/events/push/samples/user-pool';
import { webSocketApiEvent } from '../../src/events/push/samples/web-socket-api';

/** Of what Lambda polls. */
const PULLED = {
  'active-mq': activeMqEvent(),
  'document-db': changeEvent(),
  'fifo-queue': fifoQueueEvent(),
  'kafka': kafkaEvent(),
  'msk-cluster': mskClusterEvent(),
  'queue': queueEvent(),
  'rabbit-mq': rabbitMqEvent(),
  'stream': streamEvent(),
  'table': tableEvent(),
};

/**
 * Our sample of each event that is documented. What is documented is in a file of that name: each field with its type, as the
 * pages show it that the file names. `[]` stands for the entries of a list, `*` for the values of a map.
 */
const SAMPLES: Readonly<Record<string, object>> = {
  ...PULLED,
  'alarm': alarmEvent(),
  'alexa-skill': alexaSkillEvent(),
  'alexa-smart-home': alexaSmartHomeEvent(),
  'bedrock-api': bedrockApiEvent('orders'),
  'bedrock-function': bedrockFunctionEvent('orders'),
  'bucket': bucketEvent(),
  'code-commit': repositoryEvent(),
  'code-pipeline': pipelineStageEvent('{}', ['Built'], ['Tested']),
  'composite-alarm': compositeAlarmEvent(),
  'config-invoking-event-of-a-schedule': scheduledEvaluation(),
  'config-invoking-event-of-changes': changeOfResource(),
  'config-rule-of-a-schedule': configRuleEvent(scheduledEvaluation(), {}),
  'config-rule-of-changes': configRuleEvent(changeOfResource(), {}),
  'connect-instance': connectEvent(),
  'custom-resource-create': createResourceEvent(),
  'custom-resource-delete': deleteResourceEvent(),
  'custom-resource-update': updateResourceEvent(),
  'email': emailEvent(),
  'event-bridge': eventBridgeEvent(),
  'firehose-transformation': firehoseTransformationEvent(),
  'function-url': functionUrlEvent(),
  'graphql-resolver': graphqlResolverEvent(),
  'http-api': httpApiEvent('/orders/{id}', 'POST'),
  'iot-rule': iotRuleEvent(),
  'lex-bot': lexBotEvent(),
  'load-balancer': loadBalancerEvent(false),
  'load-balancer-with-lists': loadBalancerEvent(true),
  'logs': logsEvent(logsMessage()),
  'logs-message': logsMessage(),
  'public-function-url': functionUrlEvent(),
  'rest-api': restApiEvent('/my/path', 'GET'),
  's3-batch-1': batchOperationsEvent(),
  's3-batch-2': batchOperationsEventV2(),
  'schedule': scheduleEvent(),
  'secret-rotation': secretRotationEvent(),
  'topic': topicEvent(),
  'user-pool-create-auth-challenge': userPool.createAuthChallengeEvent(),
  'user-pool-custom-email-sender': userPool.customEmailSenderEvent(),
  'user-pool-custom-message': userPool.customMessageEvent(),
  'user-pool-custom-sms-sender': userPool.customSmsSenderEvent(),
  'user-pool-define-auth-challenge': userPool.defineAuthChallengeEvent(),
  'user-pool-post-authentication': userPool.postAuthenticationEvent(),
  'user-pool-post-confirmation': userPool.postConfirmationEvent(),
  'user-pool-pre-authentication': userPool.preAuthenticationEvent(),
  'user-pool-pre-sign-up': userPool.preSignUpEvent(),
  'user-pool-pre-token-generation': userPool.preTokenGenerationEvent(),
  'user-pool-pre-token-generation-2': userPool.preTokenGenerationV2Event(),
  'user-pool-user-migration': userPool.userMigrationEvent(),
  'user-pool-verify-auth-challenge-response': userPool.verifyAuthChallengeResponseEvent(),
  'vpc-lattice': latticeEvent(),
  'vpc-lattice-version-1': latticeEventV1(),
  'web-socket-connect': webSocketApiEvent('$connect'),
  'web-socket-disconnect': webSocketApiEvent('$disconnect'),
  'web-socket-message': webSocketApiEvent('sendMessage'),
};

interface Documented {
  readonly sources: string[];
  /** Type of each field, several with a bar between them. */
  readonly fields: Readonly<Record<string, string>>;
  /** Why a field of ours is missing or has another type, by its name. */
  readonly different?: Readonly<Record<string, string>>;
}

const FOLDER = path.join(__dirname, '../fixtures/documented-events');
const files = fs.readdirSync(FOLDER).map((file) => path.basename(file, '.json')).sort();
const documented = (name: string): Documented => JSON.parse(fs.readFileSync(path.join(FOLDER, `${name}.json`), 'utf8'));

/** What a value has at a place: all of it, as a place in a list or a map is one in each of its entries. */
function valuesAt(value: unknown, place: string): unknown[] {
  return place.split('/').reduce<unknown[]>((values, part) => values.flatMap((each) => partsOf(each, part)), [value]);
}

function partsOf(value: unknown, part: string): unknown[] {
  if (part === '[]') return Array.isArray(value) ? value : [];
  if (typeof value !== 'object' || value === null) return [];
  if (part === '*') return Object.values(value);
  return part in value ? [(value as Record<string, unknown>)[part]] : [];
}

function typeOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

/** The fields that a sample does not have, or not with the documented type. */
function differing(sample: object, { fields }: Documented): string[] {
  return Object.entries(fields).filter(([place, types]) => {
    const values = valuesAt(sample, place);
    return values.length === 0 || !values.every((value) => types.split('|').includes(typeOf(value)));
  }).map(([place]) => place);
}

test('every documented event is compared, or has no sample here', () => {
  expect(files).toEqual(Object.keys(SAMPLES).sort());
});

test.each(files)('what is documented of %s says where', (name) => {
  const { sources, fields, different = {} } = documented(name);
  expect(sources.length).toBeGreaterThan(0);
  for (const source of sources) expect(source).toMatch(/^https:\/\/(docs\.aws\.amazon|developer\.amazon|github)\.com\//);
  expect(Object.keys(fields).length).toBeGreaterThan(0);
  expect(Object.keys(fields)).toEqual(expect.arrayContaining(Object.keys(different)));
});

// An exception that is none any more fails, too.
test.each(Object.entries(SAMPLES))('the sample of %s has the documented fields, with their types', (name, sample) => {
  const event = documented(name);
  expect(differing(JSON.parse(JSON.stringify(sample)), event)).toEqual(expect.arrayContaining(Object.keys(event.different ?? {})));
  expect(Object.keys(event.different ?? {})).toEqual(expect.arrayContaining(differing(JSON.parse(JSON.stringify(sample)), event)));
});

describe('the comparison', () => {
  const event: Documented = { sources: [], fields: { 'a/b': 'string', 'list/[]/c': 'number|null', 'map/*/d': 'boolean', 'e': 'object' } };

  test('finds nothing in the same', () => {
    expect(differing({ a: { b: '' }, list: [{ c: 1 }, { c: null }], map: { x: { d: true } }, e: {} }, event)).toEqual([]);
  });

  test('finds what is missing and what has another type', () => {
    expect(differing({ a: {}, list: [{ c: '1' }], map: {}, e: [] }, event)).toEqual(['a/b', 'list/[]/c', 'map/*/d', 'e']);
  });
});
