import { cannotStart } from './cannot-start';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const fn = (handler: string, properties: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs22.x', Handler: handler, Code: { S3Bucket: 'assets', S3Key: 'code.zip' }, ...properties },
});

export const handlerFunctionExists: Rule = {
  id: 'handler-function-exists',
  title: 'The file of the handler has the function that the handler names',
  severity: 'error',
  why: 'every invocation fails since there is nothing to call',
  fix: 'export a function of that name, or name the one that is there',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-deployment.html',
  since: '0.1.0',

  valid: [
    { title: 'the code is not an asset of this app', resources: { Orders: fn('index.handler') } },
    { title: 'the handler is decided at deployment', resources: { Orders: fn('index.handler', { Handler: { Ref: 'Handler' } }) }, assets: { 'code.zip': { 'app.js': '' } } },
  ],
  invalid: [
  ],

  check: (app) => cannotStart(app, 'function'),
};
