import { cannotStart } from './cannot-start';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const fn = (handler: string, properties: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs22.x', Handler: handler, Code: { S3Bucket: 'assets', S3Key: 'code.zip' }, ...properties },
});

export const bootstrapCanStart: Rule = {
  id: 'bootstrap-can-start',
  title: 'The bootstrap of a custom runtime can be executed',
  severity: 'error',
  why: 'the runtime does not start, and every invocation fails',
  fix: 'put an executable file called bootstrap, built for Linux and the architecture of the function, at the root of the package or of a layer',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html',
  since: '0.1.0',

  valid: [
    { title: 'the code is not an asset of this app', resources: { Orders: fn('index.handler') } },
    { title: 'the handler is decided at deployment', resources: { Orders: fn('index.handler', { Handler: { Ref: 'Handler' } }) }, assets: { 'code.zip': { 'app.js': '' } } },
  ],
  invalid: [
  ],

  check: (app) => cannotStart(app, 'bootstrap'),
};
