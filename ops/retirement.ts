import { type Account, emptyAccount } from '../core/account/account.ts'
import type { Entry } from '../core/journal/entry.ts'
import { apply } from '../core/journal/fold.ts'
import type { Instant } from '../core/time/time.ts'
import { loadSnapshot, moveSnapshot } from '../lambdas/store/account-snapshot.ts'
import { toRetiredItem } from '../lambdas/store/entry-item.ts'
import { JournalStore } from '../lambdas/store/journal.ts'
import { archiveCursorKey, baseKey, eventCursorKey, type Key, usageCursorKey } from '../lambdas/store/keys.ts'
import { getItem, isWritten, type Table } from '../lambdas/store/table.ts'
import { entriesAfter } from './journal.ts'

/** Result of a retirement, or of its dry run. */
export interface Retired {
  /** Version of the account that is stored as the base of the fold. */
  readonly upTo: number
  /** Number of usage events whose entries are reduced to their keys. */
  readonly events: number
}

/** Proves that an entry is archived unchanged. Throws otherwise; then this entry and all later ones remain. */
type Prove = (entry: Entry) => void

/**
 * Removes old entries of usage events from the table. The key of each remains, so a repeated event is
 * always recognized. All other entries remain whole, because calls may still read them: authorizations,
 * purchases, payments, invoices, adjustments.
 */
export class Retirement {
  private readonly table: Table
  private readonly journal: JournalStore

  constructor(table: Table) {
    this.table = table
    this.journal = new JournalStore(table)
  }

  /**
   * Finds a team's entries that can be retired: those from before an instant that all followers of the
   * journal have passed.
   */
  async plan(teamId: string, before: Instant, prove: Prove): Promise<Retired> {
    const { account } = await this.foldTo(teamId, before, prove)
    let events = 0
    for await (const entry of this.eventsUpTo(teamId, account.version)) {
      prove(entry)
      events += 1
    }
    return { upTo: account.version, events }
  }

  /**
   * Stores the account at the last of these entries as the base, then reduces their usage events to keys. An
   * interrupted run can be repeated: the audit starts at the base, and ignores what remains before it.
   */
  async run(teamId: string, before: Instant, prove: Prove): Promise<Retired> {
    const { base, account } = await this.foldTo(teamId, before, prove)
    const move = { version: base.version, account }
    if (account.version > base.version && !(await moveSnapshot(this.table, baseKey(teamId), move)))
      throw new Error(`another process retires entries of ${teamId}`)
    let events = 0
    for await (const entry of this.eventsUpTo(teamId, account.version)) {
      prove(entry)
      await this.retire(entry)
      events += 1
    }
    return { upTo: account.version, events }
  }

  /** The stored base, and the account at the last entry that may be retired. */
  private async foldTo(teamId: string, before: Instant, prove: Prove) {
    const base = (await loadSnapshot(this.table, baseKey(teamId))) ?? emptyAccount(teamId)
    const limit = await this.followed(teamId)
    let account: Account = base
    for await (const entry of entriesAfter(this.journal, teamId, base.version)) {
      if (entry.version !== account.version + 1 || entry.version > limit || entry.at >= before) break
      prove(entry)
      account = apply(account, entry)
    }
    return { base, account }
  }

  /** The version that all followers of the journal have reached. A halted view counts as version 0. */
  private async followed(teamId: string): Promise<number> {
    const keys: readonly Key[] = [usageCursorKey(teamId), eventCursorKey(teamId), archiveCursorKey(teamId)]
    const items = await Promise.all(keys.map((key) => getItem(this.table, key)))
    const versions = items.map((item) => Number(item?.version ?? 0))
    return versions.includes(Number.MAX_SAFE_INTEGER) ? 0 : Math.min(...versions)
  }

  private async *eventsUpTo(teamId: string, version: number): AsyncGenerator<Entry> {
    for await (const entry of entriesAfter(this.journal, teamId)) {
      if (entry.version > version) return
      if (entry.kind === 'usage') yield entry
    }
  }

  private async retire(entry: Entry): Promise<void> {
    const put = {
      TableName: this.table.tableName,
      Item: toRetiredItem(entry),
      ConditionExpression: 'kind = :usage AND #version = :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':usage': 'usage', ':version': entry.version },
    }
    // A failed condition means that the entry is retired already.
    await isWritten(this.table.send('PutItem', put))
  }
}
