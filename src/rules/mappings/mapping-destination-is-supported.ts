import { arnOf, onFailure, ORDERS, queue, STREAM, streamMapping } from './examples';
import { READ_IN_ORDER } from '../../limits/mapping-parameters';
import { textOf } from '../../model/iam/text';
import { mappingsOf } from '../../model/mappings';
import { inWords, serviceIn } from '../../model/needs/need';
import { Rule } from '../rule';

const PATH = 'DestinationConfig.OnFailure.Destination';
const SERVICES = new Set(['sqs', 'sns', 's3']);
const BASE = { Orders: ORDERS, Source: STREAM };

export const mappingDestinationIsSupported: Rule = {
  id: 'mapping-destination-is-supported',
  title: 'Records that were given up go to a queue, a topic or a bucket',
  severity: 'fatal',
  why: 'Lambda refuses the mapping: other than for asynchronous invocations, records of streams cannot be sent to functions and event buses',
  fix: 'send them to a queue, and let a function that polls it take them further',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html',
  answers: ["The service specified by the TargetArn isn't supported as a destination."],
  since: '0.1.0',

  valid: [
    { title: 'a queue', resources: { ...BASE, Failed: queue(), Mapping: streamMapping(onFailure()) } },
    { title: 'a topic', resources: { ...BASE, Failed: { Type: 'AWS::SNS::Topic', Properties: {} }, Mapping: streamMapping(onFailure({ Ref: 'Failed' })) } },
    { title: 'a bucket', resources: { ...BASE, Failed: { Type: 'AWS::S3::Bucket', Properties: {} }, Mapping: streamMapping(onFailure()) } },
    { title: 'what a parameter names', resources: { ...BASE, Mapping: streamMapping(onFailure({ Ref: 'Arn' })) } },
  ],
  invalid: [
    { title: 'a function', at: 'Mapping/Properties/DestinationConfig/OnFailure/Destination', resources: { ...BASE, Mapping: streamMapping(onFailure(arnOf('Orders'))) } },
    { title: 'an event bus', at: 'Mapping/Properties/DestinationConfig/OnFailure/Destination', resources: { ...BASE, Mapping: streamMapping(onFailure('arn:aws:events:eu-west-1:111122223333:event-bus/shop')) } },
  ],

  * check(app) {
    for (const { resource, kind } of mappingsOf(app)) {
      const raw = resource.raw(PATH);
      if (raw.kind !== 'known' || (kind !== undefined && !READ_IN_ORDER.has(kind))) continue;
      const service = serviceIn(textOf(raw.value, resource.stack));
      if (service === undefined || SERVICES.has(service)) continue;
      yield { resource, path: `Properties/${PATH.replaceAll('.', '/')}`, message: `destination of records must be a queue, a topic or a bucket, got ${service}: ${inWords({ json: raw.value, stack: resource.stack })}` };
    }
  },
};
