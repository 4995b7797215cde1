import { equals, matches } from './match';
import type { Condition, Element, Statement } from './statement';
import { Text } from './text';
import { all, any, not, Verdict } from './verdict';

/** What is asked of a policy. */
export interface Request {
  /** E.g. `sqs:ReceiveMessage`. */
  readonly action: string;

  /** ARN that it is asked for. */
  readonly target: Text;

  /** Who asks, for policies of resources and for trust policies. */
  readonly principal?: { readonly kind: string; readonly name: Text };

  /**
   * Condition keys, in lower case, with their values; `undefined` for keys that such a request does not carry. Of
   * keys that are not here nothing is known.
   */
  readonly context: Readonly<Record<string, Text | undefined>>;
}

/**
 * Whether policies allow a request: some statement allows it and none denies it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(statements: readonly Statement[], request: Request): Verdict {
  const verdicts = { Allow: [] as Verdict[], Deny: [] as Verdict[] };
  for (const statement of statements) {
    const verdict = applies(statement, request);
    if (statement.effect !== 'unknown') verdicts[statement.effect].push(verdict);
    else for (const list of Object.values(verdicts)) list.push(all([verdict, 'unknown']));
  }
  return all([any(verdicts.Allow), not(any(verdicts.Deny))]);
}

/** Whether a statement is about a request, be it to allow or to deny it. */
export function applies(statement: Statement, request: Request): Verdict {
  // Most statements are about other actions: the rest of them is not even looked at.
  const action = isAbout(statement, request.action);
  if (action === 'no') return 'no';
  return all([
    action,
    covers(statement.target, request.target),
    isMeant(statement, request),
    ...statement.conditions.map((condition) => holds(condition, request)),
  ]);
}

/** Whether a statement is about an action, whatever it says of it. */
export function isAbout({ action }: Statement, name: string): Verdict {
  return covers(action, [name.toLowerCase()]);
}

function covers({ patterns, negated }: Element, text: Text): Verdict {
  const verdict = any(patterns.map((pattern) => matches(pattern, text)));
  return negated ? not(verdict) : verdict;
}

function isMeant({ principal }: Statement, request: Request): Verdict {
  const asking = request.principal;
  if (!asking) return 'yes';
  return any(principal.map(({ kind, name }) => {
    const everyone = kind === '*' ? 'yes' : kind === 'AWS' ? equals(name, ['*']) : 'no';
    return kind === asking.kind ? any([everyone, equals(name, asking.name)]) : everyone;
  }));
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
function holds({ operator, key, values }: Condition, { context }: Request): Verdict {
  const [, base, ifExists] = operator.match(/^(\w+?)(IfExists)?$/) ?? [];
  if (base === undefined || !Object.hasOwn(context, key)) return 'unknown';
  const value = context[key];
  if (base === 'Null') return any(values.map((wanted) => equals(wanted, [String(value === undefined)])));
  const test = TESTS.get(base.replace('Not', ''));
  if (!test) return 'unknown';
  const negated = base.includes('Not');
  if (value === undefined) return ifExists || negated ? 'yes' : 'no';
  const verdict = any(values.map((wanted) => test(wanted, value)));
  return negated ? not(verdict) : verdict;
}

const TESTS = new Map<string, (wanted: Text, value: Text) => Verdict>(Object.entries({
  StringEquals: equals,
  StringLike: matches,
  StringEqualsIgnoreCase: (wanted, value) => equals(lower(wanted), lower(value)),
  ArnEquals: matches,
  ArnLike: matches,
  Bool: (wanted, value) => equals(lower(wanted), lower(value)),
}));

function lower(text: Text): Text {
  return text.map((piece) => typeof piece === 'string' ? piece.toLowerCase() : piece);
}
