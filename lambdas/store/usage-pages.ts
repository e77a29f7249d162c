import type { UsageDimension } from '../../contract/get-usage.ts'
import { nextPeriod, type Period } from '../../core/time/time.ts'
import { appUsagePrefix, parseUsageKey, teamPk, type UsagePlace, type UsageSpan, usageRange } from './keys.ts'
import { type Item, queryItems, type Table } from './table.ts'
import { addBills, rowsOf, type UsageAmounts, type UsageRow } from './usage-sums.ts'

/** Items of a page. */
export interface UsagePageSize {
  /** Some 1 KB each, so a page reads about 2 MB. */
  readonly usual: number
  /** For rows with a day and a meter or an app: 31 rows an item, so about 10,000 rows of at most 300 bytes. */
  readonly daily: number
}

const defaultSize: UsagePageSize = { usual: 2_000, daily: 320 }
/** More than an app can have in a month: one for each meter. */
export const appItemsMax = 100_000

/** The last place that a page covers: a month, an app in it, or an app in all months. */
export interface UsagePageEnd {
  readonly period?: Period
  readonly appId?: string
}

export interface UsageQuestion {
  readonly teamId: string
  /** Days, both included. */
  readonly from: string
  readonly to: string
  /** Not `day` and `month` together. */
  readonly by: readonly UsageDimension[]
  /** Only this app; the page then ends with a month. */
  readonly appId?: string
  /** The end of the page before. */
  readonly after?: UsagePageEnd
}

/** The use of one group; the dimensions that the question does not name are absent. */
export interface UsageGroup extends UsageAmounts {
  readonly names: Readonly<Partial<Record<UsageDimension, string>>>
}

/** Groups in the order of their names. `end` is absent on the last page. */
export interface UsagePage {
  readonly groups: readonly UsageGroup[]
  readonly end?: UsagePageEnd
}

interface Part {
  readonly items: readonly Item[]
  readonly end?: UsagePageEnd
}

/**
 * Reads the usage view in pages. Without apps, it reads the totals: one item for each month and meter. No page divides a
 * group: it ends with a month, with an app in a month or, where groups have apps and no time, with an app in all months.
 */
export class UsagePages {
  private readonly table: Table
  private readonly size: UsagePageSize

  constructor(table: Table, size = defaultSize) {
    this.table = table
    this.size = size
  }

  async page(question: UsageQuestion): Promise<UsagePage> {
    const part = await this.partOf(question)
    return { groups: groupsOf(part.items, question), ...(part.end !== undefined && { end: part.end }) }
  }

  private partOf(question: UsageQuestion): Promise<Part> {
    if (question.appId !== undefined) return this.monthsOfApp(question, question.appId)
    return pageUnit(question) === 'app' ? this.appsOfAllMonths(question) : this.inOrder(question)
  }

  private inOrder(question: UsageQuestion): Promise<Part> {
    const { teamId, from, to, by, after } = question
    const span: UsageSpan = {
      kind: by.includes('app') ? 'apps' : 'totals',
      from: from.slice(0, 7),
      to: to.slice(0, 7),
      ...(after?.period !== undefined && { after: { ...after, period: after.period } }),
    }
    return this.wholeUnits(teamId, span, { unit: pageUnit(question), itemsMax: this.itemsMax(by) })
  }

  /** The same apps of each month: those up to the first at which the reading of a month ended. */
  private async appsOfAllMonths({ teamId, from, to, after }: UsageQuestion): Promise<Part> {
    const months = monthsOf(from, to)
    const itemsMax = Math.ceil(this.size.usual / months.length)
    const parts = await Promise.all(
      months.map((period) => {
        const rest = after && { after: { ...after, period } }
        const span: UsageSpan = { kind: 'apps', from: period, to: period, ...rest }
        return this.wholeUnits(teamId, span, { unit: 'app', itemsMax })
      }),
    )
    const [appId] = parts.flatMap(({ end }) => end?.appId ?? []).toSorted()
    const items = parts.flatMap((part) => part.items)
    if (appId === undefined) return { items }
    return { items: items.filter((item) => String(placeOf(item).appId) <= appId), end: { appId } }
  }

