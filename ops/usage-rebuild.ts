import type { Instant } from '../core/time/time.ts'
import { readable } from '../lambdas/store/item-version.ts'
import type { JournalStore } from '../lambdas/store/journal.ts'
import {
  type Key,
  keyText,
  openArchive,
  teamPk,
  ttlAttribute,
  usageCursorKey,
  usagePrefix,
} from '../lambdas/store/keys.ts'
import { getItem, type Item, isWritten, queryItems, type Table } from '../lambdas/store/table.ts'
import { sumsOf, type UsageView, usageItemsMax, usageTtl } from '../lambdas/store/usage-view.ts'
import { wholeJournal } from './journal.ts'

/** A cursor with this value takes no entries: a rebuild is running or was interrupted. */
export const haltedVersion = Number.MAX_SAFE_INTEGER

/** Differences between the view and the journal. */
export interface ViewDifference {
  /** The version up to which they were compared. */
  readonly version: number
  /** Items that are missing or wrong. */
  readonly wrong: readonly Item[]
  /** Items that no entry explains. */
  readonly needless: readonly Key[]
  /** Number of correct items. */
  readonly right: number
}

/** Rebuilds the usage view of a team from its journal. */
export class UsageRebuild {
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
    const cursor = await this.cursor(teamId)
    return this.difference(teamId, cursor === haltedVersion ? version : cursor)
  }

  /**
   * Halts the view, rewrites every item from the journal up to the account's version, and lets the view
   * continue from there. An interrupted rebuild can be run again. Throws `CannotDo` when the journal has a
   * gap.
   */
  async run(teamId: string, version: number): Promise<ViewDifference> {
    // The journal must have no gap. Check this before any change.
    await this.itemsOf(teamId, version)
    await this.halt(teamId)
    const difference = await this.difference(teamId, version)
    for (const item of difference.wrong) await this.put(item)
    for (const key of difference.needless) await this.remove(key)
    await this.moveCursor(teamId, haltedVersion, version)
    await this.view.catchUp(teamId, version)
    return difference
  }

  private async difference(teamId: string, version: number): Promise<ViewDifference> {
    // An expired item may or may not exist.
    const isKept = ({ [ttlAttribute]: ttl }: Item) =>
      Number(ttl ?? Number.POSITIVE_INFINITY) * 1_000 > this.now()
    const wanted = new Map([...(await this.itemsOf(teamId, version))].filter(([, item]) => isKept(item)))
    const range = { pk: teamPk(teamId), prefix: usagePrefix, limit: usageItemsMax }
    const found = (await queryItems(this.table, range)).filter(isKept)
    const needless = found.map(keyOf).filter((key) => !wanted.has(keyText(key)))
    const texts = new Map(found.map((item) => [keyText(keyOf(item)), textOf(item)]))
    const wrong = [...wanted].flatMap(([key, item]) => (texts.get(key) === textOf(item) ? [] : [item]))
    return { version, wrong, needless, right: wanted.size - wrong.length }
  }

  /** The items that the entries up to a version produce, by the text of their key. */
  private async itemsOf(teamId: string, version: number): Promise<ReadonlyMap<string, Item>> {
    const items = new Map<string, Item>()
    for await (const entry of wholeJournal(this.journal, teamId, { to: version }))
      for (const { key, amounts } of sumsOf(teamId, [entry])) {
        const item = items.get(keyText(key)) ?? { ...key, [ttlAttribute]: usageTtl(key.sk) }
        for (const [name, amount] of amounts) item[name] = Number(item[name] ?? 0) + amount
        items.set(keyText(key), item)
      }
    return items
  }

  private async cursor(teamId: string): Promise<number> {
    const item = await getItem(this.table, usageCursorKey(teamId))
    return item === undefined ? 0 : Number(readable('cursor', item).version)
  }

  private async halt(teamId: string): Promise<void> {
    for (let attempt = 0; attempt < attemptsMax; attempt++) {
      const cursor = await this.cursor(teamId)
      if (cursor === haltedVersion || (await this.moveCursor(teamId, cursor, haltedVersion))) return
    }
    throw new Error(`the view of ${teamId} keeps changing`)
  }

  private moveCursor(teamId: string, from: number, to: number): Promise<boolean> {
    const { openShard, openKey } = openArchive(teamId)
    const move = {
      TableName: this.table.tableName,
      Key: usageCursorKey(teamId),
      UpdateExpression: 'SET #version = :to, openShard = :openShard, openKey = :openKey',
      ConditionExpression: from === 0 ? 'attribute_not_exists(pk)' : '#version = :from',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: {
        ':to': to,
        ':openShard': openShard,
        ':openKey': openKey,
        ...(from > 0 && { ':from': from }),
      },
    }
    return isWritten(this.table.send('UpdateItem', move))
  }

  private async put(Item: Item): Promise<void> {
    await this.table.send('PutItem', { TableName: this.table.tableName, Item })
  }

  private async remove(Key: Key): Promise<void> {
    await this.table.send('DeleteItem', { TableName: this.table.tableName, Key })
  }
}

const attemptsMax = 20

const keyOf = ({ pk, sk }: Item): Key => ({ pk: String(pk), sk: String(sk) })

/** Text of an item that does not depend on the order of its fields. */
function textOf(item: Item): string {
  return JSON.stringify(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
