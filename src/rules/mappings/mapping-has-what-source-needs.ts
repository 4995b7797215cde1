import { BY_PASSWORD, fromBroker, fromDocuments, mapping, msk, NOTHING, ORDERS, ownKafka, queue } from './examples';
import { missingIn } from './missing';
import { NEEDED_PARAMETERS } from '../../limits/mapping-parameters';
import { Rule } from '../rule';

export const mappingHasWhatSourceNeeds: Rule = {
  id: 'mapping-has-what-source-needs',
  title: 'Mappings say which topic or database they read, and how Lambda logs in',
  severity: 'fatal',
  why: 'Lambda refuses the mapping: "Required \'topics\' parameter is missing."',
  fix: 'add the parameter: Topics with one name, SourceAccessConfigurations with a secret or a network, DocumentDBEventSourceConfig with a DatabaseName',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html',
  answers: [
    "Required 'topics' parameter is missing.",
    "Required 'sourceAccessConfigurations' parameter is missing.",
    'Invalid parameters: sourceAccessConfigurations, sourceAccessConfigurations',
    'Invalid parameters: databaseName',
  ],
  since: '0.1.0',

  valid: [
    { title: 'a topic of Amazon MSK, where the role logs in', resources: { Orders: ORDERS, Mapping: msk() } },
    { title: 'a topic of Kafka', resources: { Orders: ORDERS, Mapping: ownKafka() } },
    { title: 'a queue of a broker', resources: { Orders: ORDERS, Mapping: fromBroker() } },
    { title: 'a database', resources: { Orders: ORDERS, Mapping: fromDocuments() } },
    { title: 'a topic that a parameter names', resources: { Orders: ORDERS, Mapping: msk({ Topics: { Ref: 'Topics' } }) } },
    { title: 'a login or none', resources: { Orders: ORDERS, Mapping: fromBroker({ SourceAccessConfigurations: { 'Fn::If': ['IsProd', BY_PASSWORD.SourceAccessConfigurations!, NOTHING] } }) } },
    { title: 'a queue of Amazon SQS', resources: { Orders: ORDERS, Source: queue(), Mapping: mapping() } },
  ],
  invalid: [
    { title: 'no topic', at: 'Mapping/Properties/Topics', resources: { Orders: ORDERS, Mapping: msk({ Topics: NOTHING }) } },
    { title: 'a broker without a login', at: 'Mapping/Properties/SourceAccessConfigurations', resources: { Orders: ORDERS, Mapping: fromBroker({ SourceAccessConfigurations: NOTHING }) } },
    { title: 'Kafka without a login and a network', at: 'Mapping/Properties/SourceAccessConfigurations', resources: { Orders: ORDERS, Mapping: ownKafka({ SourceAccessConfigurations: NOTHING }) } },
    { title: 'a collection without a database', at: 'Mapping/Properties/DocumentDBEventSourceConfig/DatabaseName', resources: { Orders: ORDERS, Mapping: fromDocuments({ DocumentDBEventSourceConfig: { CollectionName: 'orders' } }) } },
    { title: 'no database at all', at: 'Mapping/Properties/DocumentDBEventSourceConfig/DatabaseName', resources: { Orders: ORDERS, Mapping: fromDocuments({ DocumentDBEventSourceConfig: NOTHING }) } },
  ],

  check: (app) => missingIn(app, NEEDED_PARAMETERS),
};
