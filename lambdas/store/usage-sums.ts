import type { Entry, Usage } from '../../core/journal/entry.ts'
import { bookedDay } from '../../core/journal/statement.ts'
import { dayMs, type Period, periodEnd } from '../../core/time/time.ts'
import { readable } from './item-version.ts'
import { type Key, keyText, parseUsageKey, ttlAfter, ttlAttribute, usageKey } from './keys.ts'
import type { Item } from './table.ts'

/** Sums of use. Quantities in base units, tokens in thousandths. */
export interface UsageAmounts {
  readonly quantity: number
  /** The part of the quantity that included amounts gave. */
  readonly included: number
  readonly units: number
  readonly milliTokens: number
  readonly usdCents: number
  /** The part of `usdCents` in bills of other months than the day's, by month; absent for none. */
  readonly otherBills?: BilledCents
}

/** US cents by the month of their bill. */
export type BilledCents = Readonly<Record<Period, number>>

/** The use of one meter on one day, by one app or, without an app, by the team. */
export interface UsageRow extends UsageAmounts {
  /** `2026-01-15`, in UTC. */
  readonly day: string
  readonly appId?: string
  readonly meter: string
}

/**
 * The attribute of a sum is a letter and the day of the month, such as `q15`. With longer names, a month of use would not fit
 * into one KB, and each write of its item would cost twice as much.
 */
const letters = { quantity: 'q', included: 'i', units: 'u', milliTokens: 't', usdCents: 'c' } as const
type Measure = keyof typeof letters
const measures = Object.keys(letters) as readonly Measure[]
const attributeOf = (measure: Measure, day: string) => `${letters[measure]}${day.slice(-2)}`
/** US cents of a day in the bill of another month, such as `b15:2026-02`: only late use has any. */
const billPrefix = (day: string) => `b${day.slice(-2)}:`

/** The quantity that counts in a period, which is later than the item's month where its bill was closed. */
export const countedAttribute = (period: Period): string => `counted:${period}`

/** Days for which use can be queried; one query covers 400 days at most. */
export const usageKeptDays = 800

/** The time at which the item of a month may be removed, in seconds since 1970. */
export function usageTtl(sortKey: string): number {
  return ttlAfter(periodEnd(parseUsageKey(sortKey).period), usageKeptDays)
}

/** The sums that entries add to one item of the view. */
export interface Sum {
  readonly key: Key
  readonly amounts: Map<string, number>
}

/** The sums that entries add to the view, by item: those of an app, and the team's totals. */
export function sumsOf(teamId: string, entries: readonly Entry[]): readonly Sum[] {
  const sums = new Map<string, Sum>()
  for (const entry of entries)
    for (const use of usesOf(entry)) {
      const { appId, meter } = use.usage
      const period = use.day.slice(0, 7)
      addAmounts(sums, usageKey(teamId, { period, appId, meter }), [...amountsOf(use), ...countedOf(use)])
      addAmounts(sums, usageKey(teamId, { period, meter }), amountsOf(use))
    }
  return [...sums.values()]
}

/** Adds a sum to the items that a view has, by the text of their key, as the writes of the view would. */
export function addSum(items: Map<string, Item>, { key, amounts }: Sum): void {
  const item = items.get(keyText(key)) ?? { ...key, [ttlAttribute]: usageTtl(key.sk) }
  for (const [name, amount] of amounts) item[name] = Number(item[name] ?? 0) + amount
  items.set(keyText(key), item)
}

function addAmounts(sums: Map<string, Sum>, key: Key, amounts: readonly (readonly [string, number])[]): void {
  const sum = sums.get(keyText(key)) ?? { key, amounts: new Map<string, number>() }
  sums.set(keyText(key), sum)
  for (const [name, amount] of amounts) sum.amounts.set(name, (sum.amounts.get(name) ?? 0) + amount)
}

/** A use that an entry adds to its day, or with `sign` -1 takes back from it. */
interface Use {
  readonly day: string
  readonly usage: Usage
  readonly sign: 1 | -1
}

/** Use of days that may be cleared away already is left out, so a reversal touches a bounded number of months. */
function usesOf(entry: Entry): readonly Use[] {
  const oldest = new Date(entry.at - usageKeptDays * dayMs).toISOString()
  return allUsesOf(entry).filter(
    ({ day, usage }) => day > oldest && (usage.quantity > 0 || usage.charges.length > 0),
  )
}

function allUsesOf(entry: Entry): readonly Use[] {
  if (entry.kind === 'reversal') return entry.uses.map((use) => ({ ...use, sign: -1 }))
  if (entry.kind !== 'usage' && entry.kind !== 'capture') return []
  return [{ day: bookedDay(entry), usage: entry.usage, sign: 1 }]
}

