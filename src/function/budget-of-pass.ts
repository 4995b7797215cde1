import { Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ConcurrencyBudget } from '../concurrency/concurrency-budget';
import { budgetIfAny } from '../concurrency/left-by-others';

/** A budget that is made when somebody wants it. */
export type BudgetOnDemand = () => ConcurrencyBudget | undefined;

/** The budget of one validation, and whom it was promised to. */
interface Pass {
  readonly budget: BudgetOnDemand;
  readonly promised: Set<IConstruct>;
}

/** By app or stage: each is validated as a whole. */
const passes = new WeakMap<IConstruct, Pass>();

/**
 * The budget of the app at its validation. It takes a walk through the whole app, and nothing changes meanwhile, so all functions
 * share it. Each of them comes once: who comes again does so in the next validation.
 */
export function budgetOfPass(scope: IConstruct): BudgetOnDemand {
  const stage = stageOf(scope);
  const running = passes.get(stage);
  const pass = running && !running.promised.has(scope) ? running : { budget: madeOnce(scope), promised: new Set<IConstruct>() };
  pass.promised.add(scope);
  passes.set(stage, pass);
  return pass.budget;
}

/** Forgets the last validation, for there is one more who will come. */
export function expectOneMore(scope: IConstruct): void {
  passes.delete(stageOf(scope));
}

function stageOf(scope: IConstruct): IConstruct {
  return Stage.of(scope) ?? scope.node.root;
}

function madeOnce(scope: IConstruct): BudgetOnDemand {
  let made: { readonly budget: ConcurrencyBudget | undefined } | undefined;
  return () => (made ??= { budget: budgetIfAny(Stack.of(scope)) }).budget;
}
