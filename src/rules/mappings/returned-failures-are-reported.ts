import { ANSWERS, coded, PACKAGED, SILENT } from './answer-examples';
import { LIVE, mapping, mappingOf, MSK, queue, STREAM, streamMapping } from './examples';
import { answersFailures, mayReport, reportsFailures } from '../../model/batch-answers';
import { mappingsOf } from '../../model/mappings';
import { Rule } from '../rule';

const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
const TOPIC = { StartingPosition: 'TRIM_HORIZON', Topics: ['orders'] };

export const returnedFailuresAreReported: Rule = {
  id: 'returned-failures-are-reported',
  title: 'Lambda looks for the failed items that a function returns',
  severity: 'warning',
  why: 'Lambda does not look at batchItemFailures unless the mapping says so: it takes the whole batch for done, and what failed is deleted or skipped without a trace',
  fix: 'set FunctionResponseTypes of the mapping to ReportBatchItemFailures, or throw an error when anything fails',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html',
  since: '0.1.0',

  valid: [
    { title: 'they are reported', resources: { Orders: coded(ANSWERS), Source: queue(), Mapping: mapping(REPORTS) } },
    { title: 'whether they are reported is decided at deployment', resources: { Orders: coded(ANSWERS), Source: queue(), Mapping: mapping({ FunctionResponseTypes: { 'Fn::If': ['IsProd', ['ReportBatchItemFailures'], []] } }) } },
    { title: 'none are returned', resources: { Orders: coded(SILENT), Source: queue(), Mapping: mapping() } },
    { title: 'a comment speaks of them', resources: { Orders: coded(`// batchItemFailures\n${SILENT}`), Source: queue(), Mapping: mapping() } },
    { title: 'a library that is not the code of the function', resources: { Orders: PACKAGED, Source: queue(), Mapping: mapping() }, assets: { 'code.zip': { 'index.js': SILENT, 'node_modules/batches/index.js': ANSWERS } } },
    { title: 'code that is not an asset of this app', resources: { Orders: PACKAGED, Source: queue(), Mapping: mapping() } },
    { title: 'an image', resources: { Orders: { Type: 'AWS::Lambda::Function', Properties: { PackageType: 'Image', Code: { ImageUri: 'orders:1' } } }, Source: queue(), Mapping: mapping() } },
    { title: 'a handler in a layer', resources: { Orders: coded(ANSWERS, { Handler: '/opt/nodejs/index.handler', Layers: [{ Ref: 'Shared' }] }), Source: queue(), Mapping: mapping() } },
    { title: 'Kafka without pollers of its own, which has none', resources: { Orders: coded(ANSWERS), Mapping: mappingOf(MSK, TOPIC) } },
  ],
  invalid: [
    { title: 'inline code returns them to a queue', at: 'Mapping/Properties/FunctionResponseTypes', resources: { Orders: coded(ANSWERS), Source: queue(), Mapping: mapping() } },
    { title: 'a package returns them, for an alias', at: 'Mapping/Properties/FunctionResponseTypes', resources: { Orders: PACKAGED, Live: LIVE, Source: queue(), Mapping: mapping({ FunctionName: { Ref: 'Live' } }) }, assets: { 'code.zip': { 'index.js': 'module.exports = require("./orders");', 'orders.js': ANSWERS } } },
    { title: 'Python and Powertools return them to a stream', at: 'Mapping/Properties/FunctionResponseTypes', resources: { Orders: coded('from aws_lambda_powertools.utilities.batch import process_partial_response', { Runtime: 'python3.13' }), Source: STREAM, Mapping: streamMapping({ FunctionResponseTypes: [] }) } },
    { title: 'Kafka with pollers of its own', at: 'Mapping/Properties/FunctionResponseTypes', resources: { Orders: coded(ANSWERS), Mapping: mappingOf(MSK, { ...TOPIC, ProvisionedPollerConfig: { MinimumPollers: 1 } }) } },
    { title: 'the types are left out', at: 'Mapping/Properties/FunctionResponseTypes', resources: { Orders: coded(ANSWERS), Source: queue(), Mapping: mapping({ FunctionResponseTypes: { Ref: 'AWS::NoValue' } }) } },
  ],

  * check(app) {
    for (const polled of mappingsOf(app)) {
      const { resource, target } = polled;
      if (!target || !mayReport(polled) || reportsFailures(polled) !== false || answersFailures(target.fn) !== 'yes') continue;
      const message = `'FunctionResponseTypes' must be ['ReportBatchItemFailures'] when the code of ${target.fn.label} returns batchItemFailures, got none`;
      yield { resource, path: 'Properties/FunctionResponseTypes', message };
    }
  },
};
