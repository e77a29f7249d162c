import type { Entry, Usage } from '../../core/journal/entry.ts'
import { bookedDay } from '../../core/journal/statement.ts'
import type { Write } from './commit.ts'
import { readable } from './item-version.ts'
import { type JournalStore, withoutGap } from './journal.ts'
import {
  type Key,
  keyText,
  openArchive,
  parseUsageKey,
  teamPk,
  ttlAfter,
  ttlAttribute,
  usageCursorKey,
  usageKey,
  usageRange,
} from './keys.ts'
import { getItem, type Item, isWritten, queryItems, type Table } from './table.ts'

/** The use of one meter by one app on one day. Quantities in base units, tokens in thousandths. */
export interface UsageRow {
  readonly day: string
  readonly appId: string
  readonly meter: string
  readonly quantity: number
  /** The part of the quantity that included amounts gave; absent for none. */
  readonly included?: number
  readonly units: number
  readonly milliTokens: number
  readonly usdCents: number
}

const measures = ['quantity', 'included', 'units', 'milliTokens', 'usdCents'] as const
type Measure = (typeof measures)[number]

/** Entries of one step: each touches one item at most, a reversal 60, and a transaction takes a hundred. */
const entriesPerStep = 90
const itemsPerStep = 95
/** The most steps of one call; the caller calls again for the rest. */
const stepsMax = 500
/** The most day items that one query reads: 400 days of 100 apps. */
export const usageItemsMax = 40_000

/**
 * Use by day, app and meter, folded from the journal. A cursor per team contains the last version that was added. It
 * moves in the same transaction as the sums, so every entry counts once, however often or in whatever order calls come.
 */
export class UsageView {
  private readonly table: Table
  private readonly journal: JournalStore

  constructor(table: Table, journal: JournalStore) {
    this.table = table
    this.journal = journal
  }

  /** Updates the view to a version of the account. Returns true once it is there; the journal's index may lag behind. */
  async catchUp(teamId: string, version: number): Promise<boolean> {
    let cursor = await this.cursor(teamId)
    for (let steps = 0; cursor < version && steps < stepsMax; steps++) {
      const entries = await this.journal.since(teamId, cursor, entriesPerStep)
      const next = fitting(teamId, withoutGap(entries, cursor))
      if (next.length === 0) return false
      cursor = (await this.step(teamId, cursor, next)) ? cursor + next.length : await this.cursor(teamId)
    }
    return cursor >= version
  }

  /** Rows of the days from `from` to `to`, both included, in order of day. */
  async rows(teamId: string, from: string, to: string): Promise<readonly UsageRow[]> {
    const [first, last] = usageRange(from, to)
    const items = await queryItems(this.table, {
      pk: teamPk(teamId),
      from: first,
      to: last,
      limit: usageItemsMax,
    })
    return items.flatMap(rowsOf)
  }

  private async cursor(teamId: string): Promise<number> {
    const item = await getItem(this.table, usageCursorKey(teamId))
    return item === undefined ? 0 : Number(readable('cursor', item).version)
  }

  /** Adds entries to the sums and moves the cursor, if it is still where they begin. */
  private step(teamId: string, cursor: number, entries: readonly Entry[]): Promise<boolean> {
    const TableName = this.table.tableName
    const { openShard, openKey } = openArchive(teamId)
    const move: Write = {
      Update: {
        TableName,
        Key: usageCursorKey(teamId),
        // The mark is for the archive, which has a separate cursor.
        UpdateExpression: 'SET #version = :next, openShard = :openShard, openKey = :openKey',
        ConditionExpression: cursor === 0 ? 'attribute_not_exists(pk)' : '#version = :cursor',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: {
          ':next': cursor + entries.length,
          ':openShard': openShard,
          ':openKey': openKey,
          ...(cursor > 0 && { ':cursor': cursor }),
        },
      },
    }
    const sums = sumsOf(teamId, entries).map(({ key, amounts }) => ({
      Update: { TableName, Key: key, ...addAmounts(amounts, usageTtl(key.sk)) },
    }))
    return isWritten(this.table.send('TransactWriteItems', { TransactItems: [...sums, move] }))
  }
}

