import { namesIn } from './arns';
import { Mutant } from './mutant';
import { Resources } from './wired-app';
import { JsonObject } from '../../../src/model/template';
import { Finding, Rule } from '../../../src/rules/rule';

/** Whether a finding is where people look for what is wrong with a statement, and tells of that. */
export function tellsOf(mutant: Mutant, rule: Rule, finding: Finding): boolean {
  const resources = mutant.app.resources;
  const at = finding.resource.logicalId;
  if (at !== mutant.carrier && !reaches(at, mutant.owners, resources)) return false;
  if (rule.id === 'push-source-may-invoke') return namesCaller(mutant, finding) && isOfSource(mutant, at, resources);
  return !rule.id.startsWith('role-may-') || namesAction(mutant, finding);
}

/** Whether a resource is one of these, or names one of them, be it by another one: a route, say, by its integration. */
function reaches(from: string, to: readonly string[], resources: Resources, steps = 3): boolean {
  if (to.includes(from)) return true;
  return steps > 0 && namesIn(resources[from]?.Properties).some((id) => reaches(id, to, resources, steps - 1));
}

/** Whoever calls is named, when a whole document is gone one of those in it. */
function namesCaller({ statement }: Mutant, { message }: Finding): boolean {
  const callers = callersOf(statement);
  return callers.some((caller) => message.includes(`must be open to ${caller === '*' ? 'anyone' : caller}`));
}

function callersOf({ Principal: principal, PolicyDocument: document }: JsonObject): string[] {
  if (document !== undefined) return (document as { Statement: JsonObject[] }).Statement.flatMap(callersOf);
  return typeof principal === 'string' ? [principal] : Object.values(principal as JsonObject).flat().map(String);
}

/** Where the source of a statement is a resource of the app, the finding is at that or at what belongs to it. */
function isOfSource({ part }: Mutant, at: string, resources: Resources): boolean {
  const sources = namesIn(part).filter((id) => resources[id] !== undefined);
  return sources.length === 0 || reaches(at, sources, resources) || sources.some((source) => reaches(source, [at], resources));
}

/** At least the service of the actions is named. */
function namesAction({ statement }: Mutant, { message }: Finding): boolean {
  const services = actionsOf(statement).map((action) => `${action.split(':')[0]}:`);
  return services.length === 0 || services.includes('*:') || services.some((service) => message.includes(service));
}

function actionsOf({ Action: action, PolicyDocument: document }: JsonObject): string[] {
  if (document !== undefined) return (document as { Statement: JsonObject[] }).Statement.flatMap(actionsOf);
  return action === undefined ? [] : [action].flat().map(String);
}
