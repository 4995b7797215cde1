import { strayAccess } from './access';
import { access, fromBroker, ORDERS, ownKafka } from './examples';
import { mappingsOf } from '../../model/mappings';
import { Rule } from '../rule';

/** Of other sources nobody was seen to be refused, so that another rule warns. */
export const mappingAccessFitsSource: Rule = {
  id: 'mapping-access-fits-source',
  title: 'Lambda logs in to brokers with a name and a password',
  severity: 'fatal',
  why: 'Lambda refuses the mapping: "Unsupported source access configurations type for given event source mapping type."',
  fix: 'set Type to BASIC_AUTH with the ARN of a secret; of RabbitMQ, VIRTUAL_HOST besides',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_SourceAccessConfiguration.html',
  answers: ['Unsupported source access configurations type for given event source mapping type.'],
  since: '0.1.0',

  valid: [
    { title: 'a password and a virtual host', resources: { Orders: ORDERS, Mapping: fromBroker({ SourceAccessConfigurations: [access('BASIC_AUTH'), access('VIRTUAL_HOST', '/')] }) } },
    { title: 'a certificate for Kafka', resources: { Orders: ORDERS, Mapping: ownKafka({ SourceAccessConfigurations: [access('CLIENT_CERTIFICATE_TLS_AUTH')] }) } },
    { title: 'a type that nothing is known of', resources: { Orders: ORDERS, Mapping: fromBroker({ SourceAccessConfigurations: [access('OAUTHBEARER_AUTH')] }) } },
    { title: 'a type that a parameter says', resources: { Orders: ORDERS, Mapping: fromBroker({ SourceAccessConfigurations: [access({ Ref: 'Type' })] }) } },
  ],
  invalid: [
    { title: 'a certificate', at: 'Mapping/Properties/SourceAccessConfigurations/0/Type', resources: { Orders: ORDERS, Mapping: fromBroker({ SourceAccessConfigurations: [access('CLIENT_CERTIFICATE_TLS_AUTH')] }) } },
    { title: 'a password of Kafka', at: 'Mapping/Properties/SourceAccessConfigurations/1/Type', resources: { Orders: ORDERS, Mapping: fromBroker({ SourceAccessConfigurations: [access('BASIC_AUTH'), access('SASL_SCRAM_512_AUTH')] }) } },
  ],

  check: (app) => mappingsOf(app).flatMap((mapped) => mapped.kind === 'broker' ? strayAccess(mapped, 'broker') : []),
};
