import type { EntryOf } from '../../core/journal/entry.ts'
import type { Item, Table } from '../../lambdas/store/table.ts'
import {
  type UsageGroup,
  type UsagePageSize,
  UsagePages,
  type UsageQuestion,
} from '../../lambdas/store/usage-pages.ts'
import { addSum, sumsOf } from '../../lambdas/store/usage-sums.ts'

/** All groups of a question to the usage view, page by page. */
export async function allGroups(
  table: Table,
  question: UsageQuestion,
  size?: UsagePageSize,
): Promise<readonly UsageGroup[]> {
  const groups: UsageGroup[] = []
  let after: UsageQuestion['after']
  do {
    const page = await new UsagePages(table, size).page({ ...question, ...(after && { after }) })
    groups.push(...page.groups)
    after = page.end
  } while (after !== undefined)
  return groups
}

export interface UseOfDay {
  readonly appId: string
  readonly meter: string
  /** `2026-01-15`, in UTC. */
  readonly day: string
  readonly quantity: number
  readonly included?: number
  /** Charged units, for one token and one cent each. */
  readonly units?: number
}

/** The items of the view after these uses, as its own writes leave them. */
export function usageItems(teamId: string, uses: Iterable<UseOfDay>): readonly Item[] {
  const items = new Map<string, Item>()
  for (const use of uses) for (const sum of sumsOf(teamId, [entryOf(teamId, use)])) addSum(items, sum)
  return [...items.values()]
}

function entryOf(
  teamId: string,
  { appId, meter, day, quantity, included, units }: UseOfDay,
): EntryOf<'usage'> {
  const at = Date.parse(day)
  const charge = { meter, units: units ?? 0 }
  return {
    ...{ kind: 'usage', teamId, version: 1, at, source: 'urn:test', id: 'e', time: at, isLate: false },
    isOverrun: false,
    usage: {
      ...{ appId, meter, quantity, funding: 'paid', period: day.slice(0, 7) },
      ...(included !== undefined && { included }),
      charges:
        units === undefined
          ? []
          : [
              { ...charge, source: 'flex', milliTokens: units * 1_000, lots: [] },
              { ...charge, source: 'pay-as-you-go', usdCents: units, period: day.slice(0, 7) },
            ],
    },
  }
}
