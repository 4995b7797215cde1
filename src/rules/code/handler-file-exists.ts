import { cannotStart } from './cannot-start';
import { assembly, javaClass } from './example-binaries';
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
    { title: 'Node.js: a package of a layer', resources: { Orders: fn('common.handler', { Layers: [{ Ref: 'Common' }] }), Common: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'assets', S3Key: 'layer.zip' } } } }, assets: { 'code.zip': { 'a.txt': '' }, 'layer.zip': { 'nodejs/node_modules/common/index.js': 'exports.handler = async () => 1;' } } },
    { title: 'Node.js: maybe a package of a layer that is not in this app', resources: { Orders: fn('common.handler', { Layers: [{ 'Fn::ImportValue': 'Common' }] }) }, assets: { 'code.zip': { 'a.txt': '' } } },
    { title: 'Node.js: where modules are is decided at deployment', resources: { Orders: fn('common.handler', { Environment: { Variables: { NODE_PATH: { Ref: 'Path' } } } }) }, assets: { 'code.zip': { 'a.txt': '' } } },
    { title: 'a Java class is in a jar of a layer', resources: { Orders: fn('com.example.Plain::handle', { Runtime: 'java21', Layers: [{ Ref: 'Classes' }] }), Classes: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'assets', S3Key: 'layer.zip' } } } }, assets: { 'code.zip': { 'a.txt': '' }, 'layer.zip': { 'java/lib/shop.jar': { files: { 'com/example/Plain.class': { content: javaClass() } } } } } },
    { title: 'a .NET assembly has what it needs beside it', resources: { Orders: fn('Shop::Shop.Orders::Handle', { Runtime: 'dotnet10' }) }, assets: { 'code.zip': { 'Shop.dll': { content: assembly(['Shop', 'Orders', 'Handle']) }, 'Shop.deps.json': '', 'Shop.runtimeconfig.json': '' } } },
    { title: 'Python: in a layer', resources: { Orders: fn('common.handler', { Runtime: 'python3.13', Layers: [{ Ref: 'Common' }] }), Common: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'assets', S3Key: 'layer.zip' } } } }, assets: { 'code.zip': { 'index.py': '' }, 'layer.zip': { 'python/common.py': 'def handler(event, context): pass' } } },
    { title: 'Python: maybe in a layer that is not in this app', resources: { Orders: fn('common.handler', { Runtime: 'python3.13', Layers: [{ 'Fn::ImportValue': 'Common' }] }) }, assets: { 'code.zip': { 'index.py': '' } } },
    { title: 'Ruby: in a folder', resources: { Orders: fn('src/app.handler', { Runtime: 'ruby3.4' }) }, assets: { 'code.zip': { 'src/app.rb': 'def handler(event:, context:); end' } } },
  ],
  invalid: [
    { title: 'Node.js: TypeScript was not compiled', at: 'Orders/Properties/Handler', resources: { Orders: fn('index.handler') }, assets: { 'code.zip': { 'index.ts': 'export const handler = async () => 1;' } } },
    { title: 'Node.js: the file is in dist/', at: 'Orders/Properties/Handler', resources: { Orders: fn('index.handler') }, assets: { 'code.zip': { 'dist/index.js': 'exports.handler = async () => 1;' } } },
    { title: 'Node.js: the file differs by case', at: 'Orders/Properties/Handler', resources: { Orders: fn('index.handler') }, assets: { 'code.zip': { 'Index.mjs': 'export const handler = async () => 1;' } } },
    { title: 'Node.js: not in the layer either', at: 'Orders/Properties/Handler', resources: { Orders: fn('common.handler', { Layers: [{ Ref: 'Common' }] }), Common: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'assets', S3Key: 'layer.zip' } } } }, assets: { 'code.zip': { 'a.txt': '' }, 'layer.zip': { 'node_modules/common/index.js': 'exports.handler = async () => 1;' } } },
    { title: 'a Java class is in a jar outside of lib', at: 'Orders/Properties/Handler', resources: { Orders: fn('com.example.Plain::handle', { Runtime: 'java21' }) }, assets: { 'code.zip': { 'shop.jar': { files: { 'com/example/Plain.class': { content: javaClass() } } } } } },
    { title: 'Java was not compiled', at: 'Orders/Properties/Handler', resources: { Orders: fn('com.example.Orders', { Runtime: 'java21' }) }, assets: { 'code.zip': { 'src/main/java/com/example/Orders.java': '' } } },
    { title: 'a .NET assembly has another name', at: 'Orders/Properties/Handler', resources: { Orders: fn('Shop::Shop.Orders::Handle', { Runtime: 'dotnet10' }) }, assets: { 'code.zip': { 'Orders.dll': '', 'Orders.deps.json': '', 'Orders.runtimeconfig.json': '' } } },
    { title: 'a .NET assembly lacks its configuration', at: 'Orders/Properties/Handler', resources: { Orders: fn('Shop::Shop.Orders::Handle', { Runtime: 'dotnet10' }) }, assets: { 'code.zip': { 'Shop.dll': '', 'Shop.deps.json': '' } } },
    { title: 'Python: one folder too deep', at: 'Orders/Properties/Handler', resources: { Orders: fn('index.handler', { Runtime: 'python3.13' }) }, assets: { 'code.zip': { 'src/index.py': 'def handler(event, context): pass' } } },
    { title: 'Python: a hyphen in the name of the file', at: 'Orders/Properties/Handler', resources: { Orders: fn('my_app.handler', { Runtime: 'python3.13' }) }, assets: { 'code.zip': { 'my-app.py': 'def handler(event, context): pass' } } },
    { title: 'Ruby: another case', at: 'Orders/Properties/Handler', resources: { Orders: fn('App.handler', { Runtime: 'ruby3.4' }) }, assets: { 'code.zip': { 'app.rb': 'def handler(event:, context:); end' } } },
  ],

  check: (app) => cannotStart(app, 'file'),
};
