import { esStatement } from '../../contents/es-module';
import type { Resource } from '../../model/resource';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const fn = (text: string, properties: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { ZipFile: text }, ...properties },
});
const environment = (variables: JsonObject): JsonObject => ({ Environment: { Variables: variables } });

const MODULE = 'export const handler = async () => 1;';

/** `warning`: whether Node.js looks into the file to tell what it is changed between its releases, also within 20 and 22. */
export const inlineCodeIsCommonjs: Rule = {
  id: 'inline-code-is-commonjs',
  title: 'Inline code of Node.js is CommonJS',
  severity: 'warning',
  why: 'CloudFormation keeps inline code in index.js, which Node.js takes for CommonJS, so that every invocation fails with a SyntaxError',
  fix: "write exports.handler and require(), deploy a folder with an index.mjs, or set NODE_OPTIONS to '--experimental-detect-module'",
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html',
  since: '0.1.0',

  valid: [
    { title: 'CommonJS', resources: { Orders: fn('const { S3 } = require("@aws-sdk/client-s3"); exports.handler = async () => import("node:fs");') } },
    { title: 'Node.js is told to find out', resources: { Orders: fn(MODULE, environment({ NODE_OPTIONS: '--experimental-detect-module' })) } },
    { title: 'options that are decided at deployment', resources: { Orders: fn(MODULE, environment({ NODE_OPTIONS: { Ref: 'Options' } })) } },
    { title: 'a wrapper script may set the options', resources: { Orders: fn(MODULE, environment({ AWS_LAMBDA_EXEC_WRAPPER: '/opt/wrapper' })) } },
    { title: 'Python', resources: { Orders: fn('import json', { Runtime: 'python3.13' }) } },
    { title: 'the word in a text', resources: { Orders: fn('exports.text = `\nimport x from "y"\n`') } },
  ],
  invalid: [
    { title: 'an export', at: 'Orders/Properties/Code/ZipFile', resources: { Orders: fn(MODULE) } },
    { title: 'an import', at: 'Orders/Properties/Code/ZipFile', resources: { Orders: fn('import { S3 } from "@aws-sdk/client-s3";\nexports.handler = async () => 1;', { Runtime: 'nodejs24.x' }) } },
    { title: 'other options', at: 'Orders/Properties/Code/ZipFile', resources: { Orders: fn(MODULE, environment({ NODE_OPTIONS: '--enable-source-maps' })) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      const code = resource.text('Code.ZipFile');
      if (code.kind !== 'known' || !readsCommonJs(resource)) continue;
      const statement = esStatement(code.value);
      if (statement) yield { resource, path: 'Properties/Code/ZipFile', message: `inline code must be CommonJS, got '${statement.word}' in line ${statement.line}` };
    }
  },
};

/** Whether a file called index.js is CommonJS: https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html#nodejs-experimental-features */
function readsCommonJs(resource: Resource): boolean {
  const runtime = resource.text('Runtime');
  const options = resource.text('Environment.Variables.NODE_OPTIONS');
  const known = options.kind === 'absent' || options.kind === 'known' && !/module|type|loader|import|require/.test(options.value);
  return runtime.kind === 'known' && runtime.value.startsWith('nodejs') && known && resource.raw('Environment.Variables.AWS_LAMBDA_EXEC_WRAPPER').kind === 'absent';
}
