import { missingImports } from '../../contents/python/missing-imports';
import { functionPackages, unpack } from '../../model/function-package';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const fn = (properties: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'python3.13', Handler: 'index.handler', Code: { S3Bucket: 'assets', S3Key: 'code.zip' }, ...properties },
});
const layer: JsonObject = { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'assets', S3Key: 'layer.zip' } } };

const HANDLER = 'def handler(event, context):\n  return event\n';
const REQUESTS = { 'index.py': `import requests\n${HANDLER}` };

/**
 * `warning` since what the runtimes bring along is known from outside, and changes: nothing that AWS publishes lists it.
 */
export const pythonImportsArePackaged: Rule = {
  id: 'python-imports-are-packaged',
  title: 'What a Python function imports is in its code, its layers or the runtime',
  severity: 'warning',
  why: 'every invocation fails with "No module named ..." before the handler is called',
  fix: 'install the requirements into the package (pip install -t) or into the folder python of a layer',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/python-package.html',
  since: '0.1.0',

  valid: [
    { title: 'from Python itself and from the runtime', resources: { Orders: fn() }, assets: { 'code.zip': { 'index.py': `import json, boto3\n${HANDLER}` } } },
    { title: 'in the code', resources: { Orders: fn() }, assets: { 'code.zip': { ...REQUESTS, 'requests/__init__.py': '' } } },
    { title: 'in a layer', resources: { Orders: fn({ Layers: [{ Ref: 'Common' }] }), Common: layer }, assets: { 'code.zip': REQUESTS, 'layer.zip': { 'python/requests/__init__.py': '' } } },
    { title: 'maybe in a layer that is not in this app', resources: { Orders: fn({ Layers: [{ 'Fn::ImportValue': 'Common' }] }) }, assets: { 'code.zip': REQUESTS } },
    { title: 'the module does without it', resources: { Orders: fn() }, assets: { 'code.zip': { 'index.py': `try:\n  import requests\nexcept ImportError:\n  requests = None\n${HANDLER}` } } },
    { title: 'the module looks for it elsewhere', resources: { Orders: fn() }, assets: { 'code.zip': { 'index.py': `import sys\nsys.path.insert(0, "vendored")\nimport requests\n${HANDLER}` } } },
    { title: 'CloudFormation adds cfnresponse to inline code', resources: { Orders: fn({ Code: { ZipFile: `import cfnresponse\n${HANDLER}` } }) } },
    { title: 'the handler is decided at deployment', resources: { Orders: fn({ Handler: { Ref: 'Handler' } }) }, assets: { 'code.zip': REQUESTS } },
  ],
  invalid: [
    { title: 'a package was not installed', at: 'Orders/Properties/Code', resources: { Orders: fn() }, assets: { 'code.zip': REQUESTS } },
    { title: 'a module of the code imports it', at: 'Orders/Properties/Code', resources: { Orders: fn() }, assets: { 'code.zip': { 'index.py': `from orders import api\n${HANDLER}`, 'orders/api.py': 'import requests' } } },
    { title: 'the layer has it in the wrong folder', at: 'Orders/Properties/Code', resources: { Orders: fn({ Layers: [{ Ref: 'Common' }] }), Common: layer }, assets: { 'code.zip': REQUESTS, 'layer.zip': { 'requests/__init__.py': '' } } },
    { title: 'Python does not have it any more', at: 'Orders/Properties/Code', resources: { Orders: fn() }, assets: { 'code.zip': { 'index.py': `import cgi\n${HANDLER}` } } },
    { title: 'a relative import in a module that is in no package', at: 'Orders/Properties/Code', resources: { Orders: fn() }, assets: { 'code.zip': { 'index.py': `from .db import table\n${HANDLER}`, 'db.py': 'table = 1' } } },
    { title: 'inline code has no packages', at: 'Orders/Properties/Code', resources: { Orders: fn({ Code: { ZipFile: `import requests\n${HANDLER}` } }) } },
  ],

  * check(app) {
    for (const { fn: resource, parts } of functionPackages(app)) {
      const unpacked = unpack(resource, parts);
      const isInline = resource.raw('Code.ZipFile').kind !== 'absent';
      // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-lambda-function-code-cfnresponsemodule.html
      const missing = unpacked ? missingImports(unpacked).filter(({ module }) => !isInline || module !== 'cfnresponse') : [];
      if (missing.length === 0) continue;
      const list = missing.map(({ module, file, isRelative }) => `'${module}' in ${file}${isRelative ? ', which is in no package' : ''}`);
      yield { resource, path: 'Properties/Code', message: `modules that are imported must be in the code, in a layer or in the runtime, got ${list.join(', ')}` };
    }
  },
};
