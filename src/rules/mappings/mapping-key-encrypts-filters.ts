import { filtered, fromQueue, ORDERS, PAID, QUEUE } from './filter-examples';
import { mappingsOf } from '../../model/mappings';
import { isThere } from '../../model/presence';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const KEY = { KmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab' };

export const mappingKeyEncryptsFilters: Rule = {
  id: 'mapping-key-encrypts-filters',
  title: 'Mappings with a key have filters, which it encrypts',
  severity: 'warning',
  why: 'the key of a mapping encrypts its filters and nothing else: what comes from the source is as encrypted as it is there',
  fix: 'take KmsKeyArn away; to encrypt messages, set a key on the queue or the stream',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html',
  since: '0.1.0',

  valid: [
    { title: 'a key and filters', resources: { Orders: ORDERS, Source: QUEUE, Poll: filtered([PAID], KEY) } },
    { title: 'filters without a key', resources: fromQueue(PAID) },
    { title: 'filters that a parameter says', resources: { Orders: ORDERS, Source: QUEUE, Poll: filtered([], { ...KEY, FilterCriteria: { Ref: 'Filters' } }) } },
    { title: 'a key that a parameter says', resources: { Orders: ORDERS, Source: QUEUE, Poll: filtered([], { KmsKeyArn: { Ref: 'Key' }, FilterCriteria: { 'Fn::If': ['IsFiltered', { Filters: [] }, { Ref: 'AWS::NoValue' }] } }) } },
    { title: 'no key', resources: { Orders: ORDERS, Source: QUEUE, Poll: filtered([], { KmsKeyArn: '' }) } },
  ],
  invalid: [
    { title: 'a key of the template', at: 'Poll/Properties/KmsKeyArn', resources: { Orders: ORDERS, Key: { Type: 'AWS::KMS::Key' }, Source: QUEUE, Poll: filtered([], { KmsKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] } }) } },
    { title: 'a key alone', at: 'Poll/Properties/KmsKeyArn', resources: { Orders: ORDERS, Source: QUEUE, Poll: filtered([], KEY) } },
  ],

  * check(app) {
    for (const { resource } of mappingsOf(app)) {
      // what a parameter says may be nothing
      const key = valueOf(resource.text('KmsKeyArn')) ?? resource.reference('KmsKeyArn')?.resource;
      if (!key || isThere(resource, 'FilterCriteria') !== false) continue;
      yield { resource, path: 'Properties/KmsKeyArn', message: 'key of a mapping must be left out without filters, got one' };
    }
  },
};
