import { isNameOfAlias, Trigger } from './trigger';
import type { AppModel } from '../app';
import { applies, decide, Request } from '../iam/decide';
import { InvokeStatement, invokeStatements, permissionStatements } from '../iam/resource-policy';
import type { Statement } from '../iam/statement';
import { any, Verdict } from '../iam/verdict';
import { oncePerApp } from '../once-per-app';
import type { Resource } from '../resource';
import { valueOf } from '../value';
import { LATEST, Target } from '../wiring';

/** Whether the resource policy of the function, alias or version that is called allows any of these requests. */
export function mayAsk(target: Target, requests: Iterable<Request>): Verdict {
  const { surely, maybe } = statementsOn(target);
  const verdict = decideAny(surely, requests);
  if (verdict !== 'no') return verdict;
  if (decideAny([...surely, ...maybe.filter(({ effect }) => effect !== 'Deny')], requests) !== 'no') return 'unknown';
  const others = strayStatements(target.fn.stack.app).filter(({ resource }) => mayBeAbout(resource, target.fn));
  return decideAny(others, requests) !== 'no' || target.fn.stack.app.stacks.some(({ isTransformed }) => isTransformed) ? 'unknown' : 'no';
}

/** Why a call is not allowed, with the statement that comes closest. */
export interface Refusal {
  readonly reason: 'denied' | 'other qualifier' | 'other account' | 'other source' | 'other principal' | 'no permission';
  readonly statement?: InvokeStatement;
}

/** What is wrong with the statements about a function, none of which allows a trigger to call it. */
export function refusalOf({ fn, qualifier, ...trigger }: Trigger): Refusal {
  const requests = [...trigger.requests];
  const own = statementsOn({ fn, qualifier }).surely;
  const elsewhere = statementsAbout(fn).filter((statement) => !own.includes(statement));
  const [denied, allowing] = [own.filter(({ effect }) => effect === 'Deny'), own.filter(({ effect }) => effect === 'Allow')];
  const found = (statements: readonly InvokeStatement[], ...left: string[]) => closest(statements, requests.map((request) => without(left, request)));
  const steps: readonly [Refusal['reason'], () => InvokeStatement | undefined][] = [
    ['denied', () => denied.length > 0 && found(allowing) ? found(denied) : undefined],
    ['other qualifier', () => found(elsewhere.filter(({ effect }) => effect === 'Allow'))],
    ['other account', () => found(allowing, 'aws:sourceaccount')],
    ['other source', () => found(allowing, 'aws:sourcearn', 'aws:sourceaccount')],
    ['other principal', () => found(allowing.filter(({ conditions }) => conditions.some(({ key }) => key === 'aws:sourcearn')), 'principal')],
  ];
  for (const [reason, find] of steps) {
    const statement = find();
    if (statement) return { reason, statement };
  }
  return { reason: 'no permission' };
}

/** A request of which some things are not known. */
function without(left: readonly string[], { context, principal, ...request }: Request): Request {
  const known = Object.fromEntries(Object.entries(context).filter(([key]) => !left.includes(key)));
  return { ...request, ...!left.includes('principal') && { principal }, context: known };
}

/** The first statement that could be about one of these requests, whatever it is for. */
function closest(statements: readonly InvokeStatement[], requests: readonly Request[]): InvokeStatement | undefined {
  return statements.find((statement) => {
    const open = { ...statement, target: EVERYTHING };
    return requests.some((request) => applies(open, request) !== 'no');
  });
}

const EVERYTHING = { negated: false, patterns: [['*']] };

function decideAny(statements: readonly Statement[], requests: Iterable<Request>): Verdict {
  // Without denials, the first statement that surely allows decides.
  const decideOne = statements.every(({ effect }) => effect === 'Allow') ? allowAny : decide;
  let best: Verdict = 'no';
  for (const request of statements.length === 0 ? [] : requests) {
    best = any([best, decideOne(statements, request)]);
    if (best === 'yes') break;
  }
  return best;
}

function allowAny(statements: readonly Statement[], request: Request): Verdict {
  let best: Verdict = 'no';
  for (const statement of statements) {
    best = any([best, applies(statement, request)]);
    if (best === 'yes') break;
  }
  return best;
}

function statementsAbout(fn: Resource): readonly InvokeStatement[] {
  return invokeStatements(fn.stack.app).get(fn) ?? [];
}

/** The statements about a function, alias or version, and those that may be about it. */
export function statementsOn({ fn, qualifier }: Target): { readonly surely: InvokeStatement[]; readonly maybe: InvokeStatement[] } {
  const all = statementsAbout(fn);
  const verdicts = all.map((statement) => sameQualifier(statement.qualifier, qualifier));
  return { surely: all.filter((_, index) => verdicts[index] === 'yes'), maybe: all.filter((_, index) => verdicts[index] === 'unknown') };
}

/** Names of what is not known have a blank in them: `an alias`, `a version`, `a qualifier`. */
export function sameQualifier(one: string, other: string): Verdict {
  const isKnown = [one, other].map((qualifier) => qualifier === LATEST || isNameOfAlias(qualifier));
  if (isKnown[0] && isKnown[1]) return one === other ? 'yes' : 'no';
  if (one === 'a qualifier' || other === 'a qualifier') return 'unknown';
  return one === LATEST || other === LATEST ? 'no' : 'unknown';
}

/** Statements of permissions and policy documents whose function is not known. */
const strayStatements = oncePerApp((app: AppModel): readonly Statement[] => {
  const known = new Set([...invokeStatements(app).values()].flat().map(({ resource }) => resource));
  return permissionStatements(app).filter(({ resource }) => !known.has(resource));
});

/** Whether a permission may be about a function: not if both are named, and not alike. */
function mayBeAbout(permission: Resource, fn: Resource): boolean {
  const property = permission.type === 'AWS::Lambda::ResourcePolicy' ? 'ResourceArn' : 'FunctionName';
  const [named, name] = [valueOf(permission.text(property)), valueOf(fn.text('FunctionName'))];
  return named === undefined || name === undefined || named.includes(name);
}
