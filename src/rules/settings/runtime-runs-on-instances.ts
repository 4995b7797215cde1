import { fn, onInstances } from './examples';
import { FIRST_ON_INSTANCES } from '../../limits/managed-instances';
import { isThere } from '../../model/presence';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

export const runtimeRunsOnInstances: Rule = {
  id: 'runtime-runs-on-instances',
  title: 'A function with a capacity provider has a runtime that runs there',
  severity: 'fatal',
  why: 'Lambda refuses the function: on Lambda Managed Instances an environment serves several invocations at a time, which older runtimes cannot',
  fix: 'take Node.js 22, Python 3.13, Java 21, .NET 8, or later',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-runtimes.html',
  answers: ['Runtime Enum python3.12 does not support specified feature: Lambda Managed Instances'],
  since: '0.1.0',

  valid: [
    { title: 'the first that do', resources: { Node: onInstances(), Python: onInstances({ Runtime: 'python3.13' }), Java: onInstances({ Runtime: 'java21' }), Net: onInstances({ Runtime: 'dotnet8' }) } },
    { title: 'later ones', resources: { Orders: onInstances({ Runtime: 'python3.14' }), Java: onInstances({ Runtime: 'java25' }), Net: onInstances({ Runtime: 'dotnet10' }) } },
    { title: 'an older runtime without a capacity provider', resources: { Orders: fn({ Runtime: 'python3.12' }) } },
    { title: 'a runtime of the operating system only', resources: { Orders: onInstances({ Runtime: 'provided.al2023' }) } },
    { title: 'a runtime that a parameter names', resources: { Orders: onInstances({ Runtime: { Ref: 'Runtime' } }) } },
  ],
  invalid: [
    { title: 'Python is too old', at: 'Orders/Properties/Runtime', resources: { Orders: onInstances({ Runtime: 'python3.12' }) } },
    { title: 'Python is much too old', at: 'Orders/Properties/Runtime', resources: { Orders: onInstances({ Runtime: 'python3.9' }) } },
    { title: 'Node.js is too old', at: 'Orders/Properties/Runtime', resources: { Orders: onInstances({ Runtime: 'nodejs20.x' }) } },
    { title: 'Java is too old', at: 'Orders/Properties/Runtime', resources: { Orders: onInstances({ Runtime: 'java8.al2' }) } },
    { title: '.NET is too old', at: 'Orders/Properties/Runtime', resources: { Orders: onInstances({ Runtime: 'dotnet6' }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      const runtime = valueOf(resource.text('Runtime'));
      const first = runtime === undefined || isThere(resource, 'CapacityProviderConfig') !== true ? undefined : neededInsteadOf(runtime);
      if (first) yield { resource, path: 'Properties/Runtime', message: `runtime of a function with a capacity provider must be ${first} or later, got ${runtime}` };
    }
  },
};

/** The first version of the runtime that runs there, where the one given does not. */
function neededInsteadOf(runtime: string): string | undefined {
  const [, family, major, minor = '0'] = runtime.match(/^(nodejs|python|java|dotnet)(\d+)(?:\.(\d+))?/) ?? [];
  if (family === undefined) return undefined;
  const [least, leastMinor = 0] = String(FIRST_ON_INSTANCES[family]).split('.').map(Number);
  const isOlder = Number(major) < least || (Number(major) === least && Number(minor) < leastMinor);
  return isOlder ? `${family}${FIRST_ON_INSTANCES[family]}` : undefined;
}