/** The entries from the first on whose sums fit into one transaction; always one. */
function fitting(teamId: string, entries: readonly Entry[]): readonly Entry[] {
  if (!entries.some(({ kind }) => kind === 'reversal')) return entries
  let count = entries.length
  while (count > 1 && sumsOf(teamId, entries.slice(0, count)).length > itemsPerStep) count -= 1
  return entries.slice(0, count)
}

/** Time for which a day's use can be queried; one query covers 400 days at most. */
export const usageKeptDays = 800

/** The time at which the item of a day may be removed, in seconds since 1970. */
export function usageTtl(sortKey: string): number {
  return ttlAfter(Date.parse(parseUsageKey(sortKey).day), usageKeptDays)
}

/** The sums that entries add to one item of the view. */
export interface Sum {
  readonly key: Key
  readonly amounts: Map<string, number>
}

/** The sums that entries add to the view, by item. */
export function sumsOf(teamId: string, entries: readonly Entry[]): readonly Sum[] {
  const sums = new Map<string, Sum>()
  for (const entry of entries) {
    for (const { day, usage, sign } of usesOf(entry)) {
      if (usage.quantity === 0 && usage.charges.length === 0) continue
      const key = usageKey(teamId, day, usage.appId)
      const sum = sums.get(keyText(key)) ?? { key, amounts: new Map<string, number>() }
      sums.set(keyText(key), sum)
      for (const [measure, amount] of amountsOf(usage)) {
        const name = `${measure}:${usage.meter}`
        if (amount > 0) sum.amounts.set(name, (sum.amounts.get(name) ?? 0) + sign * amount)
      }
    }
  }
  return [...sums.values()]
}

/** The uses that an entry adds to their days, or with `sign` -1 takes back from them. */
function usesOf(
  entry: Entry,
): readonly { readonly day: string; readonly usage: Usage; readonly sign: 1 | -1 }[] {
  if (entry.kind === 'reversal') return entry.uses.map((use) => ({ ...use, sign: -1 }))
  if (entry.kind !== 'usage' && entry.kind !== 'capture') return []
  return [{ day: bookedDay(entry), usage: entry.usage, sign: 1 }]
}

function amountsOf({ quantity, included = 0, charges }: Usage): readonly [Measure, number][] {
  const total = (amount: (charge: Usage['charges'][number]) => number) =>
    charges.reduce((sum, charge) => sum + amount(charge), 0)
  return [
    ['quantity', quantity],
    ['included', included],
    ['units', total((charge) => charge.units)],
    ['milliTokens', total((charge) => (charge.source === 'flex' ? charge.milliTokens : 0))],
    ['usdCents', total((charge) => (charge.source === 'pay-as-you-go' ? charge.usdCents : 0))],
  ]
}

function addAmounts(amounts: ReadonlyMap<string, number>, ttl: number) {
  const names = [...amounts.keys()]
  return {
    UpdateExpression: `SET #ttl = :ttl ADD ${names.map((_, index) => `#a${index} :a${index}`).join(', ')}`,
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

function rowsOf(item: Item): readonly UsageRow[] {
  const { day, appId } = parseUsageKey(String(readable('usage of a day', item).sk))
  const meters = Object.keys(item).flatMap((name) =>
    name.startsWith('quantity:') ? [name.slice('quantity:'.length)] : [],
  )
  const rows = meters.map((meter) => {
    const amount = (measure: Measure) => Number(item[`${measure}:${meter}`] ?? 0)
    return {
      day,
      appId,
      meter,
      quantity: amount('quantity'),
      ...(amount('included') !== 0 && { included: amount('included') }),
      units: amount('units'),
      milliTokens: amount('milliTokens'),
      usdCents: amount('usdCents'),
    }
  })
  // Use that was taken back leaves zeros.
  return rows.filter((row) => measures.some((measure) => (row[measure] ?? 0) !== 0))
}
