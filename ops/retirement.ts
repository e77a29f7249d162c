import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { type Account, emptyAccount } from '../core/account/account.ts'
import type { Entry } from '../core/journal/entry.ts'
import { apply } from '../core/journal/fold.ts'
import type { Instant } from '../core/time/time.ts'
import { AccountBase } from '../lambdas/store/account-base.ts'
import { toRetiredItem } from '../lambdas/store/entry-item.ts'
import { JournalStore, withoutGap } from '../lambdas/store/journal.ts'
import { archiveCursorKey, eventCursorKey, type Key, usageCursorKey } from '../lambdas/store/keys.ts'
import { getItem, isWritten, type Table } from '../lambdas/store/table.ts'

const entriesPerPage = 1_000

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
  private readonly bases: AccountBase

  constructor(table: Table) {
    this.table = table
    this.journal = new JournalStore(table)
    this.bases = new AccountBase(table)
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
    if (account.version > base.version && !(await this.bases.move(base.version, account)))
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
    const base = (await this.bases.load(teamId)) ?? emptyAccount(teamId)
    const limit = await this.followed(teamId)
    let account: Account = base
    for (;;) {
      const page = await this.journal.since(teamId, account.version, entriesPerPage)
      const old = withoutGap(page, account.version).filter(
        ({ version, at }) => at < before && version <= limit,
      )
      for (const entry of withoutGap(old, account.version)) {
        prove(entry)
        account = apply(account, entry)
      }
      if (old.length < entriesPerPage) return { base, account }
    }
  }

  /** How far everything that follows the journal has come. A view that is halted has come nowhere. */
  private async followed(teamId: string): Promise<number> {
    const keys: readonly Key[] = [usageCursorKey(teamId), eventCursorKey(teamId), archiveCursorKey(teamId)]
    const items = await Promise.all(keys.map((key) => getItem(this.table, key)))
    const versions = items.map((item) => Number(item?.version ?? 0))
    return versions.includes(Number.MAX_SAFE_INTEGER) ? 0 : Math.min(...versions)
  }

  private async *eventsUpTo(teamId: string, version: number): AsyncGenerator<Entry> {
    for (let after = 0; after < version; ) {
      const entries = await this.journal.since(teamId, after, entriesPerPage)
      yield* entries.filter((entry) => entry.kind === 'usage' && entry.version <= version)
      const last = entries.at(-1)
      if (last === undefined) return
      after = last.version
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
