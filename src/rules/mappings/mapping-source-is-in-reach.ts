import { fn, fromBroker, mapping, ORDERS, queue } from './examples';
import { MappedSource } from '../../limits/mapping-parameters';
import { regionIn } from '../../model/arn-region';
import { Mapping, mappingsOf } from '../../model/mappings';
import { Finding, Rule } from '../rule';

/** Sources for which this was seen; of others AWS says it. */
const REGIONAL: ReadonlySet<MappedSource> = new Set<MappedSource>(['queue', 'data stream', 'table stream']);
const ELSEWHERE = mapping({ EventSourceArn: 'arn:aws:sqs:eu-central-1:111122223333:orders' });

export const mappingSourceIsInReach: Rule = {
  id: 'mapping-source-is-in-reach',
  title: 'Queues and streams are in the Region of the function that reads them',
  severity: 'fatal',
  why: 'Lambda refuses the mapping: "Event source region must match Lambda region us-east-1"',
  fix: 'read it with a function in its Region, or send the messages to a queue in the Region of the function',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html',
  answers: ['Event source region must match Lambda region us-east-1'],
  since: '0.1.0',

  valid: [
    { title: 'a queue of the template', region: 'eu-west-1', resources: { Orders: ORDERS, Source: queue(), Mapping: mapping() } },
    { title: 'a queue of another account', region: 'eu-central-1', resources: { Orders: ORDERS, Mapping: ELSEWHERE } },
    { title: 'a stack without a Region', resources: { Orders: ORDERS, Mapping: ELSEWHERE } },
    { title: 'a queue that a parameter names', region: 'eu-west-1', resources: { Orders: ORDERS, Mapping: mapping({ EventSourceArn: { Ref: 'Source' } }) } },
    { title: 'a Region that a parameter says', region: 'eu-west-1', resources: { Orders: ORDERS, Mapping: mapping({ EventSourceArn: { 'Fn::Sub': 'arn:aws:sqs:${Place}:111122223333:orders' } }) } },
    { title: 'a broker of another Region, of which nothing was seen', region: 'eu-west-1', resources: { Orders: ORDERS, Mapping: fromBroker({ EventSourceArn: 'arn:aws:mq:eu-central-1:111122223333:broker:orders:b-1' }) } },
  ],
  invalid: [
    { title: 'a queue of another Region', at: 'Mapping/Properties/EventSourceArn', region: 'eu-west-1', resources: { Orders: fn(), Mapping: ELSEWHERE } },
    { title: 'a stream of a table of another Region', at: 'Mapping/Properties/EventSourceArn', region: 'eu-west-1', resources: { Orders: fn(), Mapping: mapping({ EventSourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:dynamodb:us-east-1:${AWS::AccountId}:table/orders/stream/2026-01-01T00:00:00.000' }, StartingPosition: 'TRIM_HORIZON' }) } },
  ],

  check: (app) => mappingsOf(app).flatMap(findingsIn),
};

function findingsIn({ resource, kind, arn }: Mapping): Finding[] {
  const [here, there] = [resource.stack.region, arn && kind && REGIONAL.has(kind) ? regionIn(arn) : undefined];
  if (here === undefined || there === undefined || here === there) return [];
  return [{ resource, path: 'Properties/EventSourceArn', message: `source of a mapping must be in ${here}, where the function is, got ${there}` }];
}
