import { App, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { declareQuotas } from '../concurrency/declared-quotas';
import { LambdaRules } from '../plugin/lambda-rules';

/** Context key that, set to false, keeps the constructs of this library from registering the rules. */
const CONTEXT_KEY = 'cdk-event-functions:rules';

/** The rules of each app: one instance, however many functions ask for it. */
const registered = new WeakMap<IConstruct, LambdaRules>();

/** Makes `cdk synth` check the whole app that a function belongs to, and leaves in the assembly what later checks of it need. */
export function registerRules(scope: IConstruct): void {
  const root = scope.node.root;
  declareQuotas(scope);
  // The CLI hands context over as text: -c cdk-event-functions:rules=false
  if (!App.isApp(root) || String(scope.node.tryGetContext(CONTEXT_KEY)) === 'false') return;
  if (registered.has(root)) return;
  const rules = new LambdaRules();
  registered.set(root, rules);
  Validations.of(root).addPlugins(rules);
}