function amountsOf({ day, usage, sign }: Use): readonly (readonly [string, number])[] {
  const { quantity, included = 0, charges } = usage
  const total = (amount: (charge: Usage['charges'][number]) => number) =>
    charges.reduce((sum, charge) => sum + amount(charge), 0)
  const amounts = {
    quantity,
    included,
    units: total((charge) => charge.units),
    milliTokens: total((charge) => (charge.source === 'flex' ? charge.milliTokens : 0)),
    usdCents: total((charge) => (charge.source === 'pay-as-you-go' ? charge.usdCents : 0)),
  }
  const booked = measures
    .filter((measure) => amounts[measure] > 0)
    .map((measure) => [attributeOf(measure, day), sign * amounts[measure]] as const)
  return [
    ...booked,
    ...otherBillsOf(day, charges).map(([name, usdCents]) => [name, sign * usdCents] as const),
  ]
}

/** The attributes of charges in the bills of other months than the day's. */
function otherBillsOf(day: string, charges: Usage['charges']): readonly (readonly [string, number])[] {
  const other = charges.flatMap((charge) =>
    charge.source === 'pay-as-you-go' && charge.period !== day.slice(0, 7) ? [charge] : [],
  )
  const byBill = [...Map.groupBy(other, ({ period }) => period)]
  return byBill.map(([period, own]) => [
    `${billPrefix(day)}${period}`,
    own.reduce((sum, { usdCents }) => sum + usdCents, 0),
  ])
}

function countedOf({ usage, sign }: Use): readonly (readonly [string, number])[] {
  if (usage.funding === 'unrated' || usage.quantity === 0) return []
  return [[countedAttribute(usage.period), sign * usage.quantity]]
}

/** The rows of an item, for the days from `from` to `to`, both included. Use that was taken back leaves none. */
export function rowsOf(item: Item, from: string, to: string): readonly UsageRow[] {
  const { period, appId, meter } = parseUsageKey(String(readable('usage of a month', item).sk))
  const days = daysOf(period).filter((day) => day >= from && day <= to)
  return days.flatMap((day) => {
    const amount = (measure: Measure) => Number(item[attributeOf(measure, day)] ?? 0)
    if (measures.every((measure) => amount(measure) === 0)) return []
    return [
      {
        day,
        ...(appId !== undefined && { appId }),
        meter,
        quantity: amount('quantity'),
        included: amount('included'),
        units: amount('units'),
        milliTokens: amount('milliTokens'),
        usdCents: amount('usdCents'),
        ...billsIn(item, billPrefix(day)),
      },
    ]
  })
}

function billsIn(item: Item, prefix: string): Pick<UsageAmounts, 'otherBills'> {
  const bills = Object.entries(item).flatMap(([name, usdCents]) =>
    name.startsWith(prefix) && usdCents !== 0 ? [[name.slice(prefix.length), Number(usdCents)] as const] : [],
  )
  return bills.length === 0 ? {} : { otherBills: Object.fromEntries(bills) }
}

/** Adds amounts by the month of their bill. Undefined: none. */
export function addBills(a: BilledCents | undefined, b: BilledCents | undefined): BilledCents | undefined {
  if (a === undefined || b === undefined) return a ?? b
  const sums = Object.entries(b).map(([period, usdCents]) => [period, (a[period] ?? 0) + usdCents] as const)
  return { ...a, ...Object.fromEntries(sums) }
}

function daysOf(period: Period): readonly string[] {
  const days = Math.round((periodEnd(period) - Date.parse(`${period}-01`)) / dayMs)
  return Array.from({ length: days }, (_, index) => `${period}-${String(index + 1).padStart(2, '0')}`)
}

/** An update that adds amounts to an item. */
export function addingAmounts(amounts: ReadonlyMap<string, number>, ttl: number) {
  const names = [...amounts.keys()]
  const text = names.map((_, index) => `#a${index} :a${index}`).join(', ')
  return {
    UpdateExpression: `SET #ttl = :ttl${names.length > 0 ? ` ADD ${text}` : ''}`,
    ExpressionAttributeNames: {
      '#ttl': ttlAttribute,
      ...Object.fromEntries(names.map((name, index) => [`#a${index}`, name])),
    },
    ExpressionAttributeValues: {
      ':ttl': ttl,
      ...Object.fromEntries(names.map((name, index) => [`:a${index}`, amounts.get(name)])),
    },
  }
}
