import { alias, numberOf, ORDERS, version, weighted } from './examples';
import { functionOf, routings, VersionName } from '../../model/releases';
import { Finding, Rule } from '../rule';

/** `error`, not `fatal`: it is refused only if the alias's function has no version of that number. */
export const aliasVersionIsOfItsFunction: Rule = {
  id: 'alias-version-is-of-its-function',
  title: 'An alias points to versions of its own function',
  severity: 'error',
  why: 'versions are named by their number: the alias points to whatever the number means for its own function, or Lambda refuses it, if there is none',
  fix: 'give the alias a version of the function that it is an alias of (`fn.currentVersion`)',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html',
  answers: ['Function not found: arn:<partition>:lambda:<region>:111111111111:function:<function-name:1>:10'],
  since: '0.1.0',

  valid: [
    { title: 'a version of the function', resources: { Orders: ORDERS, V1: version(), Live: alias(numberOf('V1')) } },
    { title: 'a version of a function that a parameter names', resources: { Orders: ORDERS, V1: version({ FunctionName: { Ref: 'Name' } }), Live: alias(numberOf('V1')) } },
    { title: 'a number', resources: { Orders: ORDERS, Live: weighted('1', ['2', 0.5]) } },
  ],
  invalid: [
    { title: 'the version is of another function', at: 'Live/Properties/FunctionVersion', resources: { Orders: ORDERS, Other: ORDERS, V1: version({ FunctionName: { Ref: 'Other' } }), Live: alias(numberOf('V1')) } },
    { title: 'the second version is of another function', at: 'Live/Properties/RoutingConfig/AdditionalVersionWeights/0/FunctionVersion', resources: { Orders: ORDERS, Other: ORDERS, V1: version({ FunctionName: { Ref: 'Other' } }), Live: weighted('1', [numberOf('V1'), 0.1]) } },
  ],

  check: (app) => routings(app).flatMap(({ alias: resource, fn, version: first, weights }): Finding[] => {
    if (!fn) return [];
    const named = [{ path: 'Properties/FunctionVersion', name: first }, ...weights.map((weight) => ({ path: `${weight.path}/FunctionVersion`, name: weight.version }))];
    return named.flatMap(({ path, name }) => {
      const other = ownerOf(name);
      return other && other !== fn ? [{ resource, path, message: `the version must be one of ${fn.label}, got one of ${other.label}` }] : [];
    });
  }),
};

function ownerOf(name: VersionName) {
  return name.kind === 'published' ? functionOf(name.version) : undefined;
}
