import { cannotStart } from './cannot-start';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const fn = (handler: string, properties: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs22.x', Handler: handler, Code: { S3Bucket: 'assets', S3Key: 'code.zip' }, ...properties },
});

export const handlerIsWellFormed: Rule = {
  id: 'handler-is-well-formed',
  title: 'The handler has the form that its runtime asks for',
  severity: 'error',
  why: 'the runtime cannot tell what to call, and every invocation fails',
  fix: 'write the handler in the form of the runtime',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/foundation-progmodel.html',
  since: '0.1.0',

  valid: [
    { title: 'the code is not an asset of this app', resources: { Orders: fn('index.handler') } },
    { title: 'the handler is decided at deployment', resources: { Orders: fn('index.handler', { Handler: { Ref: 'Handler' } }) }, assets: { 'code.zip': { 'app.js': '' } } },
  ],
  invalid: [
  ],

  check: (app) => cannotStart(app, 'form'),
};
