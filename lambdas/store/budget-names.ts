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

const subjectStart = 'budget:'

/** The subject of what the key of a budget does. */
export function subjectOfBudget(budgetId: string): string {
  return `${subjectStart}${budgetId}`
}

/** The names of the keys among the subjects, by subject. */
export async function keyNames(
  journal: JournalStore,
  teamId: string,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const ofKeys = new Set(subjects.filter((subject) => subject.startsWith(subjectStart)))
  const budgets = [...ofKeys].map((subject) => ({ budgetId: subject.slice(subjectStart.length) }))
  const names = await budgetNames(journal, teamId, budgets)
  return new Map([...names].map(([budgetId, name]) => [subjectOfBudget(budgetId), name]))
}
