import type { Table } from '../../lambdas/store/table.ts'
import { type UsageGroup, UsagePages, type UsageQuestion } from '../../lambdas/store/usage-pages.ts'

/** All groups of a question to the usage view, page by page. */
export async function allGroups(table: Table, question: UsageQuestion): Promise<readonly UsageGroup[]> {
  const groups: UsageGroup[] = []
  let after: UsageQuestion['after']
  do {
    const page = await new UsagePages(table).page({ ...question, ...(after && { after }) })
    groups.push(...page.groups)
    after = page.end
  } while (after !== undefined)
  return groups
}
