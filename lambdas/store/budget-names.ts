import type { JournalStore } from './journal.ts'
import { budgetKey } from './keys.ts'

/** The names of the keys of budgets, by the budget's id. They are in the entries alone, where an erasure finds them. */
export async function budgetNames(
  journal: JournalStore,
  teamId: string,
  budgets: readonly { readonly budgetId: string }[],
): Promise<ReadonlyMap<string, string>> {
  const entries = await Promise.all(
    budgets.map(({ budgetId }) => journal.find(budgetKey(teamId, budgetId), 'budget-made')),
  )
  return new Map(entries.flatMap((entry) => (entry === undefined ? [] : [[entry.budgetId, entry.name]])))
}
