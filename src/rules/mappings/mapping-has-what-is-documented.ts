import { fromBroker, fromDocuments, msk, NOTHING, ORDERS, ownKafka } from './examples';
import { missingIn } from './missing';
import { DOCUMENTED_PARAMETERS } from '../../limits/mapping-parameters';
import { Rule } from '../rule';

/** A warning: nobody was seen to be refused. Of streams, the CDK's own validation asks for a starting position. */
export const mappingHasWhatIsDocumented: Rule = {
  id: 'mapping-has-what-is-documented',
  title: 'Mappings have what AWS documents to be required',
  severity: 'warning',
  why: 'AWS documents the parameter to be required for the source: Lambda refuses the mapping, or does not know what to read',
  fix: 'add the parameter: one queue of the broker, one topic, or where to start; TRIM_HORIZON misses nothing',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-mq-params.html',
  since: '0.1.0',

  valid: [
    { title: 'a topic of Kafka, from its beginning', resources: { Orders: ORDERS, Mapping: ownKafka() } },
    { title: 'a topic of Kafka, from where AWS likes', resources: { Orders: ORDERS, Mapping: ownKafka({ StartingPosition: NOTHING }) } },
    { title: 'a queue of a broker', resources: { Orders: ORDERS, Mapping: fromBroker() } },
    { title: 'a change stream', resources: { Orders: ORDERS, Mapping: fromDocuments() } },
    { title: 'a position that a parameter says', resources: { Orders: ORDERS, Mapping: fromDocuments({ StartingPosition: { Ref: 'Start' } }) } },
    { title: 'Amazon MSK, of which the CDK tells', resources: { Orders: ORDERS, Mapping: msk({ StartingPosition: NOTHING }) } },
  ],
  invalid: [
    { title: 'a broker without a queue', at: 'Mapping/Properties/Queues', resources: { Orders: ORDERS, Mapping: fromBroker({ Queues: NOTHING }) } },
    { title: 'Kafka without a topic', at: 'Mapping/Properties/Topics', resources: { Orders: ORDERS, Mapping: ownKafka({ Topics: NOTHING }) } },
    { title: 'a change stream without a starting position', at: 'Mapping/Properties/StartingPosition', resources: { Orders: ORDERS, Mapping: fromDocuments({ StartingPosition: NOTHING }) } },
  ],

  check: (app) => missingIn(app, DOCUMENTED_PARAMETERS),
};
