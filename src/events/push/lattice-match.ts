import * as vpclattice from 'aws-cdk-lib/aws-vpclattice';
import type { LatticeListenerSourceOptions } from './lattice';
import { LATTICE_MATCH, LATTICE_PRIORITY } from '../../limits/sources/lattice';
import { checkWholeNumber } from '../../support/checks';
import { Mistake, mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** What a rule asks for, as CloudFormation has it. */
export function matchOf({ path, pathPrefix, method, headers = {} }: LatticeListenerSourceOptions): vpclattice.CfnRule.HttpMatchProperty {
  const headerMatches = Object.entries(headers).map(([name, exact]) => ({ name, match: { exact } }));
  return {
    method,
    pathMatch: path === undefined && pathPrefix === undefined ? undefined : { match: { exact: path, prefix: pathPrefix }, caseSensitive: true },
    headerMatches: headerMatches.length > 0 ? headerMatches : undefined,
  };
}

/** Refuses rules that VPC Lattice would refuse. */
export function checkRule(listener: vpclattice.CfnListener, options: LatticeListenerSourceOptions): void {
  checkWholeNumber(listener, options.priority, LATTICE_PRIORITY, {
    code: 'LatticePriorityOutOfRange', property: 'priority', fix: 'number the rules of a listener with gaps, such as 10, 20, 30',
  });
  const wrong = wrongCount(options) ?? wrongPath(options) ?? wrongMethod(options) ?? wrongHeader(options);
  if (wrong) throw mistake(listener, wrong);
}

/** @see https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_PathMatchType.html */
function wrongCount({ path, pathPrefix, method, headers = {} }: LatticeListenerSourceOptions): Mistake | undefined {
  if (path !== undefined && pathPrefix !== undefined) {
    return { code: 'LatticePathTwice', property: 'path', allowed: "left out together with 'pathPrefix'", got: path, fix: 'give one of the two' };
  }
  if ([path, pathPrefix, method].some((given) => given !== undefined) || Object.keys(headers).length > 0) return undefined;
  return {
    code: 'LatticeMatchEmpty',
    property: 'path, pathPrefix, method, headers',
    allowed: 'one at least',
    got: undefined,
    fix: "give pathPrefix: '/' for all requests, or make the function the default action of the listener with PushSource.latticeTargetGroup()",
  };
}

function wrongPath(options: LatticeListenerSourceOptions): Mistake | undefined {
  const property = options.path === undefined ? 'pathPrefix' : 'path';
  const path = options[property];
  if (!isKnown(path) || LATTICE_MATCH.path.test(path)) return undefined;
  return { code: 'LatticePathMalformed', property, allowed: 'a slash and up to 127 letters, digits and signs of URLs', got: path, fix: "write it as '/orders'" };
}

function wrongMethod({ method }: LatticeListenerSourceOptions): Mistake | undefined {
  const { methods } = LATTICE_MATCH;
  if (!isKnown(method) || methods.some((one) => one === method)) return undefined;
  return { code: 'LatticeMethodUnknown', property: 'method', allowed: `one of ${methods.join(', ')}`, got: method, fix: 'leave it out for any method' };
}

function wrongHeader({ headers = {} }: LatticeListenerSourceOptions): Mistake | undefined {
  const { headers: most, headerName, headerValue } = LATTICE_MATCH;
  const entries = Object.entries(headers);
  const fits = (text: string, max: number) => !isKnown(text) || (text.length > 0 && text.length <= max);
  if (entries.length <= most && entries.every(([name, value]) => fits(name, headerName) && fits(value, headerValue))) return undefined;
  return {
    code: 'LatticeHeadersTooMany',
    property: 'headers',
    allowed: `up to ${most} headers, with names of 1 to ${headerName} and values of 1 to ${headerValue} characters`,
    got: headers,
    fix: 'let the function look at the others',
  };
}
