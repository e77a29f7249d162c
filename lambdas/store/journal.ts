import type { Authorization, Entry, EntryKind, EntryOf } from '../../core/journal/entry.ts'
import { type Period, previousPeriod } from '../../core/time/time.ts'
import { atOnce } from '../runtime/at-once.ts'
import { Busy } from '../runtime/busy.ts'
import { pause } from '../runtime/pause.ts'
import { fromEntryItem, fromKnownItem, type KnownEntry, ofKind } from './entry-item.ts'
import {
  authorizationKey,
  invoiceKey,
  invoicePrefix,
  journalIndex,
  type Key,
  keyText,
  paymentKey,
  teamPk,
} from './keys.ts'
import { batchGet, getItem, queryItems, type Table } from './table.ts'

const pageMax = 1_000
const lagRoundsMax = 20
const lagPauseMaxMs = 50
const queriesAtOnce = 16

/** Entries, by the id of their operation and by team. The index by version may lag behind the account for a moment. */
export class JournalStore {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** The current entry of an operation. Throws if its key has an entry of another kind. */
  async find<Kind extends EntryKind>(key: Key, kind: Kind): Promise<EntryOf<Kind> | undefined> {
    const item = await getItem(this.table, key)
    return item === undefined ? undefined : ofKind(fromEntryItem(item), kind)
  }

  /** The entry under a key, whatever its kind, even if only its key is left. */
  async known(key: Key): Promise<KnownEntry | undefined> {
    const item = await getItem(this.table, key)
    return item === undefined ? undefined : fromKnownItem(item)
  }

  /** The entries under many keys, each key once, by its text. Those that do not exist are left out. */
  async knownAmong(keys: readonly Key[]): Promise<ReadonlyMap<string, KnownEntry>> {
    const found = new Map<string, KnownEntry>()
    for (const item of await batchGet(this.table, keys))
      found.set(keyText({ pk: String(item.pk), sk: String(item.sk) }), fromKnownItem(item))
    return found
  }

  /** An authorization as its latest entry leaves it, with its team. */
  async authorization(
    authorizationId: string,
  ): Promise<{ teamId: string; authorization: Authorization } | undefined> {
    const { pk } = authorizationKey(authorizationId)
    const [item] = await queryItems(this.table, { pk, isNewestFirst: true, limit: 1 })
    if (item === undefined) return undefined
    const entry = fromEntryItem(item)
    return 'authorization' in entry ? { teamId: entry.teamId, authorization: entry.authorization } : undefined
  }

  /** Authorizations by their ids, each read as it is now; ids without one are missing from the result. */
  async authorizations(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly teamId: string; readonly authorization: Authorization }>> {
    const found = new Map<string, { readonly teamId: string; readonly authorization: Authorization }>()
    await atOnce([...new Set(ids)], queriesAtOnce, async (id) => {
      const authorization = await this.authorization(id)
      if (authorization !== undefined) found.set(id, authorization)
    })
    return found
  }

  /** The latest result of a payment, for any team. */
  async payment(paymentId: string): Promise<EntryOf<'payment'> | undefined> {
    const { pk } = paymentKey(paymentId)
    const [item] = await queryItems(this.table, { pk, isNewestFirst: true, limit: 1 })
    return item === undefined ? undefined : ofKind(fromEntryItem(item), 'payment')
  }

  /** Up to `limit` (at most 1,000) entries of versions below `before`, newest first. */
  async newest(teamId: string, before: number, limit: number): Promise<readonly Entry[]> {
    return this.page(teamId, '#version < :version', before, false, limit)
  }

  /** Up to `limit` (at most 1,000) entries of versions above `after`, oldest first. */
  async since(teamId: string, after: number, limit: number): Promise<readonly Entry[]> {
    return this.page(teamId, '#version > :version', after, true, limit)
  }

