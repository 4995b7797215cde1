import { cannotStart } from './cannot-start';
import { assembly, javaClass } from './example-binaries';
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
    { title: 'a Java class has the method', resources: { Orders: fn('com.example.Plain::handle', { Runtime: 'java21' }) }, assets: { 'code.zip': { 'com/example/Plain.class': { content: javaClass() } } } },
    { title: 'a .NET class and its method are named in the assembly', resources: { Orders: fn('Shop::Shop.Orders::Handle', { Runtime: 'dotnet10' }) }, assets: { 'code.zip': { 'Shop.dll': { content: assembly(['Shop', 'Orders', 'Handle']) }, 'Shop.deps.json': '', 'Shop.runtimeconfig.json': '' } } },
  ],
  invalid: [
    { title: 'a Java class has another method', at: 'Orders/Properties/Handler', resources: { Orders: fn('com.example.Plain::handleRequest', { Runtime: 'java21' }) }, assets: { 'code.zip': { 'com/example/Plain.class': { content: javaClass() } } } },
    { title: 'a Java class implements no handler interface', at: 'Orders/Properties/Handler', resources: { Orders: fn('com.example.Plain', { Runtime: 'java21' }) }, assets: { 'code.zip': { 'com/example/Plain.class': { content: javaClass() } } } },
    { title: 'a .NET method has another name', at: 'Orders/Properties/Handler', resources: { Orders: fn('Shop::Shop.Orders::HandleAsync', { Runtime: 'dotnet10' }) }, assets: { 'code.zip': { 'Shop.dll': { content: assembly(['Shop', 'Orders', 'Handle']) }, 'Shop.deps.json': '', 'Shop.runtimeconfig.json': '' } } },
  ],

  check: (app) => cannotStart(app, 'function'),
};
