import { PutCommand } from '@aws-sdk/lib-dynamodb'
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

/** What a retirement would do, or did. */
export interface Retired {
  /** The version up to which the account is kept as the base of the fold. */
  readonly upTo: number
  /** Usage events whose entries are reduced to their keys. */
  readonly events: number
}

/** Proves that an entry is archived as it is. Throws where it is not: then it stays, and all after it. */
type Prove = (entry: Entry) => void

/**
 * Lets old entries of usage events leave the table: of each its key stays, so that the event is known for ever. All other
 * entries stay whole, since a call may still ask for them: authorizations, purchases, payments, invoices, adjustments.
 */
export class Retirement {
  private readonly table: Table
  private readonly journal: JournalStore

  constructor(table: Table) {
    this.table = table
    this.journal = new JournalStore(table)
  }

  /** What would be retired of a team: entries from before an instant that everything which follows the journal has passed. */
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
   * Keeps the account as of the last of these entries, then reduces their usage events to keys. Broken off anywhere, it can be
   * run again: the audit begins at the base, whatever is left before it.
   */
  async run(teamId: string, before: Instant, prove: Prove): Promise<Retired> {
    const { base, account } = await this.foldTo(teamId, before, prove)
    const move = { version: base.version, account }
    if (account.version > base.version && !(await moveSnapshot(this.table, baseKey(teamId), move)))
      throw new Error(`somebody else retires entries of ${teamId}`)
    let events = 0
    for await (const entry of this.eventsUpTo(teamId, account.version)) {
      prove(entry)
      await this.retire(entry)
      events += 1
    }
    return { upTo: account.version, events }
  }

  /** The base as it is, and the account as of the last entry that may go. */
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

  /** How far everything that follows the journal has come. A view that is halted has come nowhere. */
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
    const put = new PutCommand({
      TableName: this.table.tableName,
      Item: toRetiredItem(entry),
      ConditionExpression: 'kind = :usage AND #version = :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':usage': 'usage', ':version': entry.version },
    })
    // Where the condition fails, it is retired already.
    await isWritten(this.table.client.send(put))
  }
}
