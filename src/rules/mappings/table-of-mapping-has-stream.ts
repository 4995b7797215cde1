import { arnOf, ORDERS, streamMapping, TABLE } from './examples';
import { Mapping, mappingsOf } from '../../model/mappings';
import { isThere } from '../../model/presence';
import { JsonObject } from '../../model/template';
import { Finding, Rule } from '../rule';

const TYPES = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];
const MAPPING = streamMapping({ EventSourceArn: arnOf('Source', 'StreamArn') });

function table(properties: JsonObject, type = TYPES[0]): JsonObject {
  return { Type: type, Properties: properties };
}

/** An error: a stream that somebody made by hand is there, until the next deployment of the table. */
export const tableOfMappingHasStream: Rule = {
  id: 'table-of-mapping-has-stream',
  title: 'Tables that functions read the changes of have a stream',
  severity: 'error',
  why: 'without StreamSpecification the table has no stream, so that there is no ARN of one, and nothing that Lambda can read',
  fix: 'set StreamSpecification with a StreamViewType, for instance NEW_AND_OLD_IMAGES; with the CDK, set dynamoStream of the table',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html',
  since: '0.1.0',

  valid: [
    { title: 'a stream', resources: { Orders: ORDERS, Source: TABLE, Mapping: MAPPING } },
    { title: 'a stream of a global table', resources: { Orders: ORDERS, Source: table({ StreamSpecification: { StreamViewType: 'KEYS_ONLY' } }, TYPES[1]), Mapping: MAPPING } },
    { title: 'a stream or none', resources: { Orders: ORDERS, Source: table({ StreamSpecification: { 'Fn::If': ['IsRead', { StreamViewType: 'KEYS_ONLY' }, { Ref: 'AWS::NoValue' }] } }), Mapping: MAPPING } },
    { title: 'a stream that a parameter names', resources: { Orders: ORDERS, Source: table({}), Mapping: streamMapping({ EventSourceArn: { Ref: 'StreamArn' } }) } },
  ],
  invalid: [
    { title: 'no stream', at: 'Source/Properties/StreamSpecification', resources: { Orders: ORDERS, Source: table({}), Mapping: MAPPING } },
    { title: 'no stream of a global table', at: 'Source/Properties/StreamSpecification', resources: { Orders: ORDERS, Source: table({ StreamSpecification: { Ref: 'AWS::NoValue' } }, TYPES[1]), Mapping: MAPPING } },
  ],

  check: (app) => [...new Map(mappingsOf(app).flatMap(findingsIn).map((finding) => [finding.resource, finding])).values()],
};

function findingsIn({ resource: mapping, source }: Mapping): Finding[] {
  const isStream = mapping.reference('EventSourceArn')?.attribute === 'StreamArn';
  if (!isStream || !source || !TYPES.includes(source.type) || isThere(source, 'StreamSpecification') !== false) return [];
  return [{ resource: source, path: 'Properties/StreamSpecification', message: `stream of ${source.label} must be there for ${mapping.label} to read, got none` }];
}
