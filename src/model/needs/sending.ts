import { keyNeeds } from './keys';
import { inWords, Naming, Need, Place, policyHoldersOf, serviceIn, SOMETHING } from './need';
import { textOf } from '../iam/text';
import type { Resource } from '../resource';
import { Wiring } from '../wiring';

/** What sending a record takes, by service. */
const ACTIONS = new Map([
  ['events', 'events:PutEvents'],
  ['lambda', 'lambda:InvokeFunction'],
  ['sns', 'sns:Publish'],
  ['sqs', 'sqs:SendMessage'],
]);

/**
 * The dead-letter queue of a function, and the destinations of its asynchronous invocations and of its mappings.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function sendingNeeds(fn: Resource, wiring: Wiring): Need[] {
  const configs = wiring.asyncConfigs(fn).map(({ resource }) => resource);
  const mappings = wiring.mappings(fn).map(({ resource }) => resource);
  return [
    ...sendTo(fn, 'DeadLetterConfig.TargetArn', 'what the function could not process'),
    ...configs.flatMap((config) => sendTo(config, 'DestinationConfig.OnSuccess.Destination', 'records of successful invocations')),
    ...[...configs, ...mappings].flatMap((resource) => sendTo(resource, 'DestinationConfig.OnFailure.Destination', 'records of failed invocations')),
  ];
}

function sendTo(resource: Resource, path: string, what: string): Need[] {
  const raw = resource.raw(path);
  if (raw.kind !== 'known') return [];
  const naming = { json: raw.value, stack: resource.stack };
  const place = { resource, path: `Properties/${path.replaceAll('.', '/')}` };
  const service = serviceIn(textOf(raw.value, resource.stack));
  const action = ACTIONS.get(service ?? '');
  const need = { ...needAt(naming, place), what: `to send ${what}` };
  if (service === 's3') return storeIn(naming, need);
  return action === undefined ? [] : [{ ...need, actions: [action] }, ...keyNeeds(naming, place, 'send')];
}

/** Records of failed invocations may go to a bucket, one object each. */
function storeIn({ json, stack }: Naming, need: Omit<Need, 'actions'>): Need[] {
  const bucket = textOf(json, stack);
  const objects = { target: [...bucket, '/', ...SOMETHING], named: { 'Fn::Join': ['', [json, '/*']] }, on: `objects of ${need.on}` };
  return [{ ...need, actions: ['s3:ListBucket'] }, { ...need, ...objects, actions: ['s3:PutObject'] }];
}

function needAt(naming: Naming, at: Place): Omit<Need, 'actions' | 'what'> {
  return { topic: 'sending', target: textOf(naming.json, naming.stack), named: naming.json, on: inWords(naming), at, orPolicyOf: policyHoldersOf(naming) };
}
