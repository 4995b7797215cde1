import { renderBudget } from './budget';
import { failure } from './failure';
import { InvokerSummary } from './invokers';
import { FunctionSummary, ImageSummary, MappingSummary, PackageSummary, PartSummary, StackSummary, Summary } from './summary';
import { digits } from '../measure/concurrency-table';

/** The summary for people to read in a terminal. */
export function renderText(summary: Summary): string {
  const stacks = summary.stacks.map(renderStack);
  const body = stacks.length > 0 ? stacks : ['No Lambda functions in this app.'];
  return `${[...body, ...summary.budgets.map(renderBudget)].join('\n\n')}\n`;
}

function renderStack({ stack, account, region, functions, helpers }: StackSummary): string {
  const where = `${account ?? 'any account'}, ${region ?? 'any Region'}`;
  const title = `${stack} (${where}): ${count(functions.length, 'function')}`;
  const lines = [`${title}\n${'='.repeat(title.length)}`, ...functions.map(renderFunction)];
  if (helpers.length > 0) lines.push(`Added by the CDK: ${helpers.join(', ')}`);
  return lines.join('\n\n');
}

function renderFunction(fn: FunctionSummary): string {
  const alias = fn.aliases.length > 0 ? fn.aliases.map(({ name }) => `alias ${name}`).join(', ') : 'no alias';
  return [
    `${fn.name}  [${fn.logicalId}]`,
    ...block('function', [`${fn.runtime}, ${fn.memory}, ${fn.timeout}; ${alias}`]),
    ...block('role', role(fn)),
    ...block('may do', fn.role?.allows.map(({ effect, actions, resources }) => `${effect === 'Allow' ? '' : `${effect} `}${actions.join(', ')} on ${resources.join(', ')}`) ?? []),
    ...block('invoked by', [...fn.invokedBy.map(invoker), ...fn.polls.map(mapping)], 'nobody that this app permits'),
    ...block('code, layers', packaged(fn.package)),
    ...block('concurrency', concurrency(fn)),
    ...block('on failure', failure(fn)),
    ...block('logs', fn.logGroup ? [fn.logGroup] : []),
  ].join('\n');
}

function role(fn: FunctionSummary): string[] {
  if (!fn.role) return [];
  const { name, trusts, managedPolicies } = fn.role;
  return [name, ...trusts.map((trust) => `assumed by ${trust}`), ...managedPolicies.map((policy) => `has ${policy}`)];
}

function invoker(summary: InvokerSummary): string {
  const { by, effect, principal, action, qualifier, statement } = summary;
  const what = action === 'lambda:InvokeFunction' ? '' : ` (${action})`;
  const denied = effect === 'Allow' ? '' : `${effect} `;
  return `${denied}${by === 'resource policy' ? 'push' : 'identity'}: ${principal}${what}${conditions(summary)} -> ${qualifier}, by ${statement}`;
}

/** A role needs no condition; a service without one may invoke for anybody. */
function conditions({ by, effect, sourceArn, sourceAccount, organization, conditions: further = [] }: InvokerSummary): string {
  const found = [
    ...sourceArn ? [`from ${sourceArn}`] : [],
    ...sourceAccount ? [`in account ${sourceAccount}`] : [],
    ...organization ? [`of organization ${organization}`] : [],
    ...further.length > 0 ? [`if ${further.join(' and ')}`] : [],
  ];
  if (found.length > 0) return ` ${found.join(' ')}`;
  return by === 'resource policy' && effect === 'Allow' ? ' from anywhere' : '';
}

function mapping({ source, qualifier, statement, batchSize, maxConcurrency, partialBatchResponses }: MappingSummary): string {
  const details = [
    batchSize && `batches of ${batchSize}`,
    maxConcurrency && `at most ${maxConcurrency} at once`,
    partialBatchResponses && 'partial batch responses',
  ].filter(Boolean);
  return `pull: Lambda polls ${source} -> ${qualifier}${details.length > 0 ? ` (${details.join(', ')})` : ''}, by ${statement}`;
}

function packaged({ parts, bytes, complete, limit, notes = [], image }: PackageSummary): string[] {
  if (parts.length === 0) return [image ? `container image ${image.name}${platform(image)}` : 'container image'];
  return [
    ...parts.map((part) => `${part.kind.padEnd(5)} ${size(part).padStart(11)}  ${part.name}${part.declared ? ' (declared)' : ''}`),
    `total ${digits(bytes).padStart(11)}  ${complete ? '' : 'or more '}of ${digits(limit)} bytes unzipped (${percent(bytes / limit)})`,
    ...notes.map((note) => `note: ${note}`),
  ];
}

/** Of what is built with the app, what it is built for. */
function platform({ builder, platform: given }: ImageSummary): string {
  if (given !== undefined) return ` (${given})`;
  return builder === 'docker' ? ' (of the platform of the machine that builds it)' : '';
}

function concurrency({ reservedConcurrency, ownInstances, switchedOff, aliases }: FunctionSummary): string[] {
  const provisioned = aliases.filter((alias) => alias.provisionedConcurrency);
  const unreserved = ownInstances ? 'instances of its own, from a capacity provider' : 'shares the unreserved concurrency of the account';
  return [
    reservedConcurrency === undefined ? unreserved : `${reservedConcurrency} reserved${switchedOff ? ': switched off' : ''}`,
    ...switchedOff?.map(({ source, fate }) => `${source} ${fate}`) ?? [],
    ...provisioned.map((alias) => `${alias.provisionedConcurrency} provisioned for ${alias.name}`),
  ];
}

/** Lines under one heading; nothing for nothing, unless there is a word for it. */
function block(heading: string, lines: readonly string[], empty?: string): string[] {
  const shown = lines.length === 0 && empty ? [empty] : lines;
  return shown.map((line, index) => `  ${(index === 0 ? heading : '').padEnd(13)} ${line}`);
}

function percent(share: number): string {
  return share > 0 && share < 0.01 ? 'less than 1 %' : `${Math.round(share * 100)} %`;
}

function size({ bytes, unknown }: PartSummary): string {
  return bytes === undefined ? `unknown: ${unknown}` : digits(bytes);
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