  /** All use of one app in the first months; where rows have a time, as many months as fit into a page. */
  private async monthsOfApp(question: UsageQuestion, appId: string): Promise<Part> {
    const { teamId, from, to, by, after } = question
    const months = monthsOf(from, to).filter((period) => period > (after?.period ?? ''))
    const ranges = months.map((period) => ({
      pk: teamPk(teamId),
      prefix: appUsagePrefix(period, appId),
      limit: appItemsMax,
    }))
    const parts = await Promise.all(ranges.map((range) => queryItems(this.table, range)))
    const items: Item[] = []
    for (const [index, part] of parts.entries()) {
      const period = months[index - 1]
      const isFull = items.length > 0 && items.length + part.length > this.itemsMax(by)
      if (isFull && period !== undefined && pageUnit(question) === 'month') return { items, end: { period } }
      items.push(...part)
    }
    return { items }
  }

  private itemsMax(by: readonly UsageDimension[]): number {
    return by.includes('day') && by.length > 1 ? this.size.daily : this.size.usual
  }

  /** Reads up to `itemsMax` items and leaves the last unit to the next page, unless it is the only one. */
  private async wholeUnits(
    teamId: string,
    span: UsageSpan,
    { unit, itemsMax }: { readonly unit: PageUnit; readonly itemsMax: number },
  ): Promise<Part> {
    const [from, to] = usageRange(span)
    const items = await queryItems(this.table, { pk: teamPk(teamId), from, to, limit: itemsMax })
    if (items.length < itemsMax) return { items }
    const last = unitOf(items.at(-1), unit)
    const whole = items.slice(
      0,
      items.findIndex((item) => unitOf(item, unit) === last),
    )
    const end = whole.at(-1)
    if (end === undefined) return this.wholeUnits(teamId, span, { unit, itemsMax: itemsMax * 2 })
    const { period, appId } = placeOf(end)
    return { items: whole, end: { period, ...(appId !== undefined && { appId }) } }
  }
}

/** The part of the view that is never divided between two pages. */
export type PageUnit = 'all' | 'month' | 'app' | 'app of a month'

/** The unit of the pages of a question. Sums by meter alone, and those of one app, come in one page. */
export function pageUnit({ by, appId }: Pick<UsageQuestion, 'by' | 'appId'>): PageUnit {
  const isTimed = by.includes('day') || by.includes('month')
  if (by.includes('app') && appId === undefined) return isTimed ? 'app of a month' : 'app'
  return isTimed ? 'month' : 'all'
}

const placeOf = (item: Item): UsagePlace => parseUsageKey(String(item.sk))

function unitOf(item: Item | undefined, unit: PageUnit): string {
  if (item === undefined) return ''
  const { period, appId } = placeOf(item)
  const texts = { all: '', month: period, app: String(appId), 'app of a month': `${period}#${appId}` }
  return texts[unit]
}

function monthsOf(from: string, to: string): readonly Period[] {
  const months: Period[] = []
  for (let period = from.slice(0, 7); period <= to.slice(0, 7); period = nextPeriod(period))
    months.push(period)
  return months
}

function groupsOf(items: readonly Item[], { from, to, by }: UsageQuestion): readonly UsageGroup[] {
  const groups = new Map<string, UsageGroup>()
  for (const row of items.flatMap((item) => rowsOf(item, from, to))) {
    const names = by.map((dimension) => nameOf(row, dimension))
    const key = names.join('\n')
    const sum = groups.get(key) ?? {
      names: Object.fromEntries(by.map((name, index) => [name, names[index]])),
      ...none,
    }
    groups.set(key, { names: sum.names, ...addAmounts(sum, row) })
  }
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
}

function nameOf(row: UsageRow, dimension: UsageDimension): string {
  const names = { day: row.day, month: row.day.slice(0, 7), meter: row.meter, app: row.appId ?? '' }
  return names[dimension]
}

const none: UsageAmounts = { quantity: 0, included: 0, units: 0, milliTokens: 0, usdCents: 0 }

function addAmounts(a: UsageAmounts, b: UsageAmounts): UsageAmounts {
  const otherBills = addBills(a.otherBills, b.otherBills)
  return {
    quantity: a.quantity + b.quantity,
    included: a.included + b.included,
    units: a.units + b.units,
    milliTokens: a.milliTokens + b.milliTokens,
    usdCents: a.usdCents + b.usdCents,
    ...(otherBills !== undefined && { otherBills }),
  }
}
