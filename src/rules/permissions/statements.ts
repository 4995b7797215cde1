import { isAbout } from '../../model/iam/decide';
import type { Statement } from '../../model/iam/statement';
import { literal, Text } from '../../model/iam/text';

export const INVOKE = 'lambda:InvokeFunction';
export const INVOKE_URL = 'lambda:InvokeFunctionUrl';

/** Keys of conditions that say how a function is called, not by whom. */
const MANNERS = ['lambda:functionurlauthtype', 'lambda:invokedviafunctionurl'];

/** Services that Lambda polls on behalf of the function, with its execution role. */
export const POLLED = ['sqs', 'kinesis', 'dynamodb', 'kafka'];

/** Alexa's services call for a skill, which is no resource of AWS. */
export const ALEXA = ['alexa-appkit.amazon.com', 'alexa-connectedhome.amazon.com'];

/** Whether a statement surely allows an action, to whom it is for and under its conditions. */
export function allows(statement: Statement, action: string): boolean {
  return statement.effect === 'Allow' && isAbout(statement, action) === 'yes';
}

/** The services that a statement names, as service principals. */
export function servicesOf({ principal }: Statement): string[] {
  return principal.flatMap(({ name }) => {
    const service = withSuffix(name);
    return service !== undefined && /^[a-z][\w.-]*\.amazon(aws)?\.com(\.cn)?$/.test(service) ? [service] : [];
  });
}

/** The URL suffix of the partition is `amazonaws.com`, or the same with another ending. A Region is any. */
function withSuffix(name: Text): string | undefined {
  const text = name.map((piece) => typeof piece === 'string' ? piece : piece.id === 'AWS::URLSuffix' ? 'amazonaws.com' : piece.id === 'AWS::Region' ? 'region' : ' ').join('');
  return text.includes(' ') ? undefined : text;
}

/** Whether a statement is for everyone. */
export function isForAnyone({ principal }: Statement): boolean {
  return principal.some(({ kind, name }) => kind === '*' || (kind === 'AWS' && literal(name) === '*'));
}

/** The keys of a statement's conditions that tell callers apart; also what is not known of its conditions. */
export function narrowing({ conditions }: Statement): string[] {
  return conditions.map(({ key }) => key).filter((key) => !MANNERS.includes(key));
}
