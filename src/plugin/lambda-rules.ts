import * as path from 'path';
import {
  App, IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolation, Stack,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { claimTemplates } from './claims';
import { Progress } from './progress';
import { readAssembly } from '../assembly/read-assembly';
import { AppModel } from '../model/app';
import { CATALOG } from '../rules/catalog';
import { Finding, Rule } from '../rules/rule';
import { quotasIn } from '../support/concurrency-quotas';

/** What a rule checks, why, and what to do when it is broken. */
export interface RuleInfo {
  /** Id of the rule, kebab-case. Acknowledge a finding with `lambda-rules::<id>`. */
  readonly id: string;

  /** What the rule asks for. */
  readonly title: string;

  /** `fatal` (AWS refuses the deployment), `error` (it loses data, opens access or misbehaves) or `warning`. */
  readonly severity: string;

  /** What happens when the rule is broken. */
  readonly why: string;

  /** What to do about it. */
  readonly fix: string;

  /** Where AWS says so. */
  readonly source: string;
}

/** Properties of the rule engine. */
export interface LambdaRulesProps {
  /**
   * Ids of rules to leave out for the whole app. To accept one finding, acknowledge it on its construct instead.
   *
   * @default - all rules are checked
   */
  readonly exclude?: string[];
}

/**
 * Checks of a whole app, at `cdk synth`, for what AWS would refuse at deployment, or accept and silently run wrong.
 *
 * `EventFunction` registers them by itself. For an app without one: `Validations.of(app).addPlugins(new LambdaRules())`.
 * A finding is accepted with
 * `Validations.of(construct).acknowledge({ id: 'lambda-rules::<rule id>', reason: '...' })`.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 * @example
 * import { App, Validations } from 'aws-cdk-lib';
 * import { LambdaRules } from 'cdk-event-functions';
 *
 * const app = new App();
 * Validations.of(app).addPlugins(new LambdaRules());
 */
export class LambdaRules implements IPolicyValidationPlugin {
  /** The rules, in the order of their topics. */
  public static catalog(): RuleInfo[] {
    return CATALOG.map(({ id, title, severity, why, fix, source }) => ({ id, title, severity, why, fix, source }));
  }

  /** Name of the plugin, first part of the id that acknowledges a finding. */
  public readonly name: string = 'lambda-rules';

  /** Release of the rules. */
  public readonly version?: string = version();

  /** Ids of the rules that are checked. */
  public readonly ruleIds?: string[];

  private readonly rules: readonly Rule[];

  constructor(props: LambdaRulesProps = {}) {
    const known = CATALOG.map((rule) => rule.id);
    for (const id of props.exclude ?? []) {
      if (!known.includes(id)) {
        throw new Error(`'exclude' must be ids of rules, got ${JSON.stringify(id)}; the rules are ${known.join(', ')} [UnknownRule]`);
      }
    }
    this.rules = CATALOG.filter((rule) => !props.exclude?.includes(rule.id));
    this.ruleIds = this.rules.map((rule) => rule.id);
  }

  /** Called by the CDK when all templates are written. Never throws: under the CLI, that would pass unseen. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations = this.violations(context);
    return { success: violations.every(({ severity }) => severity === 'warning'), violations };
  }

  private violations(context: IPolicyValidationContext): PolicyViolation[] {
    try {
      const templates = context.stackTemplates.map((stack) => path.resolve(stack.templatePath));
      const mine = claimTemplates(this, context.appConstruct, templates);
      if (mine.size === 0) return [];
      const progress = new Progress((line) => process.stderr.write(line));
      const app = readAssembly((context.appConstruct as App).outdir, mine, {
        onOpened: (name) => progress.done(`looked into ${name}`),
        unbundled: unbundledTemplates(context),
        quotas: quotasIn(context.appConstruct),
      });
      return this.rules.flatMap((rule) => {
        const violations = run(rule, app, context);
        progress.done(`checked ${rule.id}`);
        return violations;
      });
    } catch (error) {
      return [crash('assembly-readable', error, context)];
    }
  }
}

/** The templates of stacks whose code is not bundled: those that `cdk deploy Other` does not deploy, all for `cdk list`. */
function unbundledTemplates({ appConstruct, stackTemplates }: IPolicyValidationContext): Set<string> {
  const isUnbundled = (construct: IConstruct) => Stack.isStack(construct) && !construct.bundlingRequired;
  const stacks = new Set(appConstruct.node.findAll().filter(isUnbundled).map(({ node }) => node.path));
  const templates = stackTemplates.filter(({ stackConstructPath }) => stacks.has(stackConstructPath));
  return new Set(templates.map(({ templatePath }) => path.resolve(templatePath)));
}

/** One rule over the app. A rule that fails is reported, and the others still run. */
function run(rule: Rule, app: AppModel, context: IPolicyValidationContext): PolicyViolation[] {
  try {
    return [...rule.check(app)].map((finding) => violation(rule, finding));
  } catch (error) {
    return [crash(rule.id, error, context)];
  }
}

function violation(rule: Rule, { resource, path: property, message }: Finding): PolicyViolation {
  return {
    ruleName: rule.id,
    severity: rule.severity,
    // A table ends with a line of its own.
    description: message.endsWith('\n') ? `${message}${rule.why}` : `${message}; ${rule.why}`,
    fix: `${rule.fix} (${rule.source})`,
    violatingResources: [{ resourceLogicalId: resource.logicalId, templatePath: resource.stack.templatePath, locations: [property] }],
  };
}

/** What could not be checked is no success: the reader decides, by leaving the rule out. */
function crash(ruleName: string, error: unknown, context: IPolicyValidationContext): PolicyViolation {
  const text = error instanceof Error ? error.stack ?? error.message : String(error);
  return {
    ruleName,
    severity: 'error',
    description: `this check failed by a mistake of cdk-event-functions and found nothing out: ${text}`,
    fix: `please report it; meanwhile acknowledge it, or leave the check out with new LambdaRules({ exclude: ['${ruleName}'] })`,
    // The CLI shows no violation that has no place: the first stack stands for the app.
    violatingResources: context.stackTemplates.slice(0, 1).map((stack) => ({ constructPath: stack.stackConstructPath, locations: [] })),
  };
}

function version(): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('../../package.json').version;
}
