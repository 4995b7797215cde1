import { Budget, FunctionShare } from '../measure/concurrency-budget';
import { budgetTable, Place, placeInWords } from '../measure/concurrency-table';
import { AppModel } from '../model/app';
import { accountsOf } from '../model/concurrency';

/** What the app takes of the concurrency of one account and Region, with the functions that take something for themselves. */
export interface BudgetSummary extends Budget, Place {}

/** The budgets of all accounts and Regions with functions. */
export function summarizeBudgets(app: AppModel): BudgetSummary[] {
  return accountsOf(app).map(({ account, region, budget }) => ({
    account,
    region,
    ...budget,
    overProvisioned: budget.overProvisioned.map(plain),
    functions: budget.functions.filter(({ reserved, provisionedAtMost }) => reserved !== undefined || provisionedAtMost > 0).map(plain),
  }));
}

/** Without what the model knows besides. */
function plain({ name, reserved, provisioned, provisionedAtMost, isComplete }: FunctionShare): FunctionShare {
  return { name, reserved, provisioned, provisionedAtMost, isComplete };
}

/** One budget under its title. */
export function renderBudget(budget: BudgetSummary): string {
  const title = `Concurrency in ${placeInWords(budget)}`;
  return [title, '='.repeat(title.length), '', ...budgetTable(budget, budget)].join('\n');
}