  /** All entries of versions above `after` and up to `version`, oldest first. Waits a little for the index; throws Busy if it lags. */
  async whole(teamId: string, after: number, version: number): Promise<readonly Entry[]> {
    const entries: Entry[] = []
    for (let round = 0; round < lagRoundsMax; ) {
      const last = entries.at(-1)?.version ?? after
      if (last >= version) return entries
      const limit = Math.min(pageMax, version - last)
      const page = withoutGap(await this.since(teamId, last, limit), last)
      entries.push(...page)
      if (page.length > 0) continue
      await pause(lagPauseMs(round))
      round += 1
    }
    throw new Busy()
  }

  /**
   * Up to `limit` (at most 1,000) entries of versions below `before`, newest first, without a gap; none where no earlier one is
   * left in the table. Waits a little for the index; throws Busy if it lags.
   */
  async contiguous(teamId: string, before: number, limit: number): Promise<readonly Entry[]> {
    for (let round = 0; round < lagRoundsMax; round++) {
      const page = await this.newest(teamId, before, limit)
      const isLast = page.length === 0 && (before === 1 || round === lagRoundsMax - 1)
      if (isLast || (page.length > 0 && page.every(({ version }, index) => version === before - 1 - index)))
        return page
      await pause(lagPauseMs(round))
    }
    throw new Busy()
  }

  /** Up to `limit` invoices of months before `before`, newest first: each is the entry that closed its month. */
  async invoices(
    teamId: string,
    before: Period,
    limit: number,
  ): Promise<readonly EntryOf<'period-closed'>[]> {
    const to = invoiceKey(teamId, previousPeriod(before)).sk
    const range = { pk: teamPk(teamId), from: invoicePrefix, to, isNewestFirst: true, limit }
    return (await queryItems(this.table, range)).map((item) => ofKind(fromEntryItem(item), 'period-closed'))
  }

  /** The entries of versions from `from` to `to`, newest first, with the read units that they took. At most 1,000. */
  async range(
    teamId: string,
    from: number,
    to: number,
  ): Promise<{ readonly entries: readonly Entry[]; readonly units: number }> {
    const { Items = [], ConsumedCapacity } = await this.table.send('Query', {
      TableName: this.table.tableName,
      IndexName: journalIndex,
      KeyConditionExpression: 'team = :team AND #version BETWEEN :from AND :to',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':team': teamId, ':from': from, ':to': to },
      ScanIndexForward: false,
      Limit: pageMax,
      ReturnConsumedCapacity: 'TOTAL',
    })
    return { entries: Items.map(fromEntryItem), units: ConsumedCapacity?.CapacityUnits ?? 0 }
  }

  private async page(
    teamId: string,
    condition: string,
    version: number,
    isForward: boolean,
    limit: number,
  ): Promise<readonly Entry[]> {
    const entries: Entry[] = []
    let start: Record<string, unknown> | undefined
    do {
      const { Items = [], LastEvaluatedKey } = await this.table.send('Query', {
        TableName: this.table.tableName,
        IndexName: journalIndex,
        KeyConditionExpression: `team = :team AND ${condition}`,
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':team': teamId, ':version': version },
        ScanIndexForward: isForward,
        Limit: Math.min(limit, pageMax) - entries.length,
        ExclusiveStartKey: start,
      })
      entries.push(...Items.map(fromEntryItem))
      start = LastEvaluatedKey
    } while (start !== undefined && entries.length < Math.min(limit, pageMax))
    return entries
  }
}

/** The index mostly shows an entry within a few milliseconds. */
function lagPauseMs(round: number): number {
  return Math.min(lagPauseMaxMs, 5 * 2 ** round)
}

/** The entries that follow the cursor one by one, up to the first that the index does not show yet. */
export function withoutGap(entries: readonly Entry[], cursor: number): readonly Entry[] {
  const gap = entries.findIndex((entry, index) => entry.version !== cursor + index + 1)
  return gap < 0 ? entries : entries.slice(0, gap)
}
