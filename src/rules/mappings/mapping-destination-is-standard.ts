import { onFailure, ORDERS, queue, STREAM, streamMapping } from './examples';
import { literal, textOf } from '../../model/iam/text';
import { mappingsOf } from '../../model/mappings';
import { inWords, serviceIn } from '../../model/needs/need';
import { referenceIn } from '../../model/reference';
import type { Resource } from '../../model/resource';
import { Json } from '../../model/template';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const PATH = 'DestinationConfig.OnFailure.Destination';
const AT = `Mapping/Properties/${PATH.replaceAll('.', '/')}`;
const PROPERTIES = new Map([['AWS::SQS::Queue', 'FifoQueue'], ['AWS::SNS::Topic', 'FifoTopic']]);
const BASE = { Orders: ORDERS, Source: STREAM };

export const mappingDestinationIsStandard: Rule = {
  id: 'mapping-destination-is-standard',
  title: 'Records that were given up go to standard queues and topics',
  severity: 'error',
  why: 'Lambda sends nothing to FIFO queues and topics: it refuses the mapping, or where the records are is lost',
  fix: 'use a queue or topic that is not FIFO, or a bucket',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html',
  answers: ["FIFO-type Amazon SQS queues aren't supported as a destination."],
  since: '0.1.0',

  valid: [
    { title: 'a standard queue', resources: { ...BASE, Failed: queue(), Mapping: streamMapping(onFailure()) } },
    { title: 'a queue that is FIFO if the deployment says so', resources: { ...BASE, Failed: queue({ FifoQueue: { Ref: 'IsFifo' } }), Mapping: streamMapping(onFailure()) } },
    { title: 'what a parameter names', resources: { ...BASE, Mapping: streamMapping(onFailure({ Ref: 'Arn' })) } },
  ],
  invalid: [
    { title: 'a FIFO queue', at: AT, resources: { ...BASE, Failed: queue({ FifoQueue: true }), Mapping: streamMapping(onFailure()) } },
    { title: 'a FIFO topic', at: AT, resources: { ...BASE, Failed: { Type: 'AWS::SNS::Topic', Properties: { FifoTopic: 'true' } }, Mapping: streamMapping(onFailure({ Ref: 'Failed' })) } },
    { title: 'a FIFO queue of another app', at: AT, resources: { ...BASE, Mapping: streamMapping(onFailure('arn:aws:sqs:eu-west-1:111122223333:failed.fifo')) } },
  ],

  * check(app) {
    for (const { resource } of mappingsOf(app)) {
      const raw = resource.raw(PATH);
      if (raw.kind !== 'known' || !isFifo(raw.value, resource)) continue;
      yield { resource, path: `Properties/${PATH.replaceAll('.', '/')}`, message: `destination of records must be a standard queue or topic, got FIFO ${inWords({ json: raw.value, stack: resource.stack })}` };
    }
  },
};

/** Only names of FIFO queues and topics end in `.fifo`. */
function isFifo(json: Json, { stack }: Resource): boolean {
  const arn = textOf(json, stack);
  if (['sqs', 'sns'].includes(serviceIn(arn) ?? '') && literal(arn.slice(-1))?.endsWith('.fifo')) return true;
  const reference = referenceIn(json, stack);
  const property = reference?.exact ? PROPERTIES.get(reference.resource.type) : undefined;
  return property !== undefined && [true, 'true'].includes(valueOf(reference!.resource.value(property)) as boolean | string);
}
