import { cannotStart } from './cannot-start';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const fn = (handler: string, properties: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs22.x', Handler: handler, Code: { S3Bucket: 'assets', S3Key: 'code.zip' }, ...properties },
});

export const handlerFileExists: Rule = {
  id: 'handler-file-exists',
  title: 'The file of the handler is in the code or in a layer',
  severity: 'error',
  why: 'every invocation fails since the runtime does not find the module',
  fix: 'name the file by its path in the package, or put it there',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-deployment.html',
  since: '0.1.0',

  valid: [
    { title: 'the code is not an asset of this app', resources: { Orders: fn('index.handler') } },
    { title: 'the handler is decided at deployment', resources: { Orders: fn('index.handler', { Handler: { Ref: 'Handler' } }) }, assets: { 'code.zip': { 'app.js': '' } } },
  ],
  invalid: [
  ],

  check: (app) => cannotStart(app, 'file'),
};
