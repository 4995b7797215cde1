import { ANSWERS, coded, PACKAGED, SILENT } from './answer-examples';
import { LIVE, mapping, queue, STREAM, streamMapping } from './examples';
import { answersFailures, reportsFailures } from '../../model/batch-answers';
import { mappingsOf } from '../../model/mappings';
import { Rule } from '../rule';

const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };

export const reportedFailuresAreReturned: Rule = {
  id: 'reported-failures-are-returned',
  title: 'A function returns the failed items that Lambda looks for',
  severity: 'warning',
  why: 'an answer without batchItemFailures says that the whole batch succeeded, and an error that all of it failed: what went wrong is lost, or what was done is done again',
  fix: 'return { batchItemFailures: [{ itemIdentifier }] } with the items that failed, or leave FunctionResponseTypes out',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html',
  since: '0.1.0',

  valid: [
    { title: 'they are returned', resources: { Orders: coded(ANSWERS), Source: queue(), Mapping: mapping(REPORTS) } },
    { title: 'they are not looked for', resources: { Orders: coded(SILENT), Source: queue(), Mapping: mapping() } },
    { title: 'what is looked for is decided at deployment', resources: { Orders: coded(SILENT), Source: queue(), Mapping: mapping({ FunctionResponseTypes: [{ Ref: 'Type' }] }) } },
    { title: 'a library may return them', resources: { Orders: PACKAGED, Source: queue(), Mapping: mapping(REPORTS) }, assets: { 'code.zip': { 'index.js': 'exports.handler = require("batches").handler;', 'node_modules/batches/index.js': SILENT } } },
    { title: 'a layer that is not known may return them', resources: { Orders: coded('exports.handler = require("batches").handler;', { Layers: ['arn:aws:lambda:eu-west-1:111122223333:layer:batches:1'] }), Source: queue(), Mapping: mapping(REPORTS) } },
    { title: 'a program in front of the runtime may return them', resources: { Orders: coded(SILENT, { Environment: { Variables: { AWS_LAMBDA_EXEC_WRAPPER: '/opt/wrap' } } }), Source: queue(), Mapping: mapping(REPORTS) } },
    { title: 'code that is not an asset of this app', resources: { Orders: PACKAGED, Source: queue(), Mapping: mapping(REPORTS) } },
    { title: 'an image', resources: { Orders: { Type: 'AWS::Lambda::Function', Properties: { PackageType: 'Image', Code: { ImageUri: 'orders:1' } } }, Source: queue(), Mapping: mapping(REPORTS) } },
  ],
  invalid: [
    { title: 'inline code returns nothing', at: 'Mapping/Properties/FunctionResponseTypes', resources: { Orders: coded(SILENT), Source: queue(), Mapping: mapping(REPORTS) } },
    { title: 'a package returns nothing, for an alias', at: 'Mapping/Properties/FunctionResponseTypes', resources: { Orders: PACKAGED, Live: LIVE, Source: STREAM, Mapping: streamMapping({ ...REPORTS, FunctionName: { Ref: 'Live' } }) }, assets: { 'code.zip': { 'index.js': SILENT, 'node_modules/batches/index.js': ANSWERS } } },
    { title: 'Python returns something else', at: 'Mapping/Properties/FunctionResponseTypes', resources: { Orders: coded('def handler(event, context):\n    return {"statusCode": 200}', { Runtime: 'python3.13' }), Source: queue(), Mapping: mapping(REPORTS) } },
  ],

  * check(app) {
    for (const polled of mappingsOf(app)) {
      const { resource, target } = polled;
      if (!target || reportsFailures(polled) !== true || answersFailures(target.fn) !== 'no') continue;
      const message = `'FunctionResponseTypes' must be left out when the code of ${target.fn.label} returns no batchItemFailures, got ['ReportBatchItemFailures']`;
      yield { resource, path: 'Properties/FunctionResponseTypes', message };
    }
  },
};
