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
    { title: 'Node.js: a path, a dot and an export', resources: { Orders: fn('src/orders/index.handler') }, assets: { 'code.zip': { 'src/orders/index.js': 'exports.handler = async () => 1;' } } },
    { title: 'Java has a class, .NET an assembly, which may be ones of a layer', resources: { Orders: fn('com.example.Orders', { Runtime: 'java21', Layers: [{ Ref: 'ClassesArn' }] }) }, assets: { 'code.zip': { 'a.txt': '' } } },
    { title: '.NET has an assembly, a class and a method', resources: { Orders: fn('Orders::Shop.Orders::Handle', { Runtime: 'dotnet10', Code: { S3Bucket: 'assets', S3Key: { Ref: 'Key' } } }) } },
    { title: 'Python: folders with dots or slashes', resources: { Orders: fn('src/orders.index.handler', { Runtime: 'python3.13' }) }, assets: { 'code.zip': { 'src/orders/index.py': 'def handler(event, context): pass' } } },
    { title: 'Ruby: a method of a class', resources: { Orders: fn('app.Orders::Api.handler', { Runtime: 'ruby3.4' }) }, assets: { 'code.zip': { 'app.rb': 'module Orders; class Api; def self.handler(event:, context:); end; end; end' } } },
  ],
  invalid: [
    { title: 'Node.js: no export', at: 'Orders/Properties/Handler', resources: { Orders: fn('index') }, assets: { 'code.zip': { 'index.js': 'exports.handler = async () => 1;' } } },
    { title: 'Node.js: a folder above the code', at: 'Orders/Properties/Handler', resources: { Orders: fn('../index.handler') }, assets: { 'code.zip': { 'index.js': 'exports.handler = async () => 1;' } } },
    { title: 'Java has one colon between class and method', at: 'Orders/Properties/Handler', resources: { Orders: fn('com.example.Orders:handle', { Runtime: 'java21' }) }, assets: { 'code.zip': { 'com/example/Orders.class': '' } } },
    { title: '.NET has no assembly', at: 'Orders/Properties/Handler', resources: { Orders: fn('Shop.Orders::Handle', { Runtime: 'dotnet10' }) }, assets: { 'code.zip': { 'Orders.dll': '' } } },
    { title: 'Python: no function', at: 'Orders/Properties/Handler', resources: { Orders: fn('index', { Runtime: 'python3.13' }) }, assets: { 'code.zip': { 'index.py': 'def handler(event, context): pass' } } },
    { title: 'Python: a path from here', at: 'Orders/Properties/Handler', resources: { Orders: fn('./index.handler', { Runtime: 'python3.13' }) }, assets: { 'code.zip': { 'index.py': 'def handler(event, context): pass' } } },
    { title: 'Python: a module that is built into Python', at: 'Orders/Properties/Handler', resources: { Orders: fn('time.handler', { Runtime: 'python3.13' }) }, assets: { 'code.zip': { 'time.py': 'def handler(event, context): pass' } } },
    { title: 'Ruby: folders with dots', at: 'Orders/Properties/Handler', resources: { Orders: fn('src.orders.app.handler', { Runtime: 'ruby3.4' }) }, assets: { 'code.zip': { 'src/orders/app.rb': 'def handler(event:, context:); end' } } },
  ],

  check: (app) => cannotStart(app, 'form'),
};
