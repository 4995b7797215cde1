import { INLINE_HANDLER } from '../../limits/packaging';
import { FunctionPackage, functionPackages } from '../../model/function-package';
import type { Resource } from '../../model/resource';
import { intrinsic, isNoValue, JsonObject } from '../../model/template';
import { Rule } from '../rule';

const fn = (properties: JsonObject): JsonObject => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'python3.13', Handler: 'index.handler', Code: { ZipFile: 'def handler(event, context): pass' }, ...properties },
});

export const inlineHandlerIsIndex: Rule = {
  id: 'inline-handler-is-index',
  title: 'The handler of inline code is in index',
  severity: 'error',
  why: 'CloudFormation keeps inline code in a file called index, and every invocation fails since there is no other',
  fix: "let the handler begin with 'index.'",
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html',
  since: '0.1.0',

  valid: [
    { title: 'in index', resources: { Orders: fn({}) } },
    { title: 'the handler is decided at deployment', resources: { Orders: fn({ Handler: { Ref: 'Handler' } }) } },
    { title: 'a layer may have the handler', resources: { Orders: fn({ Handler: 'datadog_lambda.handler.handler', Layers: [{ 'Fn::ImportValue': 'Datadog' }] }) } },
    { title: 'the code may be elsewhere', resources: { Orders: fn({ Handler: 'app.handler', Code: { 'Fn::If': ['IsInline', { ZipFile: 'def handler(event, context): pass' }, { S3Bucket: 'code', S3Key: 'code.zip' }] } }) } },
  ],
  invalid: [
    { title: 'in another file', at: 'Orders/Properties/Handler', resources: { Orders: fn({ Handler: 'app.handler' }) } },
    { title: 'in a folder', at: 'Orders/Properties/Handler', resources: { Orders: fn({ Handler: 'src/index.handler' }) } },
    { title: 'in another file, whatever the code is', at: 'Orders/Properties/Handler', resources: { Orders: fn({ Handler: 'app.handler', Code: { ZipFile: { 'Fn::Sub': '${Code}' } } }) } },
    { title: 'in another file, whatever the runtime is', at: 'Orders/Properties/Handler', resources: { Orders: fn({ Handler: 'app.handler', Runtime: { Ref: 'Runtime' } }) } },
    { title: 'in no layer either', at: 'Orders/Properties/Handler', resources: { Orders: fn({ Handler: 'app.handler', Layers: [{ Ref: 'Common' }] }), Common: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'assets', S3Key: 'layer.zip' } } } }, assets: { 'layer.zip': { 'python/tools.py': '' } } },
  ],

  * check(app) {
    for (const each of functionPackages(app)) {
      const handler = each.fn.text('Handler');
      if (handler.kind !== 'known' || !isInline(each.fn) || !isNowhere(each, handler.value)) continue;
      yield { resource: each.fn, path: 'Properties/Handler', message: `'Handler' must be the name of a function after 'index.', got '${handler.value}'` };
    }
  },
};

/** Whether the code is in the template, also when its text is decided at deployment. */
function isInline(resource: Resource): boolean {
  const code = resource.raw('Code.ZipFile');
  if (code.kind !== 'known' || isNoValue(code.value)) return false;
  const call = intrinsic(code.value);
  return call === undefined || ['Ref', 'Fn::Sub', 'Fn::Join'].includes(call.name);
}

/** Whether no file has the handler: layers and file systems may bring one. */
function isNowhere({ fn: resource, parts, verdict }: FunctionPackage, handler: string): boolean {
  if (verdict.kind === 'fails') return verdict.fault === 'file';
  const isAlone = parts.every(({ kind }) => kind === 'code') && resource.raw('FileSystemConfigs').kind === 'absent';
  return isAlone && maySpeak(resource) && !INLINE_HANDLER.test(handler);
}

/** Whether the runtime takes inline code: AWS refuses it for others, and the CDK says so. */
function maySpeak(resource: Resource): boolean {
  const runtime = resource.text('Runtime');
  return runtime.kind === 'unknown' || runtime.kind === 'known' && /^(nodejs|python)/.test(runtime.value);
}
