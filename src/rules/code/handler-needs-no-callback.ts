import { cannotStart } from './cannot-start';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const fn = (properties: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs24.x', Handler: 'index.handler', Code: { S3Bucket: 'assets', S3Key: 'code.zip' }, ...properties },
});

const CALLBACK = 'exports.handler = (event, context, callback) => callback(null, event);';

/** AWS's client counts parameters, whether the function is async or not: https://github.com/aws/aws-lambda-nodejs-runtime-interface-client */
export const handlerNeedsNoCallback: Rule = {
  id: 'handler-needs-no-callback',
  title: 'The handler does without a callback from Node.js 24 on',
  severity: 'error',
  why: 'the runtime refuses a function of three parameters before it has called it, and every invocation fails',
  fix: 'make it async, return the result, and leave the third parameter out',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html',
  since: '0.1.0',

  valid: [
    { title: 'an async function', resources: { Orders: fn() }, assets: { 'code.zip': { 'index.js': 'exports.handler = async (event, context) => event;' } } },
    { title: 'Node.js 22', resources: { Orders: fn({ Runtime: 'nodejs22.x' }) }, assets: { 'code.zip': { 'index.js': CALLBACK } } },
    { title: 'the runtime is decided at deployment', resources: { Orders: fn({ Runtime: { Ref: 'Runtime' } }) }, assets: { 'code.zip': { 'index.js': CALLBACK } } },
    { title: 'a function that another one makes', resources: { Orders: fn() }, assets: { 'code.zip': { 'index.js': 'exports.handler = require("wrap")((event, context, callback) => callback());' } } },
    { title: 'a streaming function, whose second parameter is the stream', resources: { Orders: fn() }, assets: { 'code.zip': { 'index.mjs': 'export const handler = awslambda.streamifyResponse(async (event, stream, context) => stream.end());' } } },
    { title: 'a parameter that may be left out', resources: { Orders: fn() }, assets: { 'code.zip': { 'index.mjs': 'export const handler = async (event, context, now = Date.now()) => now;' } } },
  ],
  invalid: [
    { title: 'a callback', at: 'Orders/Properties/Handler', resources: { Orders: fn() }, assets: { 'code.zip': { 'index.js': CALLBACK } } },
    { title: 'a callback in an async function', at: 'Orders/Properties/Handler', resources: { Orders: fn() }, assets: { 'code.zip': { 'index.mjs': 'export async function handler(event, context, callback) {}' } } },
    { title: 'a callback in inline code', at: 'Orders/Properties/Handler', resources: { Orders: fn({ Code: { ZipFile: CALLBACK } }) } },
  ],

  check: (app) => cannotStart(app, 'callback'),
};
