import { mapping, mayDo } from './examples';
import { ownWritesTo } from './words';
import { JsonObject } from '../../model/template';
import { allow, arnOf, fn, role } from '../role/examples';
import { Rule } from '../rule';

const AT = 'Orders/Properties/Role';
const TABLE: JsonObject = { Type: 'AWS::DynamoDB::Table', Properties: { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } } };
const OF_TABLE = mapping(arnOf('Returns', 'StreamArn'));
const WRITE = ['dynamodb:PutItem', 'dynamodb:UpdateItem'];

export const triggerStreamIsNotWritten: Rule = {
  id: 'trigger-stream-is-not-written',
  title: 'Functions may not write to the tables and streams that invoke them',
  severity: 'warning',
  why: 'an item that the function writes to the table whose stream it reads invokes it again, and so does a record in its own Kinesis stream; Lambda notices no loops through tables and streams',
  fix: 'write to another table (`table.grantReadData(fn)` for this one), give the mapping a filter that leaves out what the function writes, or set `recursiveLoop: RecursiveLoop.ALLOW` if it is meant',
  source: 'https://docs.aws.amazon.com/lambda/latest/operatorguide/recursive-runaway.html',
  since: '0.1.0',

  valid: [
    { title: 'a role that may only read', resources: { ...mayDo(['dynamodb:GetItem', 'dynamodb:Query'], arnOf('Returns')), Returns: TABLE, Mapping: OF_TABLE } },
    { title: 'another table', resources: { ...mayDo(WRITE, arnOf('Sums')), Returns: TABLE, Sums: TABLE, Mapping: OF_TABLE } },
    { title: 'records are filtered', resources: { ...mayDo(WRITE, arnOf('Returns')), Returns: TABLE, Mapping: mapping(arnOf('Returns', 'StreamArn'), { FilterCriteria: { Filters: [{ Pattern: '{"eventName":["REMOVE"]}' }] } }) } },
    { title: 'items are only deleted', resources: { ...mayDo('dynamodb:DeleteItem', arnOf('Returns')), Returns: TABLE, Mapping: OF_TABLE } },
    { title: 'a statement about some items only', resources: { Orders: fn(), OrdersRole: role([allow(WRITE, arnOf('Returns'), { Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['sums'] } } })]), Returns: TABLE, Mapping: OF_TABLE } },
    { title: 'a table that a parameter names', resources: { ...mayDo(WRITE, { Ref: 'TableArn' }), Returns: TABLE, Mapping: OF_TABLE } },
  ],
  invalid: [
    { title: 'the table whose stream is read', at: AT, resources: { ...mayDo(WRITE, arnOf('Returns')), Returns: TABLE, Mapping: OF_TABLE } },
    { title: 'all tables', at: AT, resources: { ...mayDo('dynamodb:*', '*'), Returns: TABLE, Mapping: OF_TABLE } },
    { title: 'a stream of Kinesis', at: AT, resources: { ...mayDo('kinesis:PutRecord*', arnOf('Clicks')), Clicks: { Type: 'AWS::Kinesis::Stream' }, Mapping: mapping(arnOf('Clicks')) } },
    { title: 'a consumer of a stream of Kinesis', at: AT, resources: { ...mayDo('kinesis:PutRecord', arnOf('Clicks')), Clicks: { Type: 'AWS::Kinesis::Stream' }, Consumer: { Type: 'AWS::Kinesis::StreamConsumer', Properties: { StreamARN: arnOf('Clicks'), ConsumerName: 'orders' } }, Mapping: mapping({ Ref: 'Consumer' }) } },
  ],

  check: (app) => ownWritesTo(app, 'table', 'stream'),
};
