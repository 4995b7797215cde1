import { attachmentsTo } from '../model/iam/attachments';
import { referenceIn } from '../model/reference';
import type { Resource } from '../model/resource';
import type { Stack } from '../model/stack';
import { intrinsic, isNoValue, isObject, Json, JsonObject } from '../model/template';

/** The execution role of a function: who may assume it, what it may do. */
export interface RoleSummary {
  readonly name: string;
  /** Principals that may assume the role, with their conditions. */
  readonly trusts: readonly string[];
  readonly allows: readonly StatementSummary[];
  readonly managedPolicies: readonly string[];
}

export interface StatementSummary {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** A value as text, where the template says it. */
export function text(resource: Resource, path: string): string | undefined {
  const value = resource.text(path);
  return value.kind === 'known' ? value.value : undefined;
}

/** A value as text; said to be decided at deployment where it is. */
export function scalar(resource: Resource, path: string): string | undefined {
  const value = resource.value(path);
  if (value.kind === 'absent') return undefined;
  return value.kind === 'known' && typeof value.value !== 'object' ? String(value.value) : 'decided at deployment';
}

/** What a property names, in the words people know it by. */
export function named(resource: Resource, path: string): string | undefined {
  const raw = resource.raw(path);
  if (raw.kind === 'absent' || (raw.kind === 'known' && isNoValue(raw.value))) return undefined;
  return raw.kind === 'known' ? render(raw.value, resource.stack) : 'decided at deployment';
}

/** A value with references to this app's resources written as `[construct path]`. */
export function render(json: Json | undefined, stack: Stack): string {
  if (json === undefined || json === null) return '';
  if (typeof json !== 'object') return String(json);
  if (Array.isArray(json)) return renderAll(json, stack).join(', ');
  const call = intrinsic(json);
  if (!call) return JSON.stringify(json);
  if (call.name === 'Fn::Join' && Array.isArray(call.argument) && Array.isArray(call.argument[1])) {
    return call.argument[1].map((part) => render(part, stack)).join(String(call.argument[0]));
  }
  if (call.name === 'Fn::Sub') return renderSub(call.argument, stack);
  const reference = referenceIn(json, stack);
  if (reference) return `[${reference.resource.label}]`;
  if (call.name === 'Ref' && typeof call.argument === 'string') return `<${call.argument.replace(/^AWS::/, '')}>`;
  return `<${call.name}>`;
}

function renderSub(argument: Json | undefined, stack: Stack): string {
  const [template, variables] = Array.isArray(argument) ? argument : [argument, undefined];
  if (typeof template !== 'string') return '<Fn::Sub>';
  return template.replace(/\$\{(!?)([^}]*)\}/g, (_, escape, name) => {
    if (escape) return `\${${name}}`;
    if (isObject(variables) && Object.hasOwn(variables, name)) return render(variables[name], stack);
    return render(name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name }, stack);
  });
}

export function renderAll(json: Json | undefined, stack: Stack): string[] {
  return asList(json).filter((item) => !isNoValue(item)).map((item) => render(item, stack));
}

/** The role of a function with all policies of this app that are attached to it. */
export function roleOf(fn: Resource): RoleSummary | undefined {
  const role = fn.reference('Role')?.resource;
  if (role?.type !== 'AWS::IAM::Role') {
    const name = named(fn, 'Role');
    return name === undefined ? undefined : { name: `${name} (not in this app)`, trusts: [], allows: [], managedPolicies: [] };
  }
  const managed = role.list('ManagedPolicyArns');
  return {
    name: role.label,
    trusts: statementsIn(role.raw('AssumeRolePolicyDocument')).map((statement) => describeTrust(statement, role.stack)),
    allows: [...inlinePolicies(role), ...attachedPolicies(role)],
    managedPolicies: managed.kind === 'known' ? managed.value.map((arn) => render(arn, role.stack)) : [],
  };
}

function inlinePolicies(role: Resource): StatementSummary[] {
  const policies = role.list('Policies');
  const documents = policies.kind === 'known' ? policies.value : [];
  return documents.flatMap((policy) => isObject(policy) ? describeAll({ kind: 'known', value: policy.PolicyDocument ?? null }, role.stack) : []);
}

function attachedPolicies(role: Resource): StatementSummary[] {
  const attached = attachmentsTo(role).filter(({ sure }) => sure).map(({ policy }) => policy);
  return [...new Set([...attached, ...managedPolicies(role)])].flatMap((policy) => describeAll(policy.raw('PolicyDocument'), policy.stack));
}

/** The managed policies of this app that the role itself names. */
function managedPolicies(role: Resource): Resource[] {
  const arns = role.list('ManagedPolicyArns');
  const policies = arns.kind === 'known' ? arns.value.flatMap((arn) => referenceIn(arn, role.stack)?.resource ?? []) : [];
  return policies.filter(({ type }) => type === 'AWS::IAM::ManagedPolicy');
}

function statementsIn(document: ReturnType<Resource['raw']>): Json[] {
  const body = document.kind === 'known' && isObject(document.value) ? document.value.Statement : undefined;
  return body === undefined ? [] : asList(body);
}

function describeAll(document: ReturnType<Resource['raw']>, stack: Stack): StatementSummary[] {
  return statementsIn(document).filter(isObject).filter((statement) => !isNoValue(statement)).map((statement) => describeStatement(statement, stack));
}

function describeStatement(statement: JsonObject, stack: Stack): StatementSummary {
  if (intrinsic(statement)) return { effect: 'Allow', actions: ['decided at deployment'], resources: ['decided at deployment'] };
  const list = (name: string) => [...renderAll(statement[name], stack), ...renderAll(statement[`Not${name}`], stack).map((item) => `all but ${item}`)];
  return { effect: render(statement.Effect ?? 'Allow', stack), actions: list('Action'), resources: list('Resource') };
}

function describeTrust(statement: Json, stack: Stack): string {
  if (!isObject(statement)) return '';
  const principal = isObject(statement.Principal) ? Object.values(statement.Principal).flatMap(asList) : asList(statement.Principal);
  const who = principal.map((entry) => render(entry, stack)).join(', ');
  const conditions = isObject(statement.Condition) ? Object.values(statement.Condition).filter(isObject) : [];
  const when = conditions.flatMap((tests) => Object.entries(tests)).map(([key, value]) => `${key} = ${render(value, stack)}`);
  return when.length > 0 ? `${who} when ${when.join(' and ')}` : who;
}

export function asList(json: Json | undefined): Json[] {
  if (json === undefined) return [];
  return Array.isArray(json) ? json : [json];
}
