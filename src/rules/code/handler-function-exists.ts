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
    { title: 'Node.js: an ES module', resources: { Orders: fn('index.handler') }, assets: { 'code.zip': { 'index.mjs': 'export { run as handler } from "./orders.mjs";', 'orders.mjs': 'export const run = async () => 1;' } } },
    { title: 'Node.js: exports are made when the module is loaded', resources: { Orders: fn('index.handler') }, assets: { 'code.zip': { 'index.js': 'for (const name of names) exports[name] = async () => 1;' } } },
    { title: 'Node.js: whether ES modules are found by their syntax is decided at deployment', resources: { Orders: fn('index.handler', { Environment: { Variables: { NODE_OPTIONS: { Ref: 'Options' } } } }) }, assets: { 'code.zip': { 'index.js': 'export const handler = async () => 1;' } } },
    { title: 'a Java class has the method', resources: { Orders: fn('com.example.Plain::handle', { Runtime: 'java21' }) }, assets: { 'code.zip': { 'com/example/Plain.class': { content: javaClass() } } } },
    { title: 'a .NET class and its method are named in the assembly', resources: { Orders: fn('Shop::Shop.Orders::Handle', { Runtime: 'dotnet10' }) }, assets: { 'code.zip': { 'Shop.dll': { content: assembly(['Shop', 'Orders', 'Handle']) }, 'Shop.deps.json': '', 'Shop.runtimeconfig.json': '' } } },
    { title: 'Python: taken from another module', resources: { Orders: fn('index.handler', { Runtime: 'python3.13' }) }, assets: { 'code.zip': { 'index.py': 'from orders import run as handler', 'orders.py': 'def run(event, context): pass' } } },
    { title: 'Python: made when the module is loaded', resources: { Orders: fn('index.handler', { Runtime: 'python3.13' }) }, assets: { 'code.zip': { 'index.py': 'globals()["handler"] = print' } } },
    { title: 'Ruby: maybe in another file', resources: { Orders: fn('app.handler', { Runtime: 'ruby3.4' }) }, assets: { 'code.zip': { 'app.rb': "require_relative 'orders'" } } },
  ],
  invalid: [
    { title: 'Node.js: another name', at: 'Orders/Properties/Handler', resources: { Orders: fn('index.handler') }, assets: { 'code.zip': { 'index.js': 'exports.hander = async () => 1;' } } },
    { title: 'Node.js: an object', at: 'Orders/Properties/Handler', resources: { Orders: fn('index.handler') }, assets: { 'code.zip': { 'index.mjs': 'export const handler = { orders: async () => 1 };' } } },
    { title: 'Node.js: not exported', at: 'Orders/Properties/Handler', resources: { Orders: fn('index.handler') }, assets: { 'code.zip': { 'index.mjs': 'const handler = async () => 1;' } } },
    { title: 'Node.js: an ES module in a file that is CommonJS', at: 'Orders/Properties/Handler', resources: { Orders: fn('index.handler') }, assets: { 'code.zip': { 'index.js': 'export const handler = async () => 1;' } } },
    { title: 'Node.js: inline code', at: 'Orders/Properties/Handler', resources: { Orders: fn('index.main', { Code: { ZipFile: 'exports.handler = async () => 1;' } }) } },
    { title: 'a Java class has another method', at: 'Orders/Properties/Handler', resources: { Orders: fn('com.example.Plain::handleRequest', { Runtime: 'java21' }) }, assets: { 'code.zip': { 'com/example/Plain.class': { content: javaClass() } } } },
    { title: 'a Java class implements no handler interface', at: 'Orders/Properties/Handler', resources: { Orders: fn('com.example.Plain', { Runtime: 'java21' }) }, assets: { 'code.zip': { 'com/example/Plain.class': { content: javaClass() } } } },
    { title: 'a .NET method has another name', at: 'Orders/Properties/Handler', resources: { Orders: fn('Shop::Shop.Orders::HandleAsync', { Runtime: 'dotnet10' }) }, assets: { 'code.zip': { 'Shop.dll': { content: assembly(['Shop', 'Orders', 'Handle']) }, 'Shop.deps.json': '', 'Shop.runtimeconfig.json': '' } } },
    { title: 'Python: another name', at: 'Orders/Properties/Handler', resources: { Orders: fn('index.handler', { Runtime: 'python3.13' }) }, assets: { 'code.zip': { 'index.py': 'def lambda_handler(event, context): pass' } } },
    { title: 'Python: in a class', at: 'Orders/Properties/Handler', resources: { Orders: fn('index.handler', { Runtime: 'python3.13' }) }, assets: { 'code.zip': { 'index.py': 'class Orders:\n  def handler(self, event, context): pass' } } },
    { title: 'Python: a value', at: 'Orders/Properties/Handler', resources: { Orders: fn('index.handler', { Runtime: 'python3.13' }) }, assets: { 'code.zip': { 'index.py': 'handler = "orders"' } } },
    { title: 'Python: inline code', at: 'Orders/Properties/Handler', resources: { Orders: fn('index.main', { Runtime: 'python3.13', Code: { ZipFile: 'def handler(event, context): pass' } }) } },
    { title: 'Ruby: another name', at: 'Orders/Properties/Handler', resources: { Orders: fn('app.handler', { Runtime: 'ruby3.4' }) }, assets: { 'code.zip': { 'app.rb': 'def lambda_handler(event:, context:); end' } } },
  ],

  check: (app) => cannotStart(app, 'function', 'syntax'),
};
