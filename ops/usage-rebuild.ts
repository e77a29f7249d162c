import type { Instant, Period } from '../core/time/time.ts'
import type { JournalStore } from '../lambdas/store/journal.ts'
import { type Key, keyText, parseUsageKey, teamPk, ttlAttribute, usagePrefix } from '../lambdas/store/keys.ts'
import { type Item, isWritten, pagesOf, type Table } from '../lambdas/store/table.ts'
import { haltedVersion, movingUsageCursor, readUsageCursor } from '../lambdas/store/usage-cursor.ts'
import { addSum, type Sum, sumsOf } from '../lambdas/store/usage-sums.ts'
import type { UsageView } from '../lambdas/store/usage-view.ts'
import { wholeJournal } from './journal.ts'

/** Differences between the view and the journal. */
export interface ViewDifference {
  /** The version up to which they were compared. */
  readonly version: number
  /** Items that are missing or wrong. */
  readonly wrong: readonly Key[]
  /** Items that no entry explains. */
  readonly needless: readonly Key[]
  /** Number of correct items. */
  readonly right: number
}

/**
 * Rebuilds the usage view of a team from its journal, some months at a time: each round reads the whole journal, and its
 * months have at most 20,000 items, or are one month.
 */
export class UsageRebuild {
  /** Items of the months that are compared at once; one month may have more. */
  protected readonly itemsPerRound: number = 20_000
  private readonly table: Table
  private readonly journal: JournalStore
  private readonly view: UsageView
  private readonly now: () => Instant

  constructor(table: Table, journal: JournalStore, view: UsageView, now: () => Instant) {
    this.table = table
    this.journal = journal
    this.view = view
    this.now = now
  }

  /**
   * Compares the view with the journal up to the view's version. A halted view is compared up to the
   * account's version.
   */
  async compare(teamId: string, version: number): Promise<ViewDifference> {
    const cursor = await readUsageCursor(this.table, teamId)
    const upTo = cursor === haltedVersion ? version : cursor
    return this.compareAll(teamId, upTo, await this.rounds(teamId, upTo), async () => {})
  }

  /**
   * Halts the view, rewrites every item from the journal up to the account's version, and lets the view
   * continue from there. An interrupted rebuild can be run again. Throws `CannotDo` when the journal has a
   * gap.
   */
  async run(teamId: string, version: number): Promise<ViewDifference> {
    // This also checks that the journal has no gap, before any change.
    const rounds = await this.rounds(teamId, version)
    await this.halt(teamId)
    const difference = await this.compareAll(teamId, version, rounds, async ({ wrong, needless }) => {
      for (const item of wrong) await this.put(item)
      for (const key of needless) await this.remove(key)
    })
    await this.moveCursor(teamId, haltedVersion, version)
    await this.view.catchUp(teamId, version)
    return difference
  }

  private async compareAll(
    teamId: string,
    version: number,
    rounds: readonly Months[],
    repair: (found: RoundDifference) => Promise<void>,
  ): Promise<ViewDifference> {
    const all = { wrong: [] as Key[], needless: [] as Key[], right: 0 }
    for (const months of rounds) {
      const found = await this.differenceOf(teamId, version, months)
      await repair(found)
      all.wrong.push(...found.wrong.map(keyOf))
      all.needless.push(...found.needless)
      all.right += found.right
    }
    return { version, ...all }
  }

  private async differenceOf(teamId: string, version: number, months: Months): Promise<RoundDifference> {
    const wanted = await this.itemsOf(teamId, version, months)
    const wrong: Item[] = []
    const needless: Key[] = []
    let right = 0
    for await (const item of this.stored(teamId, months)) {
      const text = keyText(keyOf(item))
      const meant = wanted.get(text)
      wanted.delete(text)
      if (meant === undefined) needless.push(keyOf(item))
      else if (textOf(meant) === textOf(item)) right += 1
      else wrong.push(meant)
    }
    return { wrong: [...wrong, ...wanted.values()], needless, right }
  }

  /** The months of the journal's items in rounds. The first and the last round also cover the months before and after. */
  private async rounds(teamId: string, version: number): Promise<readonly Months[]> {
    const keys = new Map<Period, Set<string>>()
    for await (const { key } of this.sums(teamId, version)) {
      const { period } = parseUsageKey(key.sk)
      const ofMonth = keys.get(period) ?? new Set()
      keys.set(period, ofMonth.add(key.sk))
    }
    const ends: Period[] = []
    let items = 0
    for (const [period, { size }] of [...keys].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      if (items > 0 && items + size > this.itemsPerRound) {
        ends.push(period)
        items = 0
      }
      items += size
    }
    return [...ends, afterAllMonths].map((to, round) => ({ from: ends[round - 1] ?? '', to }))
  }

  /** The items of some months that the entries up to a version produce, by the text of their key. */
  private async itemsOf(teamId: string, version: number, months: Months): Promise<Map<string, Item>> {
    const items = new Map<string, Item>()
    for await (const sum of this.sums(teamId, version)) if (isIn(months, sum.key)) addSum(items, sum)
    for (const [text, item] of items) if (!this.isKept(item)) items.delete(text)
    return items
  }

  private async *sums(teamId: string, version: number): AsyncGenerator<Sum> {
    for await (const entry of wholeJournal(this.journal, teamId, { to: version }))
      yield* sumsOf(teamId, [entry])
  }

  private async *stored(teamId: string, months: Months): AsyncGenerator<Item> {
    const question = {
      TableName: this.table.tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': teamPk(teamId), ':prefix': usagePrefix },
    }
    for await (const items of pagesOf(this.table, 'Query', question))
      for (const item of items) if (this.isKept(item) && isIn(months, keyOf(item))) yield item
  }

  /** An expired item may or may not exist. */
  private isKept({ [ttlAttribute]: ttl }: Item): boolean {
    return Number(ttl ?? Number.POSITIVE_INFINITY) * 1_000 > this.now()
  }

  private async halt(teamId: string): Promise<void> {
    for (let attempt = 0; attempt < attemptsMax; attempt++) {
      const cursor = await readUsageCursor(this.table, teamId)
      if (cursor === haltedVersion || (await this.moveCursor(teamId, cursor, haltedVersion))) return
    }
    throw new Error(`the view of ${teamId} keeps changing`)
  }

  private moveCursor(teamId: string, from: number, to: number): Promise<boolean> {
    return isWritten(this.table.send('UpdateItem', movingUsageCursor(this.table, teamId, { from, to })))
  }

  private async put(Item: Item): Promise<void> {
    await this.table.send('PutItem', { TableName: this.table.tableName, Item })
  }

  private async remove(Key: Key): Promise<void> {
    await this.table.send('DeleteItem', { TableName: this.table.tableName, Key })
  }
}

const attemptsMax = 20

/** Months from the first to the one before `to`. */
interface Months {
  readonly from: Period
  readonly to: Period
}

const afterAllMonths = '~'

interface RoundDifference extends Omit<ViewDifference, 'version' | 'wrong'> {
  readonly wrong: readonly Item[]
}

function isIn({ from, to }: Months, { sk }: Key): boolean {
  const { period } = parseUsageKey(sk)
  return period >= from && period < to
}

const keyOf = ({ pk, sk }: Item): Key => ({ pk: String(pk), sk: String(sk) })

/** Text of an item that does not depend on the order of its fields. */
function textOf(item: Item): string {
  return JSON.stringify(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
