import { DeployedTemplate } from './world-of';
import { MAPPING_RULES } from '../../src/rules/mappings/rules';
import { appOf } from '../model/app-of';

/** Rules about mappings that find something in a template. */
export function rulesFor({ Resources }: DeployedTemplate): string[] {
  const app = appOf(JSON.parse(JSON.stringify(Resources)));
  return MAPPING_RULES.filter((rule) => [...rule.check(app)].length > 0).map(({ id }) => id);
}
