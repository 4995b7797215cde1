import { ORDERS, withEnvironment } from './examples';
import { MAX_ENVIRONMENT_BYTES } from '../../limits/environment';
import { textOf } from '../../model/iam/text';
import type { Resource } from '../../model/resource';
import { intrinsic, isObject, isTransformed, Json } from '../../model/template';
import { Rule } from '../rule';

const LONG = 'x'.repeat(4080);

/** What the deployment puts in counts nothing, so that what is found is too much for sure. */
export const environmentFits: Rule = {
  id: 'environment-fits',
  title: 'The environment variables of a function have 4,096 bytes together',
  severity: 'fatal',
  why: 'Lambda refuses the function; it measures all variables as one JSON object, with names, quotes and commas',
  fix: 'keep what is long in Parameter Store, AppConfig or Secrets Manager, or in a file of the code, and read it when the function starts',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-deployment.html',
  answers: ['Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.'],
  since: '0.1.0',

  valid: [
    { title: 'no variables', resources: { Orders: ORDERS } },
    // {"TEXT":"..."}
    { title: 'just as much as there may be', resources: { Orders: withEnvironment({ TEXT: `${LONG}12345` }) } },
    { title: 'a value that a parameter holds', resources: { Orders: withEnvironment({ TEXT: 'x'.repeat(4000), TABLE: { Ref: 'Table' } }) } },
  ],
  invalid: [
    { title: 'there is one byte too many', at: 'Orders/Properties/Environment/Variables', resources: { Orders: withEnvironment({ TEXT: `${LONG}123456` }) } },
    { title: 'letters have several bytes', at: 'Orders/Properties/Environment/Variables', resources: { Orders: withEnvironment({ TEXT: 'ä'.repeat(2043) }) } },
    { title: 'quotes are escaped', at: 'Orders/Properties/Environment/Variables', resources: { Orders: withEnvironment({ TEXT: '"'.repeat(2043) }) } },
    { title: 'what stands around a name is too long', at: 'Orders/Properties/Environment/Variables', resources: { Orders: withEnvironment({ TEXT: { 'Fn::Sub': `${LONG}123456\${Table}` } }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      const variables = resource.raw('Environment.Variables');
      const bytes = variables.kind === 'known' ? bytesOf(variables.value, resource) : 0;
      if (bytes <= MAX_ENVIRONMENT_BYTES) continue;
      yield { resource, path: 'Properties/Environment/Variables', message: `environment variables must be ${MAX_ENVIRONMENT_BYTES} bytes together, or fewer, got ${bytes} or more` };
    }
  },
};

function bytesOf(variables: Json, { stack }: Resource): number {
  if (!isObject(variables) || intrinsic(variables) || isTransformed(variables)) return 0;
  const texts = Object.entries(variables).flatMap(([name, json]): [string, string][] => (
    isSure(json) ? [[name, textOf(json, stack).filter((piece) => typeof piece === 'string').join('')]] : []
  ));
  return Buffer.byteLength(JSON.stringify(Object.fromEntries(texts)));
}

/** Whether there is such a variable, whatever its value. */
function isSure(json: Json | undefined): boolean {
  const call = intrinsic(json);
  return !(call && (['Fn::If', 'Fn::Transform'].includes(call.name) || call.argument === 'AWS::NoValue'));
}
