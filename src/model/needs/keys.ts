import { arnOf, Naming, Need, Place } from './need';
import { textOfAttribute } from '../iam/text';
import { referenceIn } from '../reference';
import type { Resource } from '../resource';

/** The property that names the key, by the type of what is encrypted. */
const KEYS = new Map([
  ['AWS::Kinesis::Stream', 'StreamEncryption.KeyId'],
  ['AWS::SecretsManager::Secret', 'KmsKeyId'],
  ['AWS::SNS::Topic', 'KmsMasterKeyId'],
  ['AWS::SQS::Queue', 'KmsMasterKeyId'],
]);

/** What the use of something encrypted takes. */
const ACTIONS = {
  poll: ['kms:Decrypt'],
  send: ['kms:GenerateDataKey', 'kms:Decrypt'],
} as const;

/**
 * The use of a key of this app that encrypts what is sent to or polled, or how Lambda logs in there.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
export function keyNeeds({ json, stack }: Naming, at: Place, use: keyof typeof ACTIONS): Need[] {
  const reference = referenceIn(json, stack);
  const encrypted = reference?.exact ? encryptedOf(reference.resource) : undefined;
  const property = KEYS.get(encrypted?.type ?? '');
  const key = encrypted && property !== undefined ? keyOf(encrypted, property) : undefined;
  if (!encrypted || !key) return [];
  return [{
    topic: 'keys',
    actions: ACTIONS[use],
    target: textOfAttribute(key, 'Arn'),
    named: arnOf(key, at.resource.stack),
    on: key.label,
    at,
    what: `which encrypts ${encrypted.label}`,
    orPolicyOf: [key],
  }];
}

/** A consumer reads what is encrypted in its stream. */
function encryptedOf(resource: Resource): Resource | undefined {
  return resource.type === 'AWS::Kinesis::StreamConsumer' ? resource.reference('StreamARN')?.resource : resource;
}

/** The key itself, or the one behind an alias. */
function keyOf(encrypted: Resource, path: string): Resource | undefined {
  const named = encrypted.reference(path);
  const reference = named?.exact && named.resource.type === 'AWS::KMS::Alias' ? named.resource.reference('TargetKeyId') : named;
  return reference?.exact && reference.resource.type === 'AWS::KMS::Key' ? reference.resource : undefined;
}
