import * as fs from 'fs';
import * as path from 'path';
import { Mutant, Topic } from './mutant';
import { tellsOf } from './places';
import { modelOf } from './wired-app';
import { CATALOG } from '../../../src/rules/catalog';
import { Rule } from '../../../src/rules/rule';

const RULES = path.join(__dirname, '../../../src/rules');

/**
 * Rules that are left out: a URL without authorization is right here, and is acknowledged in real apps; and one that tells of the
 * form of a permission, whoever calls, would hide that nothing else tells of a condition that is too narrow.
 */
const LEFT_OUT = ['function-url-is-private', 'url-auth-type-is-for-urls'];

function rulesOf(topic: 'permissions' | 'role'): Rule[] {
  return CATALOG.filter(({ id }) => !LEFT_OUT.includes(id) && fs.existsSync(path.join(RULES, topic, `${id}.ts`)));
}

/** The rules of the topic first: one finding is enough. */
export const RULES_FOR: Readonly<Record<Topic, readonly Rule[]>> = {
  'who may invoke': [...rulesOf('permissions'), ...rulesOf('role')],
  'what a role may do': [...rulesOf('role'), ...rulesOf('permissions')],
  'who may assume a role': [...rulesOf('role'), ...rulesOf('permissions')],
};

/** Whether a rule tells of what is wrong, where people look for it. */
export function isReported(mutant: Mutant): boolean {
  const model = modelOf(mutant.resources());
  return RULES_FOR[mutant.topic].some((rule) => [...rule.check(model)].some((finding) => tellsOf(mutant, rule, finding)));
}

export function inWords({ app, topic, kind, how, carrier, part, statement }: Mutant): string {
  return `${app.name}: ${topic}, ${kind}: ${how} (${carrier}: ${JSON.stringify(part ?? statement)})`;
}
