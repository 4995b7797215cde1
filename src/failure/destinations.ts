import { CfnResource, Reference, Token, Tokenization } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { functionBehind, functionOf } from './function-of';
import { settingsOf } from './settings-of';
import { mistake } from '../support/errors';

/** A destination as it is set, and what is behind its ARN where that is in this app. */
interface Destination {
  readonly property: 'onFailure' | 'onSuccess';
  readonly arn: string;
  readonly resource?: CfnResource;
}

/**
 * Refuses destinations that get no record: FIFO queues and topics, the function itself, and buckets for successes. They are read
 * from the settings that were made, so that the destinations may be of any class.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function checkDestinations(owner: lambda.IFunction): void {
  for (const destination of destinationsOf(owner)) {
    checkStandard(owner, destination);
    checkOther(owner, destination);
    checkBucket(owner, destination);
  }
}

function destinationsOf(owner: lambda.IFunction): Destination[] {
  const config = settingsOf(owner)?.destinationConfig;
  if (config === undefined || Token.isUnresolved(config)) return [];
  const { onFailure, onSuccess } = config as lambda.CfnEventInvokeConfig.DestinationConfigProperty;
  const all = [['onFailure', onFailure], ['onSuccess', onSuccess]] as const;
  return all.flatMap(([property, given]): Destination[] => {
    if (given === undefined || Token.isUnresolved(given)) return [];
    const { destination: arn } = given as lambda.CfnEventInvokeConfig.OnFailureProperty;
    return [{ property, arn, resource: resourceBehind(arn) }];
  });
}

/** The resource of the app whose attribute an ARN is, or is made of. */
function resourceBehind(arn: string): CfnResource | undefined {
  const targets = Tokenization.reverseString(arn).tokens.map((token) => Reference.isReference(token) ? token.target : undefined);
  return targets.find((target) => target !== undefined && CfnResource.isCfnResource(target)) as CfnResource | undefined;
}

/** The documentation tells of a metric for what could not be delivered; people were refused: https://github.com/aws/aws-cdk/issues/13793 */
function checkStandard(owner: lambda.IFunction, { property, arn, resource }: Destination): void {
  if (!isFifo(resource) && !(/^(sqs|sns)$/.test(serviceIn(arn)) && arn.endsWith('.fifo'))) return;
  throw mistake(owner, {
    code: 'DestinationFifo',
    property,
    allowed: 'a standard queue or topic, or what is neither',
    got: nameOf({ property, arn, resource }),
    fix: 'make a queue or topic that is not FIFO: Lambda sends no records to FIFO queues and topics',
  });
}

function isFifo(resource?: CfnResource): boolean {
  if (sqs.CfnQueue.isCfnQueue(resource)) return resource.fifoQueue === true;
  return sns.CfnTopic.isCfnTopic(resource) && resource.fifoTopic === true;
}

/** Refused by Lambda; and the role of the function would wait for the function, which waits for its role. */
function checkOther(owner: lambda.IFunction, { property, arn, resource }: Destination): void {
  const fn = functionOf(owner);
  const isLambda = serviceIn(arn) === 'lambda' || !arn.startsWith('arn:');
  if (!resource || !fn || !isLambda || functionBehind(resource) !== fn) return;
  throw mistake(owner, {
    code: 'DestinationIsItself',
    property,
    allowed: 'something else than the function itself, whatever the alias or version',
    got: nameOf({ property, arn, resource }),
    fix: property === 'onFailure' ? "keep failed events in a queue; for more attempts say 'retryAttempts'" : 'send the records to another function or to a queue',
  });
}

/** `The provided destination config DestinationConfig(...) is invalid.`: https://github.com/aws/aws-cdk/pull/37115 */
function checkBucket(owner: lambda.IFunction, { property, arn, resource }: Destination): void {
  if (property === 'onFailure' || !(s3.CfnBucket.isCfnBucket(resource) || serviceIn(arn) === 's3')) return;
  throw mistake(owner, {
    code: 'DestinationBucketForSuccess',
    property,
    allowed: 'a queue, topic, function or event bus',
    got: nameOf({ property, arn, resource }),
    fix: 'send records of successes elsewhere: buckets take those of failures only',
  });
}

/** The service in an ARN, also in one that the deployment completes: tokens have no colons in them. */
function serviceIn(arn: string): string {
  return arn.match(/^arn:[^:]+:([^:]+):/)?.[1] ?? '';
}

/** The construct as the user made it, or the ARN of what is elsewhere. */
function nameOf({ arn, resource }: Destination): string {
  return resource ? resource.node.path.replace(/(\/(Default|Resource))+$/, '') : arn;
}
