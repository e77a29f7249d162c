import { largest } from '../../core/funding/search.ts'
import type { Entry } from '../../core/journal/entry.ts'
import { type Period, previousPeriod } from '../../core/time/time.ts'
import { Busy } from '../runtime/busy.ts'
import { readable } from './item-version.ts'
import { type JournalStore, withoutGap } from './journal.ts'
import { appUsagePrefix, parseUsageKey, teamPk } from './keys.ts'
import { StatementIndex } from './statement-index.ts'
import { type Item, isWritten, queryItems, type Table } from './table.ts'
import { haltedVersion, movingUsageCursor, readUsageCursor } from './usage-cursor.ts'
import { appItemsMax } from './usage-pages.ts'
import { addingAmounts, countedAttribute, sumsOf, usageTtl } from './usage-sums.ts'

/** Entries of one step. Each touches two items at most, a reversal 60 of apps and 28 totals. */
const entriesPerStep = 90
/** The most items of one step, next to the cursor: a transaction takes a hundred. */
const itemsPerStep = 95
/** The most steps of one call; the caller calls again for the rest. */
const stepsMax = 500
/** Readings of an app's use that are given up when the view moved during each. */
const readingsMax = 10

/** The use of an app, as of a version of its team's account. */
export interface AppUse {
  readonly version: number
  /** Base units that count in the period, by meter: those of events after a month's close, less those that were taken back. */
  readonly quantities: ReadonlyMap<string, number>
}

/**
 * Use by month, app and meter, with a sum for each day, folded from the journal; next to it, the team's totals by month and
 * meter. A cursor per team contains the last version that was added. It moves in the same transaction as the sums, so every
 * entry counts once, however often calls come, and in any order.
 */
export class UsageView {
  private readonly table: Table
  private readonly journal: JournalStore
  private readonly statement: StatementIndex

  constructor(table: Table, journal: JournalStore) {
    this.table = table
    this.journal = journal
    this.statement = new StatementIndex(table, journal)
  }

  /**
   * Updates the view to a version of the account. Returns true once it is there; the journal's index may lag behind. `known`
   * is its position, where the caller has just read it.
   */
  async catchUp(teamId: string, version: number, known?: number): Promise<boolean> {
    let cursor = known ?? (await readUsageCursor(this.table, teamId))
    for (let steps = 0; cursor < version && steps < stepsMax; steps++) {
      const entries = await this.journal.since(teamId, cursor, entriesPerStep)
      const next = fitting(teamId, withoutGap(entries, cursor))
      if (next.length === 0) return false
      // Before the cursor moves, so that no block is left out when this is interrupted.
      await this.statement.complete(teamId, cursor, cursor + next.length)
      cursor = (await this.step(teamId, cursor, next))
        ? cursor + next.length
        : await readUsageCursor(this.table, teamId)
    }
    return cursor >= version
  }

  /**
   * The use of an app that counts in a period, exact as of the version in the answer: later entries are not in it.
   * Undefined while the view is rebuilt. Throws Busy when the view moved during each of ten readings.
   */
  async appUse(teamId: string, appId: string, period: Period): Promise<AppUse | undefined> {
    for (let reading = 0; reading < readingsMax; reading++) {
      const version = await readUsageCursor(this.table, teamId)
      if (version === haltedVersion) return undefined
      const items = await this.countedItems(teamId, appId, period)
      if ((await readUsageCursor(this.table, teamId)) === version)
        return { version, quantities: countedIn(period, items) }
    }
    throw new Busy()
  }

  /** Items of the months whose use may count in a period: an event is up to 34 days old. */
  private async countedItems(teamId: string, appId: string, period: Period): Promise<readonly Item[]> {
    const before = previousPeriod(period)
    const months = [period, before, previousPeriod(before)].map((month) =>
      queryItems(this.table, {
        pk: teamPk(teamId),
        prefix: appUsagePrefix(month, appId),
        limit: appItemsMax,
      }),
    )
    return (await Promise.all(months)).flat()
  }

  /** Adds entries to the sums and moves the cursor, if it is still where they begin. */
  private step(teamId: string, cursor: number, entries: readonly Entry[]): Promise<boolean> {
    const TableName = this.table.tableName
    const Update = movingUsageCursor(this.table, teamId, { from: cursor, to: cursor + entries.length })
    const sums = sumsOf(teamId, entries).map(({ key, amounts }) => ({
      Update: { TableName, Key: key, ...addingAmounts(amounts, usageTtl(key.sk)) },
    }))
    return isWritten(this.table.send('TransactWriteItems', { TransactItems: [...sums, { Update }] }))
  }
}

/** The entries from the first on whose sums fit into one transaction; always one. */
function fitting(teamId: string, entries: readonly Entry[]): readonly Entry[] {
  const fits = (count: number) => sumsOf(teamId, entries.slice(0, count)).length <= itemsPerStep
  return entries.slice(0, Math.max(1, largest(entries.length, fits)))
}

function countedIn(period: Period, items: readonly Item[]): ReadonlyMap<string, number> {
  const quantities = new Map<string, number>()
  for (const item of items) {
    const { meter } = parseUsageKey(String(readable('usage of a month', item).sk))
    const counted = Number(item[countedAttribute(period)] ?? 0)
    if (counted !== 0) quantities.set(meter, (quantities.get(meter) ?? 0) + counted)
  }
  return quantities
}
