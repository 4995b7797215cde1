import { mapping, ORDERS, queue } from './examples';
import { mappingsOf } from '../../model/mappings';
import { isThere } from '../../model/presence';
import { Rule } from '../rule';

const CLUSTER = { SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: ['kafka.example.com:9092'] } }, Topics: ['orders'], StartingPosition: 'TRIM_HORIZON' };
const NONE = { EventSourceArn: { Ref: 'AWS::NoValue' } };

export const mappingHasOneSource: Rule = {
  id: 'mapping-has-one-source',
  title: 'Mappings read one source: something of AWS, or a cluster of your own',
  severity: 'fatal',
  why: 'Lambda refuses a mapping with no source ("Unrecognized event source."), and one with two',
  fix: 'set EventSourceArn, or, for Kafka that AWS does not run, SelfManagedEventSource, and not both',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html',
  answers: ['Unrecognized event source.'],
  since: '0.1.0',

  valid: [
    { title: 'a queue', resources: { Orders: ORDERS, Source: queue(), Mapping: mapping() } },
    { title: 'a cluster', resources: { Orders: ORDERS, Mapping: mapping({ ...NONE, ...CLUSTER }) } },
    { title: 'one or the other', resources: { Orders: ORDERS, Mapping: mapping({ EventSourceArn: { 'Fn::If': ['IsAws', { Ref: 'Arn' }, { Ref: 'AWS::NoValue' }] } }) } },
  ],
  invalid: [
    { title: 'no source', at: 'Mapping/Properties/EventSourceArn', resources: { Orders: ORDERS, Mapping: mapping(NONE) } },
    { title: 'two sources', at: 'Mapping/Properties/SelfManagedEventSource', resources: { Orders: ORDERS, Source: queue(), Mapping: mapping(CLUSTER) } },
  ],

  * check(app) {
    for (const { resource, arn, kind } of mappingsOf(app)) {
      const [given, own] = ['EventSourceArn', 'SelfManagedEventSource'].map((path) => isThere(resource, path));
      if (given === false && own === false) yield { resource, path: 'Properties/EventSourceArn', message: 'source of a mapping must be given, got none' };
      // what a parameter says may be nothing
      if (arn && kind && own === true) yield { resource, path: 'Properties/SelfManagedEventSource', message: 'source of a mapping must be one, got EventSourceArn and SelfManagedEventSource' };
    }
  },
};
